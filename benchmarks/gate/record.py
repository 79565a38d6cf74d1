"""One line per trial, appended as soon as it is over, so that a run that was cut off goes on where it was."""

from collections import Counter
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.gate.trial import Trial
from benchmarks.json_lines import append_lines, read_lines

_TRIAL = TypeAdapter(Trial)


def read(file: Path) -> list[Trial]:
    return read_lines(file, _TRIAL)


def append(file: Path, trial: Trial) -> None:
    append_lines(file, [trial])


def still_wanted(plan: dict[tuple[str, str], int], done: list[Trial]) -> list[tuple[str, str]]:
    """What is missing of ``plan`` (release and setting to how many), so that all kinds come to their end together."""
    made = Counter(trial.key for trial in done)
    missing = [
        ((number + 0.5) / wanted, key)
        for key, wanted in plan.items()
        for number in range(made[key], wanted)
    ]  # fmt: skip
    return [key for _share, key in sorted(missing, key=lambda one: one[0])]
