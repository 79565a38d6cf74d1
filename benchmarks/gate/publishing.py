"""The measured tables, and how they get between two markers of docs/accuracy.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from auditor.reading.repeated import OTHERS
from auditor.stats import wilson
from benchmarks.between import PAGE, markers, put_between
from benchmarks.gate.releases import RELEASES
from benchmarks.gate.trial import SETTINGS, Trial

BEGIN, END = markers("gate")
TIMED = {"fast": 90, "fast-base": None, "full": 240}
"""Setting to the seconds within which its verdict is wanted."""

Plan = Mapping[tuple[str, str], int]


def section(trials: Sequence[Trial], plan: Plan) -> str:
    """What was measured, with its conditions."""
    return "\n\n".join(
        (
            _conditions(trials, plan),
            "### Time to the verdict",
            "\n".join(_times(trials)),
            "### No change: how often the gate closes",
            "\n".join(_unchanged(trials)),
            "### Planted regressions",
            "\n".join(_planted(trials)),
            "### What went wrong",
            "\n".join(_wrong(trials)) or "Nothing.",
        )
    )


def publish(trials: Sequence[Trial], plan: Plan, page: Path = PAGE) -> None:
    """:raises ValueError: when the page has lost its markers."""
    put_between("gate", section(trials, plan), page)


def _conditions(trials: Sequence[Trial], plan: Plan) -> str:
    first, last = (f"{at:%Y-%m-%d}" for at in (min(one.at for one in trials), max(one.at for one in trials)))
    browsers = ", ".join(sorted({trial.browser for trial in trials if trial.browser}))
    busy = sum(map(_busy, trials))
    missing = sum(max(0, wanted - sum(trial.key == key for trial in trials)) for key, wanted in plan.items())
    left = f" Of the plan {missing} are not run yet." if missing else ""
    return (
        f"Measured {first if first == last else f'{first} to {last}'} with Chromium {browsers}, on 2 cores: "
        f"{len(trials)} gates. During {busy} of them other programs used more than {OTHERS:.0%} of the machine.{left}"
    )


def _busy(trial: Trial) -> bool:
    return trial.others is not None and trial.others > OTHERS


def _times(trials: Sequence[Trial]) -> Iterator[str]:
    yield "| gate | n | median | slowest | others used, median | wanted |"
    yield "|---|---|---|---|---|---|"
    for setting, wanted in TIMED.items():
        of = [trial for trial in trials if trial.setting == setting and not RELEASES[trial.release].reason]
        if of:
            others = median(trial.others or 0.0 for trial in of)
            yield (
                f"| {SETTINGS[setting].about} | {len(of)} | {median(one.took_s for one in of):.0f} s "
                f"| {max(one.took_s for one in of):.0f} s | {others:.0%} | {f'{wanted} s' if wanted else ''} |"
            )


def _unchanged(trials: Sequence[Trial]) -> Iterator[str]:
    yield "| pairs | n | closed | not decided | closed, share | 95 % interval |"
    yield "|---|---|---|---|---|---|"
    calm = [trial for trial in trials if not RELEASES[trial.release].reason]
    timed = [trial for trial in calm if SETTINGS[trial.setting].profile == "ci"]
    for name, of in (
        ("all", calm),
        ("with timed loads", timed),
        (f"others used up to {OTHERS:.0%} of the machine", [trial for trial in calm if not _busy(trial)]),
        ("others used more", [trial for trial in calm if _busy(trial)]),
        ("changed harmlessly", [trial for trial in calm if trial.release != "unchanged"]),
    ):
        undecided = sum(trial.exit_code not in (0, 1) for trial in of)
        yield f"| {name} | {len(of)} | {sum(one.found for one in of)} | {undecided} | {_share(of)} |"


def _planted(trials: Sequence[Trial]) -> Iterator[str]:
    yield "| release | gate | n | closed for it | share | 95 % interval | measured | median |"
    yield "|---|---|---|---|---|---|---|---|"
    for release in RELEASES.values():
        for setting in SETTINGS.values():
            of = [trial for trial in trials if trial.key == (release.name, setting.name)]
            if release.reason and of:
                shifts = [trial.shifts["lcp"] for trial in of if "lcp" in trial.shifts]
                measured = f"{median(shifts):+.0%}" if release.timed and shifts else ""
                found = sum(one.found for one in of)
                yield (
                    f"| {release.about} (`{release.reason}`) | {setting.name} | {len(of)} | {found} | {_share(of)} "
                    f"| {measured} | {median(one.took_s for one in of):.0f} s |"
                )


def _share(trials: Sequence[Trial]) -> str:
    if not trials:
        return " |"
    found = sum(trial.found for trial in trials)
    low, high = wilson(found, len(trials))
    return f"{found / len(trials):.0%} | {low:.0%} to {high:.0%}"


def _wrong(trials: Iterable[Trial]) -> Iterator[str]:
    for trial in trials:
        expected = RELEASES[trial.release].reason
        if trial.found is not bool(expected) or (not expected and trial.exit_code):
            said = ", ".join(trial.reasons) or trial.answer
            shifts = "".join(f", {metric} {shift:+.0%}" for metric, shift in trial.shifts.items())
            yield f"* {trial.release} ({trial.setting}): {said}{shifts}. {trial.why}"
