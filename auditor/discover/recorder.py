"""Writes what discovery finds as it finds it, a line at a time."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from types import TracebackType
from typing import Self

from auditor.evidence.discovery import PageFacts
from auditor.evidence.pages import Region

PAGES, LINKS = "pages.jsonl", "links.jsonl"


class Recorder:
    """Two files that are whole up to the last line whenever the process ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._pages_path = folder / PAGES
        self._pages = open(self._pages_path, "w", encoding="utf-8", buffering=1, errors="backslashreplace")  # noqa: SIM115
        try:
            self._links = open(folder / LINKS, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        except OSError:
            self._pages.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._pages.close()
        finally:
            self._links.close()

    def page(self, facts: PageFacts) -> None:
        """Write a page."""
        self._pages.write(facts.model_dump_json(exclude_defaults=True) + "\n")

    def links(self, source: str, links: Iterable[tuple[str, Region, str]]) -> None:
        """Write the links of a page as (target, region, text), in one go."""
        head = f'{{"source":{json.dumps(source)},"target":'
        lines = [f'{head}{json.dumps(t)},"region":"{r}","text":{json.dumps(x)}}}\n' for t, r, x in links]
        if lines:
            self._links.write("".join(lines))
            self._links.flush()

    def finish(self, depths: Mapping[str, tuple[int, str | None]], listed: Set[int]) -> None:
        """Write the pages again, each with its least click depth, the page before it, and whether a sitemap lists it.

        ``listed`` holds hashes of addresses. Done on a copy that takes the place of the first writing at the end.
        """
        self._pages.close()
        written = self._pages_path.with_suffix(".tmp")
        with open(written, "w", encoding="utf-8", errors="backslashreplace") as copy:
            for facts in read_pages(self._pages_path):
                depth, before = depths.get(facts.url, (None, None))
                known = {
                    "depth": depth,
                    "found_from": before or facts.found_from,
                    "in_sitemap": hash(facts.url) in listed,
                }
                copy.write(facts.model_copy(update=known).model_dump_json(exclude_defaults=True) + "\n")
        os.replace(written, self._pages_path)


def read_pages(path: Path) -> Iterator[PageFacts]:
    """The pages of a ``pages.jsonl``, one at a time. A last line that was cut off by a kill is left out."""
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.endswith("\n"):
                yield PageFacts.model_validate_json(line)
