"""The main menu: links to categories, and the button that opens them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from auditor.evidence import Controls, Document, Layout, Link, Links, Targets
from auditor.lexicon import Concept, mentions
from auditor.reading.addresses import is_about_the_shopper, is_home, leads_to, segments, without_fragment
from auditor.reading.pressable import Pressable, on_first_screen, pressables

_SERVICE = (
    Concept.CART, Concept.CHECKOUT, Concept.CONTACT, Concept.TERMS, Concept.PRIVACY, Concept.RETURNS, Concept.SHIPPING,
    Concept.FAQ, Concept.SEARCH, Concept.COOKIES,
)  # fmt: skip
_OTHER_BUTTONS = (
    Concept.SEARCH, Concept.CART, Concept.VIEW_CART, Concept.LOG_IN, Concept.REGISTER, Concept.ACCOUNT, Concept.CLOSE,
    Concept.COOKIES, Concept.CONSENT_ACCEPT, Concept.CONSENT_REJECT, Concept.ADD_TO_CART, Concept.BUY_NOW,
    Concept.FILTER, Concept.SORT,
)  # fmt: skip
_OPENS_MENU = re.compile(
    r"hamburger|burger|off-?canvas|navbar-toggle|megamenu|categor(?:y|ies)-?(?:menu|toggle)"
    r"|(?:menu|nav|drawer|sidebar)[-_]*\w*(?:toggle|trigger|icon|open|button|btn)"
    r"|(?:toggle|trigger|icon|open|button|btn)[-_]*\w*(?:menu|nav|drawer)"
)
_DROPS_DOWN = re.compile(r"dropdown|sub-?menu|mega-?menu|has-children|flyout")
_OPENS_ELSE = re.compile(r"account|user|cart|basket|koszyk|search|filter|facet|lang|currency|share|wishlist")
TOP_PX = 320
"""A row of links above this height is taken for a menu wherever it sits in the document."""

FEWEST_ENTRIES = 3


@dataclass(frozen=True)
class Menu:
    """Distinct category-like targets: ``shown`` on the first screen, ``folded`` in a menu that is not open.

    ``row`` is the longest row of links at the top of the page outside any header; ``openers`` may open the menu, and so
    may the ``unknown`` buttons at the page's edge, outside the main content: without a name, or with one that tells of
    nothing we know.
    """

    shown: frozenset[str]
    folded: frozenset[str]
    row: int
    openers: tuple[Pressable, ...]
    unknown: int = 0


def main_menu(
    document: Document,
    links: Links,
    controls: Controls | None,
    targets: Targets | None,
    layout: Layout | None,
    language: str | None,
) -> Menu:
    """Read the page's main menu by regions and positions; words are used for the button only."""
    goods = [link for link in links.items if _leads_to_goods(link, document)]
    seen = [link for link in goods if link.visible and on_first_screen(link.box, document.viewport_height)]
    hidden = [link for link in goods if not link.visible]
    edge = [item for item in pressables(controls, targets, layout) if _at_an_edge(item, document)]
    openers = tuple(item for item in edge if _opens_a_menu(item, language))
    return Menu(
        shown=_targets(link for link in seen if link.region in ("header", "nav", "aside", "other")),
        folded=_targets(link for link in hidden if link.region in ("header", "nav", "aside", "dialog", "other")),
        row=_longest_row(link for link in seen if link.region in ("main", "other")),
        openers=openers,
        unknown=sum(_is_unknown(item, controls, language) for item in edge if item.region != "main"),
    )


def _leads_to_goods(link: Link, document: Document) -> bool:
    address = without_fragment(link.url)
    if not link.same_site or not link.name.strip() or is_home(address) or link.href.startswith("#"):
        return False
    if "?" in address and _path(address) == _path(document.url) and not _path(address).endswith(".php"):
        return False
    return not _is_of_service(address)


@lru_cache(maxsize=8192)
def _is_of_service(address: str) -> bool:
    return is_about_the_shopper(address) or any(leads_to(address, concept, alone=True) for concept in _SERVICE)


def _path(url: str) -> str:
    return without_fragment(url).split("?", 1)[0]


def _targets(links: Iterable[Link]) -> frozenset[str]:
    return frozenset("/".join(segments(link.url)) for link in links)


def _longest_row(links: Iterable[Link]) -> int:
    rows: dict[int, set[str]] = {}
    for link in links:
        if link.box and link.box.y < TOP_PX:
            rows.setdefault(round(link.box.y / 10), set()).add(link.url)
    return max((len(row) for row in rows.values()), default=0)


def _at_an_edge(item: Pressable, document: Document) -> bool:
    """In the header, at the top, or in a bar at the bottom of a phone's first screen."""
    return item.region in ("header", "nav") or on_first_screen(item.box, document.viewport_height)


def _is_unknown(item: Pressable, controls: Controls | None, language: str | None) -> bool:
    if _OPENS_ELSE.search(item.marks) or any(mentions(item.label, concept, language) for concept in _OTHER_BUTTONS):
        return False
    return not item.label.strip() or any(
        button.selector == item.selector and "href" not in button.attributes
        for button in (controls.buttons if controls else ())
    )


def _opens_a_menu(item: Pressable, language: str | None) -> bool:
    if _OPENS_ELSE.search(item.marks):
        return False
    if _OPENS_MENU.search(item.marks) or (item.region == "nav" and _DROPS_DOWN.search(item.marks)):
        return True
    if len(item.label) > 40:
        return False
    if mentions(item.label, Concept.MENU, language):
        return True
    # In the content such words are headings and links of a list; in the header "Search all products" is a field.
    return (
        item.region != "main"
        and bool(mentions(item.label, Concept.CATEGORIES, language))
        and not any(mentions(item.label, concept, language) for concept in _OTHER_BUTTONS)
    )


def menu_entries(document: Document, links: Links) -> frozenset[str]:
    """Category-like entries of the menu at the top, as paths: those in view, or the folded ones where hardly any is."""
    goods = [link for link in links.items if link.region in ("header", "nav") and _leads_to_goods(link, document)]
    top = _targets(link for link in goods if link.visible and link.box is not None and link.box.y < TOP_PX)
    return top if len(top) >= FEWEST_ENTRIES else _targets(link for link in goods if not link.visible)


def all_entries(document: Document, links: Links) -> frozenset[str]:
    """Category-like targets of everything that may be a menu, in view or folded, as paths."""
    frame = ("header", "nav", "aside", "other", "dialog")
    return _targets(link for link in links.items if link.region in frame and _leads_to_goods(link, document))
