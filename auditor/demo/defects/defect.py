"""What a planted defect is, and the small tools that spoil a page, an answer or a header."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web
from bs4 import BeautifulSoup, Tag
from bs4.element import Script

from auditor.demo.catalogue import Catalogue, Product

if TYPE_CHECKING:
    from auditor.demo.storefront import Storefront

LINKED_DATA = "application/ld+json"
UNCOMPRESSED = web.ResponseKey("uncompressed", bool)
"""Set on a reply by a defect, so that it leaves the server as it is."""


class Document:
    """A rendered page that a defect may change before it is sent."""

    def __init__(self, html: str, template: str, catalogue: Catalogue, port: int | None = None) -> None:
        self.soup = BeautifulSoup(html, "html.parser")
        self.template, self.catalogue, self.port = template, catalogue, port

    def html(self) -> str:
        """The page as it is sent."""
        return str(self.soup)

    def every(self, css: str) -> list[Tag]:
        """The elements that ``css`` selects."""
        return list(self.soup.select(css))

    def add(self, css: str, html: str, *, first: bool = False) -> None:
        """Puts ``html`` into each element that ``css`` selects, as its last or first child."""
        for parent in self.every(css):
            for child in list(BeautifulSoup(html, "html.parser").contents):
                parent.insert(0 if first else len(parent.contents), child)

    def change_data(self, kind: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Applies ``change`` to the structured data of type ``kind``."""
        for script in self._data(kind):
            data = json.loads(script.get_text())
            change(data)
            script.string = Script(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))

    def drop_data(self, kind: str) -> None:
        """Takes the structured data of type ``kind`` out of the page."""
        for script in self._data(kind):
            script.decompose()

    def _data(self, kind: str) -> list[Tag]:
        scripts = self.every(f'script[type="{LINKED_DATA}"]')
        return [script for script in scripts if json.loads(script.get_text())["@type"] == kind]


Edit = Callable[[Document], None]
Answer = Callable[[web.Request, "Storefront"], Awaitable[web.StreamResponse | None]]
Find = Callable[[Catalogue, str], list[Product]]
Finish = Callable[[web.Request, web.StreamResponse], web.StreamResponse]


@dataclass(frozen=True)
class Defect:
    """One thing that is wrong with the shop.

    ``expect`` holds the catalogue rows that must fail, ``also`` those that may fail as an honest consequence;
    ``templates`` are the page kinds it shows on (empty: all) and ``device`` the only device it shows on, if any;
    "both" where the two are compared. ``products`` is how many product pages it takes to see it, ``at`` a page that
    has to be among them: a path, or the key of a category, whose list or first product is meant; ``language`` the
    only one of the shop's languages that shows it. ``hosts``: other companies' hosts that its pages ask, and for
    which the shop answers. ``timed``: only timed loads show it. ``alone``: it changes what other defects change or
    what every page is made of, so that it cannot be planted beside others. ``part`` names, in words, the parts of
    the page or of its way that it changes: of those that share one, one can be planted at a time. ``doubtful``:
    what can be seen from outside does not prove it, so that the honest verdict is ``needs_review``. ``journey``:
    the only journey that shows it; pages that are merely opened do not. ``find`` takes the search's place. ``edit``
    changes the page, ``answer`` replies instead of the shop or delays it, ``finish`` changes the reply.
    """

    name: str
    summary: str
    expect: frozenset[str]
    templates: frozenset[str] = frozenset()
    device: str | None = None
    also: frozenset[str] = frozenset()
    doubtful: bool = False
    edit: Edit | None = None
    answer: Answer | None = None
    finish: Finish | None = None
    journey: str | None = None
    find: Find | None = None
    products: int = 1
    at: str = ""
    hosts: tuple[str, ...] = ()
    timed: bool = False
    language: str | None = None
    alone: bool = False
    part: str = ""


def rows(text: str) -> frozenset[str]:
    """Words of ``text`` as a set."""
    return frozenset(text.split())


def all_of(*edits: Edit) -> Edit:
    """The edits one after the other."""

    def edit(page: Document) -> None:
        for each in edits:
            each(page)

    return edit


def removing(*selectors: str) -> Edit:
    """Takes elements out."""

    def edit(page: Document) -> None:
        for css in selectors:
            for element in page.every(css):
                element.decompose()

    return edit


def styled(css: str) -> Edit:
    """Adds a style sheet after the shop's own."""

    def edit(page: Document) -> None:
        page.add("head", f"<style>{css}</style>")

    return edit


def adding(css: str, html: str, *, first: bool = False) -> Edit:
    """Puts ``html`` into the elements that ``css`` selects."""

    def edit(page: Document) -> None:
        page.add(css, html, first=first)

    return edit


def asking(html: str, host: str) -> Edit:
    """Adds ``html`` to the page, with the address of another company's ``host`` in the place of {}: at the shop's own
    port, because the shop answers for it."""

    def edit(page: Document) -> None:
        page.add("body", html.format(f"//{host}:{page.port}"))

    return edit


def setting(css: str, name: str, value: str | Callable[[Tag], str] | None) -> Edit:
    """Sets an attribute of the elements that ``css`` selects; None takes it away."""

    def edit(page: Document) -> None:
        for element in page.every(css):
            if value is None:
                element.attrs.pop(name, None)
            else:
                element[name] = value(element) if callable(value) else value

    return edit


def in_language(css: str, texts: Mapping[str, str], *, first: bool = False) -> Edit:
    """Adds the HTML of the shop's language, English where there is none."""

    def edit(page: Document) -> None:
        page.add(css, texts.get(page.catalogue.language, texts["en"]), first=first)

    return edit


def wording(css: str, text: Callable[[Document], str]) -> Edit:
    """Replaces the text of the elements that ``css`` selects."""

    def edit(page: Document) -> None:
        for element in page.every(css):
            element.string = text(page)

    return edit


def without_data(*kinds: str) -> Edit:
    """Takes structured data out."""

    def edit(page: Document) -> None:
        for kind in kinds:
            page.drop_data(kind)

    return edit


def with_data(kind: str, change: Callable[[dict[str, Any]], object]) -> Edit:
    """Changes structured data."""
    return lambda page: page.change_data(kind, change)


def delayed(prefix: str, seconds: float) -> Answer:
    """Makes every answer wait whose path starts with ``prefix``; "page" stands for everything but files."""

    async def answer(request: web.Request, store: "Storefront") -> None:
        is_page = not request.path.startswith(("/static/", "/media/", "/favicon", "/robots", "/sitemap"))
        if request.path.startswith(prefix) or (prefix == "page" and is_page):
            await asyncio.sleep(seconds)

    return answer


def replying(paths: frozenset[str], reply: Callable[[], web.StreamResponse]) -> Answer:
    """Answers the ``paths`` instead of the shop."""

    async def answer(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
        return reply() if request.path in paths else None

    return answer
