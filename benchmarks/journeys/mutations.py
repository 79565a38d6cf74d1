"""What shops do that a walker must not depend on: each mutation rewrites HTML or CSS of a shop that is not ours."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

from bs4 import BeautifulSoup

from auditor.lexicon import Concept, words
from benchmarks.journeys import scripts

_NAMES = re.compile(r"(?<![\w-])([.#])(-?[A-Za-z_][\w-]*)(?=[^{}]*\{)")
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list", "headers")
_TARGETS = ("href", "data-target", "data-bs-target", "data-parent", "data-bs-parent")


@dataclass(frozen=True)
class Place:
    """Where a page stands: its path, the selector of the form that fills the cart, and the shopper's cookies."""

    path: str
    add_form: str
    cookies: dict[str, str]


@dataclass(frozen=True)
class Mutation:
    """``by_script``: a script makes it, so that it changes pages too that are drawn in the browser."""

    page: Callable[[str, Place], str]
    style: Callable[[str], str] = field(default=lambda text: text)
    by_script: bool = False


def _hashed(name: str) -> str:
    return "x" + blake2b(name.encode(), digest_size=4).hexdigest()


def _parsed(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


def _language(page: BeautifulSoup) -> str:
    return str(page.html.get("lang") or "en") if page.html else "en"


def _words(page: BeautifulSoup, concept: Concept, otherwise: str) -> str:
    return next(iter(words(concept, _language(page))), otherwise)


def _add_script(page: BeautifulSoup, source: str, *, first: bool = False) -> None:
    script = page.new_tag("script")
    script.string = source
    head = page.head or page
    if first:
        head.insert(0, script)
    else:
        (page.body or page).append(script)


def _in_checkout(place: Place) -> bool:
    return "checkout" in place.path


def hashed_page(text: str, _place: Place) -> str:
    """Ids and classes tell nothing; the shop's own scripts and styles still find what they look for."""
    page = _parsed(text)
    names: dict[str, str] = {}

    def changed(name: str) -> str:
        names[_hashed(name)] = name
        return _hashed(name)

    for tag in page.find_all(True):
        if tag.get("class"):
            tag["class"] = " ".join(changed(name) for name in tag.get_attribute_list("class") if name)
        if tag.get("id"):
            tag["id"] = changed(str(tag["id"]))
        for attribute in _REFERENCES:
            if value := tag.get(attribute):
                tag[attribute] = " ".join(changed(name) for name in str(value).split())
        for attribute in _TARGETS:
            if re.fullmatch(r"#[\w-]+", str(tag.get(attribute) or "")):
                tag[attribute] = "#" + changed(str(tag[attribute])[1:])
    for style in page.find_all("style"):
        style.string = hashed_style(style.get_text())
    _add_script(page, scripts.hashed_names(names), first=True)
    return str(page)


def hashed_style(text: str) -> str:
    """Only what stands before a brace is a selector."""
    return _NAMES.sub(lambda found: found[1] + _hashed(found[2]), text)


def div_buttons(text: str, _place: Place) -> str:
    """Every button is a div without a role; a script does what the button did."""
    page = _parsed(text)
    for button in page.select("button, input[type=submit], input[type=button]"):
        div = page.new_tag("div")
        for name, value in button.attrs.items():
            div["data-was-" + name if name in ("name", "value", "type", "form", "disabled") else name] = value
        div["data-was"] = "button" if button.get("type") in ("button", "reset") else "submit"
        div["style"] = f"{button.get('style', '')};display:inline-block;cursor:pointer"
        if button.name == "input":
            div.string = str(button.get("value", ""))
        else:
            for child in list(button.contents):
                div.append(child.extract())
        button.replace_with(div)
    _add_script(page, scripts.DIV_BUTTONS)
    return str(page)


def mini_cart(text: str, place: Place) -> str:
    """Adding to the cart opens a drawer and leaves the page where it is."""
    page = _parsed(text)
    if form := page.select_one(place.add_form):
        form["data-mini-cart"] = ""
        _add_script(page, scripts.mini_cart(_words(page, Concept.VIEW_CART, "View cart")))
    return str(page)


def overlay(text: str, _place: Place) -> str:
    """A newsletter lies over the page until it is closed, in every tab again."""
    page = _parsed(text)
    _add_script(page, scripts.OVERLAY)
    return str(page)


def region_gate(text: str, place: Place) -> str:
    """The shop asks for the country before it shows itself."""
    page = _parsed(text)
    if "region" not in place.cookies:
        _add_script(page, scripts.REGION_GATE)
    return str(page)


def shadow_checkout(text: str, place: Place) -> str:
    """The checkout is a web component: all that it shows is in an open shadow root."""
    page = _parsed(text)
    if _in_checkout(place):
        _add_script(page, scripts.SHADOW)
    return str(page)


def sold_out_first(text: str, place: Place) -> str:
    """A product comes in sizes, and the size that is chosen at first is sold out."""
    page = _parsed(text)
    form = page.select_one(place.add_form)
    if form is not None and form.select_one("button, input[type=submit]"):
        sold_out = _words(page, Concept.OUT_OF_STOCK, "Sold out")
        form.insert(0, BeautifulSoup(scripts.sizes(sold_out), "html.parser"))
        form["data-sizes"] = sold_out
        _add_script(page, scripts.SIZES)
    return str(page)


def order_label(text: str, place: Place) -> str:
    """What leads into the checkout is labelled as what places the order."""
    page = _parsed(text)
    if not _in_checkout(place):
        _add_script(page, scripts.order_label(_words(page, Concept.PLACE_ORDER, "Place order")))
    return str(page)


MUTATIONS: dict[str, Mutation] = {
    "hashed names": Mutation(hashed_page, hashed_style),
    "div buttons": Mutation(div_buttons),
    "mini cart": Mutation(mini_cart),
    "overlay": Mutation(overlay, by_script=True),
    "region gate": Mutation(region_gate, by_script=True),
    "shadow checkout": Mutation(shadow_checkout, by_script=True),
    "first size sold out": Mutation(sold_out_first),
    "order label": Mutation(order_label, by_script=True),
}
