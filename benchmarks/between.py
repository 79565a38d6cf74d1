"""Where benchmarks publish what they measured: between two markers of a page of the documentation."""

from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "accuracy.md"


def markers(name: str) -> tuple[str, str]:
    return f"<!-- {name}: generated -->", f"<!-- {name}: end -->"


def put_between(name: str, text: str, page: Path = PAGE) -> None:
    """Write ``text`` between the page's markers of that name.

    :raises ValueError: when the page has lost them.
    """
    begin, end = markers(name)
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{page} needs the lines {begin} and {end}, between which the tables go")
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
