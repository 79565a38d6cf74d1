"""The shape that addresses of one kind of page share."""

import re
from itertools import pairwise
from typing import NamedTuple

from auditor.discover.link_address import Address
from auditor.discover.url_rules import looks_like_date, looks_random, url_rules

_NUMBER = re.compile(r"\d+")
_SLUG = re.compile(r"[-_.~%\d]|.{16,}")


class Shape(NamedTuple):
    """``pattern``: the path with what varies replaced by a letter. ``names``: the parameters that may carry content.
    ``base``: the address without numbers of pages. ``page``: the page of a list, 1 where none is stated. ``dated``: a
    calendar-like address.
    """

    pattern: str
    names: tuple[str, ...]
    base: str
    page: int
    dated: bool

    @property
    def family(self) -> str:
        return f"{self.pattern}?{'&'.join(self.names)}" if self.names else self.pattern


def shape_of(where: Address) -> Shape:
    """The shape of an address. Pages of a list have the family of the list."""
    rules = url_rules()
    segments = [segment for segment in where.path.split("/") if segment]
    page, dated = 1, False
    kept: list[str] = []
    for segment in segments:
        if segment.isdigit() and kept and kept[-1].lower() in rules.pagination_segments:
            page = int(segment[:6])
            kept.pop()
        else:
            kept.append(segment)
    if any(
        len(year) == 4 and year[:2] in ("19", "20") and year.isdigit() and month.isdigit() and 1 <= int(month[:3]) <= 12
        for year, month in pairwise(kept)
    ) or any(looks_like_date(segment) for segment in kept):
        dated = True
    names: list[str] = []
    rest: list[str] = []
    for name, value in where.query:
        lowered = name.lower()
        if lowered in rules.pagination and _NUMBER.fullmatch(value) and not (lowered == "p" and where.path == "/"):
            page = max(page, int(value[:6]) or 1)
        else:
            dated = dated or looks_like_date(value)
            names.append(lowered)
            rest.append(f"{lowered}={value}")
    # In a shop that is one script, "route=product/product" is what a path is elsewhere.
    routes = [
        f"{n.lower()}={v}" for n, v in where.query if n.lower() in ("route", "controller", "option", "view", "cl", "fc")
    ]
    last = len(kept) - 1
    pattern = "/" + "/".join(_generalised(segment, at == last) for at, segment in enumerate(kept))
    if routes:
        pattern += "#" + "&".join(routes)
    base = "/" + "/".join(kept) + ("?" + "&".join(rest) if rest else "")
    return Shape(pattern, tuple(dict.fromkeys(names)), base, page, dated)


def _generalised(segment: str, last: bool) -> str:
    stem, dot, ending = segment.rpartition(".")
    if dot and last and ending.isalpha() and len(ending) <= 5:
        return f"{_generalised(stem, True)}.{ending.lower()}"
    if segment.isdigit():
        return "N"
    if looks_random(segment):
        return "H"
    return "S" if last or _SLUG.search(segment) else segment.lower()
