"""What filters a product list: the values of its facets, the best to try first."""

import re
from urllib.parse import urlsplit

from auditor.reading.list_page import Facet, ListPage, numbers


def filters_of(page: ListPage, total: int) -> tuple[Facet, ...]:
    """What filters the list, the best to try first: with a printed count, in view, leaving several but not all."""
    here = urlsplit(page.url)
    found = [facet for facet in page.facets if not facet.disabled and not facet.on and _filters(facet, here.path)]
    return tuple(sorted(found, key=lambda facet: _rank(facet, total)))


def _filters(facet: Facet, path: str) -> bool:
    if not re.search(r"[^\W\d]", facet.name) and not facet.marked:
        return False
    promised = count_of(facet)
    if facet.count and promised == 0:
        return False
    if facet.kind == "link":
        same = urlsplit(facet.target).path == path and bool(urlsplit(facet.target).query)
        return facet.marked if not same else facet.marked or promised is not None
    if facet.kind == "button":
        return facet.marked and promised is not None
    return facet.marked or promised is not None


def _rank(facet: Facet, total: int) -> tuple[object, ...]:
    promised = count_of(facet)
    useful = promised is not None and 1 < promised < total
    return (not useful, promised is None, not facet.visible, abs((promised or 0) - total / 2))


def count_of(facet: Facet) -> int | None:
    found = numbers(facet.count)
    return found[-1] if found else None
