"""A page of a shop that we did not write, and its parts found by what they are: no class names of a theme."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

MONEY = re.compile(r"(?:[£$€]|\bPLN|\bUSD)\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|zł|kr)")
BUYS = re.compile(r"^\s*add to (?:basket|cart|bag)\s*$", re.IGNORECASE)


@dataclass
class ShopPage:
    """``kind`` is home, category, product, cart, search, content or other; ``others`` are products of the shop as
    (path, name, price, picture), for links to them."""

    html: str
    kind: str
    path: str
    others: tuple[tuple[str, str, str, str], ...] = ()
    soup: BeautifulSoup = field(init=False)

    def __post_init__(self) -> None:
        self.soup = BeautifulSoup(self.html, "html.parser")

    def __str__(self) -> str:
        return str(self.soup)

    @property
    def body(self) -> Tag:
        return _first(self.soup, "body")

    @property
    def head(self) -> Tag:
        return _first(self.soup, "head")

    @property
    def h1(self) -> Tag | None:
        """The page's own heading: the last one, where the logo is a heading too."""
        found = [one for one in self.soup.select("h1") if not one.find_parent("header")]
        return found[0] if found else None

    @property
    def main(self) -> Tag:
        """The main landmark, or what the body holds around the heading or the trail."""
        landmark = self.soup.select_one("main,[role=main]")
        if landmark is not None:
            return landmark
        inner = self.h1 or self.breadcrumb or self.header
        for parent in inner.parents:
            if parent.parent is not None and parent.parent.name == "body":
                return parent
        return self.body

    @property
    def header(self) -> Tag:
        """The site's header, or the body where a page has none."""
        return self.soup.select_one("header") or self.body

    @property
    def footer(self) -> Tag:
        return self.soup.select_one("footer") or self.body

    @property
    def breadcrumb(self) -> Tag | None:
        return self.soup.select_one('nav[aria-label*="readcrumb"]')

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Name and path of each place of the breadcrumb; the page itself has no path."""
        trail = self.breadcrumb
        places = trail.select("li") if trail else []
        named = [(place.get_text(" ", strip=True), place.select_one("a[href]")) for place in places]
        return [(name, str(link["href"]) if link else "") for name, link in named if name]

    @property
    def buy_button(self) -> Tag | None:
        """The button of this product: the first one after the heading."""
        heading = self.h1
        return next((one for one in heading.find_all_next("button") if BUYS.match(one.get_text())), None) \
            if heading else None  # fmt: skip

    @property
    def price(self) -> Tag | None:
        """The first element after the heading whose own text is an amount of money."""
        return next(self.prices(), None)

    def prices(self) -> Iterator[Tag]:
        heading = self.h1
        for one in heading.find_all_next(string=MONEY) if heading else ():
            if one.parent is not None and one.parent.name not in ("script", "style", "option"):
                yield one.parent

    @property
    def gallery(self) -> list[Tag]:
        """This product's pictures: those named after it."""
        heading = self.h1
        name = heading.get_text(" ", strip=True) if heading else ""
        return [one for one in self.main.select("img") if str(one.get("alt", "")).startswith(name)] if name else []

    @property
    def cards(self) -> list[Tag]:
        """In a list: around each linked picture, the nearest element that also names a price."""
        found: dict[int, Tag] = {}
        for picture in self.main.select("a[href] img"):
            for parent in picture.parents:
                if MONEY.search(parent.get_text(" ")):
                    if len(parent.select("img")) <= 2:
                        found[id(parent)] = parent
                    break
        return list(found.values())

    @property
    def menu(self) -> Tag | None:
        """The navigation in the header that leads to categories."""
        return next((one for one in self.soup.select("header nav") if len(one.select("a[href]")) >= 3), None)

    @property
    def description(self) -> list[Tag]:
        """Paragraphs of the product's text: the running ones after the buy button."""
        button = self.buy_button
        found = button.find_all_next(["p", "li"]) if button else []
        return [one for one in found if len(one.get_text(strip=True)) > 15 and not one.find_parent("footer")
                and not one.find_parent(class_="bench") and not one.select("form, p, a")]  # fmt: skip

    def add(self, place: Tag, html: str, *, at: int | None = None) -> None:
        """Puts ``html`` into ``place``, at the end or at position ``at``."""
        for step, child in enumerate(list(BeautifulSoup(html, "html.parser").contents)):
            place.insert(len(place.contents) if at is None else at + step, child)

    def after(self, place: Tag, html: str) -> None:
        place.insert_after(*list(BeautifulSoup(html, "html.parser").contents))

    def before(self, place: Tag, html: str) -> None:
        place.insert_before(*list(BeautifulSoup(html, "html.parser").contents))

    def style(self, css: str) -> None:
        self.add(self.head, f"<style>{css}</style>")

    def copy_of(self, tag: Tag) -> Tag:
        return copy(tag)


def _first(soup: BeautifulSoup, name: str) -> Tag:
    found = soup.select_one(name)
    if found is None:
        raise LookupError(f"the page has no {name}")
    return found
