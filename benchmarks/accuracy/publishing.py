"""Puts the measured tables between two markers of docs/accuracy.md."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.accuracy.tables import section
from benchmarks.accuracy.trial import Trial

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
BEGIN, END = "<!-- checks: generated -->", "<!-- checks: end -->"


def publish(trials: Iterable[Trial], page: Path = PAGE, waiting: Mapping[str, Sequence[str]] | None = None) -> None:
    """:raises ValueError: when the page has lost its markers."""
    text = page.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} needs the lines {BEGIN} and {END}, between which the tables go")
    page.write_text(f"{before}{BEGIN}\n\n{section(trials, waiting)}\n\n{END}{after}")
