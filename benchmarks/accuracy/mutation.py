"""What a planted defect or a look-alike is, and the small edits they are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from bs4 import Tag

from benchmarks.accuracy.shop_page import ShopPage

Edit = Callable[[ShopPage], None]
Answer = Callable[[web.Request], "web.Response | None"]
Headers = Callable[[str, Mapping[str, str]], Mapping[str, str | None]]
PAGES = frozenset({"home", "category", "product", "cart", "content"})


@dataclass(frozen=True)
class Mutation:
    """One change of a shop's pages.

    ``rows`` must fail; with ``benign`` nothing may fail, and ``rows`` are those that it looks like. ``also`` may fail
    as an honest consequence. ``kinds`` are the pages it changes; of each, one is visited again, or with ``every`` all
    of the panel. ``device``: only this one is visited. ``crawl``: discovery runs anew. ``shops``: only these.
    ``edit`` changes the page (``nth`` page of its kind only, if given), ``answer`` replies instead of the shop,
    ``headers`` changes those of the reply: a new value, or None to drop one. ``route`` says which page of the shop is
    sent for a path.
    """

    name: str
    summary: str
    rows: frozenset[str]
    kinds: frozenset[str]
    edit: Edit | None = None
    also: frozenset[str] = frozenset()
    device: str | None = None
    benign: bool = False
    every: bool = False
    crawl: bool = False
    shops: frozenset[str] = frozenset()
    answer: Answer | None = None
    headers: Headers | None = None
    route: Callable[[str], str] | None = None


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def defect(
    name: str, summary: str, rows: str, kinds: str, edit: Edit | None = None, *, also: str = "",
    device: str | None = None, every: bool = False, crawl: bool = False, shops: str = "",
    answer: Answer | None = None, headers: Headers | None = None, route: Callable[[str], str] | None = None,
) -> Mutation:  # fmt: skip
    return Mutation(
        name, summary, words(rows), words(kinds), edit, words(also), device, False, every, crawl, words(shops), answer,
        headers, route,
    )  # fmt: skip


def alike(
    name: str, summary: str, rows: str, kinds: str, edit: Edit | None = None, *, also: str = "",
    device: str | None = None, every: bool = False, crawl: bool = False, shops: str = "",
    answer: Answer | None = None, headers: Headers | None = None, route: Callable[[str], str] | None = None,
) -> Mutation:  # fmt: skip
    """A look-alike: harmless, and near to what the ``rows`` complain of."""
    return Mutation(
        name, summary, words(rows), words(kinds), edit, words(also), device, True, every, crawl, words(shops), answer,
        headers, route,
    )  # fmt: skip


def styled(css: str) -> Edit:
    return lambda page: page.style(css)


def removing(*selectors: str) -> Edit:
    def edit(page: ShopPage) -> None:
        for css in selectors:
            for tag in page.soup.select(css):
                tag.decompose()

    return edit


def without(*selectors: str) -> Edit:
    """Takes out what the remedies put there, by class name."""
    return removing(*(f".bench-{name}" for name in selectors))


def all_of(*edits: Edit) -> Edit:
    def edit(page: ShopPage) -> None:
        for each in edits:
            each(page)

    return edit


def at_main(html: str, *, first: bool = False) -> Edit:
    return lambda page: page.add(page.main, html, at=0 if first else None)


def at_body(html: str) -> Edit:
    return lambda page: page.add(page.body, html)


def beside_price(html: str) -> Edit:
    def edit(page: ShopPage) -> None:
        if page.price is not None:
            page.after(page.price, html)

    return edit


def each(css: str, change: Callable[[Tag], object]) -> Edit:
    def edit(page: ShopPage) -> None:
        for tag in page.soup.select(css):
            change(tag)

    return edit


def setting(css: str, name: str, value: str) -> Edit:
    return each(css, lambda tag: tag.__setitem__(name, value))


def naming(css: str, text: str) -> Edit:
    """Changes the words of what ``css`` selects."""

    def change(tag: Tag) -> None:
        tag.string = text

    return each(css, change)
