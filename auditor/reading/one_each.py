"""Pages that have several addresses, counted once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from urllib.parse import parse_qsl

from auditor.evidence import PageFacts
from auditor.lexicon import fold

Facts = Callable[[PageFacts], Hashable]


def product_facts(page: PageFacts) -> Hashable:
    """What two addresses of one product share: its name, and its number where the page states one."""
    return fold(page.h1 or page.title), fold(page.signals.sku or "")


def list_facts(page: PageFacts) -> Hashable:
    """What two addresses of one list share. Lists often share a heading: what is below it counts as well, in any
    order."""
    chars = page.text_chars if page.main_chars is None else page.main_chars
    return fold(page.h1), fold(page.title), page.signals.cards, chars, tuple(sorted(page.headings))


def one_each(pages: Iterable[PageFacts], facts: Facts = product_facts) -> tuple[PageFacts, ...]:
    """The pages, of those that are ``together`` the one with the fewest parameters, with the least depth of all, and
    ``in_sitemap`` when any of them is in it."""
    return tuple(_whole(alike) for alike in together(pages, facts))


def together(pages: Iterable[PageFacts], facts: Facts = product_facts) -> Iterator[list[PageFacts]]:
    """Pages whose addresses differ only by parameters that change nothing of ``facts``.

    A parameter changes nothing when all pages that differ in it alone have the same facts, and some name.
    """
    paths: dict[str, list[PageFacts]] = defaultdict(list)
    for page in pages:
        paths[page.key.partition("?")[0]].append(page)
    for group in paths.values():
        yield from _parted(group, facts)


def _parted(group: list[PageFacts], facts: Facts) -> list[list[PageFacts]]:
    if len(group) == 1 or not all(page.h1 or page.title for page in group):
        return [[page] for page in group]
    named = [(page, dict(parse_qsl(page.key.partition("?")[2], keep_blank_values=True))) for page in group]
    kept = sorted({name for _page, query in named for name in query})
    for name in tuple(kept):
        without = [other for other in kept if other != name]
        if all(len({facts(page) for page in alike}) == 1 for alike in _alike(named, without)):
            kept = without
    return _alike(named, kept)


def _alike(named: list[tuple[PageFacts, dict[str, str]]], names: list[str]) -> list[list[PageFacts]]:
    found: dict[tuple[str | None, ...], list[PageFacts]] = defaultdict(list)
    for page, query in named:
        found[tuple(query.get(name) for name in names)].append(page)
    return list(found.values())


def _whole(alike: list[PageFacts]) -> PageFacts:
    first = min(alike, key=lambda page: ("noindex" in (page.robots or "").lower(), len(page.key), page.key))
    depths = [page.depth for page in alike if page.depth is not None]
    listed = any(page.in_sitemap for page in alike)
    return first.model_copy(update={"depth": min(depths, default=None), "in_sitemap": listed})
