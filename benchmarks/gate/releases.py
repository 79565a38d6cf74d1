"""Releases of the demo shop: with nothing changed, changed harmlessly, or with a regression planted."""

import base64
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from aiohttp import web
from bs4 import Tag

from auditor.demo import DEFECTS, DemoShop, serve
from auditor.demo.defects.defect import (
    UNCOMPRESSED,
    Defect,
    Document,
    Edit,
    adding,
    all_of,
    replying,
    rows,
    setting,
    styled,
)  # fmt: skip
from auditor.demo.storefront import Storefront

TAG_HOST = "tags.example.net"
"""Leads to the demo shop itself, as a host of a third party."""
_SCRIPT, _TAG = "/static/recommend.js", "/static/tag.js"
SHIFT_PX = 125
"""A banner of this height moves everything below it by 0.15 of the phone's 823 pixels."""


@dataclass(frozen=True)
class Release:
    """``reason`` is the row or the id that must be among the reasons that close the gate; "" where it must stay open.
    ``walked``: it takes a journey to see it; ``timed``: it takes timed loads."""

    name: str
    about: str
    planted: tuple[Defect, ...] = ()
    reason: str = ""
    walked: bool = False
    timed: bool = False


@contextmanager
def serving(release: Release, language: str = "en") -> Iterator[DemoShop]:
    """The demo shop as this release has it."""
    with serve(language=language) as shop:
        shop.storefront.defects = release.planted
        yield shop


def settings_for(shop: DemoShop) -> dict[str, list[str]]:
    """What the gate has to be told so that TAG_HOST is found."""
    return {"resolve": [f"{TAG_HOST}:{shop.url.split(':')[2].strip('/')}:127.0.0.1"]}


@cache
def _ballast(size: int) -> str:
    return base64.b64encode(random.Random(size).randbytes(size * 3 // 4)).decode()


def _sent(text: str, kind: str) -> web.Response:
    response = web.Response(text=text, content_type=kind, headers={"Cache-Control": "public, max-age=31536000"})
    response[UNCOMPRESSED] = True
    return response


def _planted(name: str, edit: Edit, path: str = "", text: str = "") -> Defect:
    answer = replying(frozenset({path}), lambda: _sent(text, "application/javascript")) if path else None
    return Defect(name, name, rows(""), edit=edit, answer=answer)


def slower(name: str, kib: int, hops: int) -> Defect:
    """Styles that the browser has to wait for before it draws anything: a file that names another, ``hops`` times, and
    the last of ``kib``. They stay below what the gate calls heavier."""
    files = {
        _styles(hop): f"@import '{_styles(hop + 1)}';" if hop < hops else f"/*{_ballast(kib * 1024)}*/"
        for hop in range(hops + 1)
    }

    async def answer(request: web.Request, _store: Storefront) -> web.StreamResponse | None:
        text = files.get(request.path)
        return None if text is None else _sent(text, "text/css")

    return Defect(
        name, name, rows(""), edit=adding("head", f'<link rel="stylesheet" href="{_styles(0)}">'), answer=answer
    )


def _styles(hop: int) -> str:
    return f"/static/campaign-{hop}.css"


def _hashed(element: Tag) -> str:
    return " ".join([*element.get_attribute_list("class"), f"css-{random.Random(str(element)[:80]).randrange(10**6)}"])


def _reworded(page: Document) -> None:
    for paragraph in page.every(".promise, .footer p"):
        if paragraph.string:
            paragraph.string = re.sub(r"\s*$", " ✓", paragraph.get_text())


BANNER = (
    "addEventListener('load',()=>setTimeout(()=>{const b=document.createElement('p');b.textContent='New: summer';"
    f"b.style.cssText='margin:0;height:{SHIFT_PX}px;background:#f3d9b1';document.body.prepend(b)}},200))"
)
TAG = (
    "document.head.append(Object.assign(document.createElement('script'),"
    f"{{src:'http://{TAG_HOST}:'+location.port+'{_TAG}'}}))"
)
RELEASES = {
    release.name: release
    for release in (
        Release("unchanged", "nothing"),
        Release(
            "harmless", "other words, other colours, a class with a hash on each element of the content",
            (_planted("new-look", all_of(
                _reworded, styled(".promise{color:#1f3d2b}"), setting("main *", "class", _hashed))),),
        ),
        Release("lcp-20", "largest paint 20 % later", (slower("lcp-20", 44, 1),), "timing/lcp", timed=True),
        Release("lcp-40", "largest paint 40 % later", (slower("lcp-40", 44, 4),), "timing/lcp", timed=True),
        Release(
            "script-300-kib", "a script of 300 KiB more",
            (_planted("script-300-kib", adding("body", f'<script src="{_SCRIPT}" async></script>'), _SCRIPT,
                      f"/*{_ballast(300 * 1024)}*/"),),
            "growth/bytes",
        ),
        Release("layout-shift", "a layout shift of 0.15",
                (_planted("layout-shift", adding("body", f"<script>{BANNER}</script>")),), "growth/cls"),
        Release("cart-dead", "the button that adds to the cart does nothing", (DEFECTS["product-button-dead"],),
                "PDP-004", walked=True),
        Release("alt-removed", "no alt on the products' pictures", (DEFECTS["image-alt-missing"],), "A11Y-004"),
        Release(
            "third-party", "a script of a new third party",
            (_planted("third-party", adding("body", f"<script>{TAG}</script>"), _TAG, "window.tag=1"),),
            "third-party-script",
        ),
    )
}  # fmt: skip
