"""Puts the measured tables between two markers of docs/accuracy.md."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.accuracy.tables import section
from benchmarks.accuracy.trial import Trial

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
BEGIN, END = "<!-- checks: generated -->", "<!-- checks: end -->"


def publish(trials: Iterable[Trial], page: Path = PAGE, waiting: Mapping[str, Sequence[str]] | None = None) -> None:
    """:raises ValueError: when the page has lost its markers."""
    put_between(page, BEGIN, END, section(trials, waiting))


def put_between(page: Path, begin: str, end: str, text: str) -> None:
    """:raises ValueError: when the page lacks one of the two lines."""
    before, opened, rest = page.read_text().partition(begin)
    _old, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"{page} needs the lines {begin} and {end}, between which the tables go")
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
