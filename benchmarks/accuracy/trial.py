"""What came of one mutation on one shop, kept a line each, so that a run that was cut off goes on where it was."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from auditor.check import CheckSpec
from auditor.evaluate import evaluate
from auditor.evidence import PageEvidence, ShopEvidence
from auditor.evidence.frozen import Frozen
from auditor.finding import Certainty, Outcome, Verdict, skeleton

NEEDS_QUIET = frozenset({"speed/lcp-slow", "speed/server-slow"})
"""Judged by the clock of a machine that is busy with the benchmark."""


class Seen(Frozen):
    """A problem that a check saw with the mutation and not without. ``of`` says which one: its discriminator or the
    selector."""

    row: str
    check: str
    certain: bool
    of: str
    page: str
    device: str
    values: str = ""


class Trial(Frozen):
    """``wanted`` and ``also`` are the mutation's rows, ``before`` those that failed already at this place."""

    shop: str
    mutation: str
    benign: bool
    summary: str
    wanted: tuple[str, ...]
    also: tuple[str, ...]
    seen: tuple[Seen, ...]
    before: tuple[str, ...]
    crashed: tuple[str, ...]
    note: str
    verdicts: dict[str, str]
    shop_version: str
    browser: str
    at: datetime

    def verdict(self, row: str) -> str:
        """``failed``, ``needs_review`` or ``missed``."""
        of_row = [one for one in self.seen if one.row == row]
        if any(one.certain for one in of_row):
            return "failed"
        return "needs_review" if of_row else "missed"

    @property
    def false(self) -> tuple[Seen, ...]:
        """``failed`` findings that nothing planted explains."""
        expected = set(self.also) | (set() if self.benign else set(self.wanted))
        return tuple(one for one in self.seen if one.certain and one.row not in expected)


def outcomes_of(
    shop: ShopEvidence, changed: Iterable[PageEvidence], checks: Iterable[CheckSpec]
) -> tuple[Outcome, ...]:
    """What the checks say: those of single pages, and of a page on both devices, judge the ``changed`` visits only."""
    specs = [spec for spec in checks if spec.scope != "journey" and spec.id not in NEEDS_QUIET]
    pages = shop.model_copy(update={"visits": tuple(changed)})
    alone = [spec for spec in specs if spec.scope in ("page", "devices")]
    wide = [spec for spec in specs if spec not in alone]
    return (*evaluate(pages, alone), *evaluate(shop, wide))


def problems(outcomes: Iterable[Outcome], rows: dict[str, str]) -> dict[tuple[str, str, str, str, bool], Seen]:
    """By identity: check, which problem, page, device, certain."""
    found = {}
    for outcome in outcomes:
        for one in outcome.problems:
            of = one.discriminator or skeleton(one.selector)
            page, device = one.page_key or outcome.page_key or "", outcome.device or ""
            seen = Seen(
                row=rows[outcome.check], check=outcome.check, certain=one.certainty is Certainty.CERTAIN, of=of,
                page=page, device=device, values=str(one.values)[:300],
            )  # fmt: skip
            found[outcome.check, of, page, device, seen.certain] = seen
    return found


def new_problems(before: Iterable[Outcome], after: Iterable[Outcome], rows: dict[str, str]) -> tuple[Seen, ...]:
    """A doubt that became certain counts as new; what was certain already does not."""
    known = problems(before, rows)
    return tuple(one for key, one in problems(after, rows).items() if key not in known
                 and (one.certain or (*key[:4], True) not in known))  # fmt: skip


def crashes(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(f"{one.check}: {one.note}" for one in outcomes if one.verdict is Verdict.CRASHED)


def read(file: Path) -> dict[tuple[str, str], Trial]:
    """The latest trial of every shop and mutation."""
    if not file.exists():
        return {}
    trials = (Trial.model_validate_json(line) for line in file.read_text().splitlines() if line.strip())
    return {(trial.shop, trial.mutation): trial for trial in trials}


def append(file: Path, trial: Trial) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lines:
        lines.write(trial.model_dump_json() + "\n")
