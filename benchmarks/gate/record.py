"""One line per trial, appended as soon as it is over, so that a run that was cut off goes on where it was."""

from collections import Counter
from pathlib import Path

from benchmarks.gate.trial import Trial


def read(file: Path) -> list[Trial]:
    if not file.exists():
        return []
    return [Trial.model_validate_json(line) for line in file.read_text().splitlines() if line.strip()]


def append(file: Path, trial: Trial) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lines:
        lines.write(trial.model_dump_json() + "\n")


def still_wanted(plan: dict[tuple[str, str], int], done: list[Trial]) -> list[tuple[str, str]]:
    """What is missing of ``plan`` (release and setting to how many), so that all kinds come to their end together."""
    made = Counter(trial.key for trial in done)
    missing = [
        ((number + 0.5) / wanted, key)
        for key, wanted in plan.items()
        for number in range(made[key], wanted)
    ]  # fmt: skip
    return [key for _share, key in sorted(missing, key=lambda one: one[0])]
