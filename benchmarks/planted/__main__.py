"""Every defect that the demo shop can show on a page, planted in each of its languages, and the clean shop in each.

    python -m benchmarks.planted                            all groups of defects in en, pl and fa
    python -m benchmarks.planted --language fa --only image-alt-same
    python -m benchmarks.planted --table --write            no audit: publish what is in --out

Defects that do not disturb each other are planted together. Every audit is a line of OUT/audits.jsonl; what is there is
not audited again (unless --again or --only), so a run that was cut off is started once more and goes on.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from auditor.browser.browser_process import BrowserProcess
from auditor.evidence.frozen import Frozen
from benchmarks.accuracy.publishing import PAGE, put_between
from benchmarks.accuracy.tables import share
from benchmarks.planted.audits import LANGUAGES, audited, groups, planted
from tests.defect_groups import Group

BEGIN, END = "<!-- planted: generated -->", "<!-- planted: end -->"


class Trial(Frozen):
    """One audit. ``names`` are the defects, none for the clean shop; ``lost`` rows by the defects that they should have
    found, ``doubted`` defects that were said for review only, ``untimed`` those that only a quicker, idle machine
    can judge."""

    language: str
    names: tuple[str, ...]
    lost: dict[str, str]
    surplus: dict[str, str]
    doubted: tuple[str, ...]
    untimed: tuple[str, ...] = ()
    ended: str
    browser: str
    at: datetime

    @property
    def judged(self) -> frozenset[str]:
        return frozenset(self.names) - frozenset(self.untimed)

    @property
    def found(self) -> int:
        missed = {name for names in self.lost.values() for name in names.split(", ")}
        return len(self.judged - missed)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--language", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    options.add_argument("--only", nargs="+", default=[], help="groups that hold one of these defects")
    options.add_argument("--out", type=Path, default=Path("runs/benchmark-planted"), help="%(default)s")
    options.add_argument("--keep", type=Path, help="the run folder of each audit is kept in this folder")
    options.add_argument("--again", action="store_true", help="audit also what was audited before")
    options.add_argument("--table", action="store_true", help="audit nothing, print what is there")
    options.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    chosen = options.parse_args()
    file = chosen.out / "audits.jsonl"
    if not chosen.table:
        asyncio.run(_audit_all(chosen, file))
    trials = list(read(file).values())
    print(section(trials))
    if chosen.write:
        put_between(PAGE, BEGIN, END, section(trials))
    return 1 if any(trial.lost or trial.surplus or trial.ended for trial in trials) else 0


async def _audit_all(chosen: argparse.Namespace, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    known = read(file)
    async with BrowserProcess(proxy=None) as browser:
        for group in (Group(), *groups(planted())):
            names = tuple(one.name for one in group.defects)
            only = chosen.only and not set(chosen.only) & set(names)
            for language in chosen.language:
                told = bool(chosen.again or chosen.only)
                if only or group.language_or(language) != language or (not told and (language, names) in known):
                    continue
                trial = await _trial(browser, language, group, chosen.keep)
                with file.open("a") as lines:
                    lines.write(trial.model_dump_json() + "\n")
                print(f"{language} {' '.join(names) or 'clean'}: lost {trial.lost} surplus {trial.surplus}"
                      f"{' | ' + trial.ended if trial.ended else ''}", flush=True)  # fmt: skip


async def _trial(browser: BrowserProcess, language: str, group: Group, keep: Path | None = None) -> Trial:
    with tempfile.TemporaryDirectory(prefix="planted-") as place:
        seen = await audited(browser, Path(place) / "run", language, group)
        if keep:
            kept = keep / f"{language}-{group.defects[0].name if group.defects else 'clean'}"
            shutil.copytree(Path(place) / "run", kept, dirs_exist_ok=True)
    lost = seen.lost(group)
    unsaid = [one for one in group.defects if not one.expect & (seen.failed.keys() | lost.keys())]
    return Trial(
        language=language, names=tuple(one.name for one in group.defects), lost=lost, surplus=seen.surplus(group),
        doubted=tuple(one.name for one in unsaid if one.expect & seen.doubted.keys()),
        untimed=tuple(one.name for one in unsaid if not one.expect & seen.doubted.keys()),
        ended=seen.ended, browser=browser.version, at=datetime.now(UTC),
    )  # fmt: skip


def read(file: Path) -> dict[tuple[str, tuple[str, ...]], Trial]:
    """The latest audit of every language and group that there is today."""
    if not file.exists():
        return {}
    today = {tuple(one.name for one in group.defects) for group in (Group(), *groups(planted()))}
    trials = (Trial.model_validate_json(line) for line in file.read_text().splitlines() if line.strip())
    return {(trial.language, trial.names): trial for trial in trials if trial.names in today}


def section(trials: Iterable[Trial]) -> str:
    """A row for each language, and what was lost or said beyond what was planted by name."""
    every = list(trials)
    if not every:
        return "Nothing was audited yet."
    browsers = ", ".join(sorted({one.browser for one in every}))
    lines = [
        f"Audited {max(one.at for one in every).date()} with Chromium {browsers}.", "",
        "| language | planted defects found | of these for review | failed beyond them | failed on the clean shop |",
        "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for language in LANGUAGES:
        spoilt = [one for one in every if one.language == language and one.names]
        clean = [one for one in every if one.language == language and not one.names]
        doubted = sum(len(one.doubted) for one in spoilt)
        found = share(sum(one.found for one in spoilt), sum(len(one.judged) for one in spoilt))
        surplus = sum(len(one.surplus) for one in spoilt)
        lines.append(f"| {language} | {found} | {doubted} | {surplus} | {_of_clean(clean)} |")
    told = [
        f"* {one.language}, {row} ({names}): not found" for one in every for row, names in one.lost.items()
    ] + [
        f"* {one.language}: not judged, for the machine was busy: {', '.join(one.untimed)}"
        for one in every if one.untimed
    ] + [
        f"* {one.language}, {row} beside {', '.join(one.names) or 'nothing'}: {found}"
        for one in every for row, found in one.surplus.items()
    ]  # fmt: skip
    return "\n".join([*lines, *(["", *told] if told else [])])


def _of_clean(clean: list[Trial]) -> str:
    return str(sum(len(one.surplus) for one in clean)) if clean else "not audited"


if __name__ == "__main__":
    sys.exit(main())
