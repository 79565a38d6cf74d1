"""What one answer of the shop says: facts for classification, links for the graph."""

import re
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from auditor.discover.document_walk import LinkFound, Walked, is_card_link, link_text, walk
from auditor.discover.structured_data import main_first, open_graph_type, structured_items, types_of
from auditor.evidence.discovery import PageSignals
from auditor.evidence.pages import Region

MOST_CHARACTERS = 4_000_000
"""Of HTML that is parsed; what follows is left out."""
MOST_TEXT = 4_000
_GLOBALS = re.compile(
    r"(?:\bwindow\.|\bvar\s+|\blet\s+|\bconst\s+)([A-Za-z_$][\w$]{2,39})\s*=|\b(Shopify|BCData|prestashop|woocommerce)\."
)
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Reading:
    """``fields`` go into PageFacts as they are. ``links`` are (href, region, text, in a card, rel, hreflang).
    ``content`` is a checksum of the text outside header, footer and menus, digits left out; ``text`` all that is
    visible, at most MOST_TEXT characters."""

    base: str
    fields: dict[str, Any]
    links: list[tuple[str, Region, str, bool, str, str]]
    content: int
    searches: int
    has_scripts: bool
    cut_short: bool
    text: str


def read_html(text: str, url: str, cookie_names: tuple[str, ...] = ()) -> Reading:
    """Parse a page once. Never raises on broken HTML; an empty text gives an empty reading."""
    root = Selector(text=text[:MOST_CHARACTERS] or "<html></html>", type="html").root
    found = walk(root)
    base = url
    if found.base:
        try:
            base = urljoin(url, found.base.strip())
        except ValueError:
            base = url
    metas = _metas(found)
    visible = " ".join(text for _, text in found.texts)
    inner = " ".join(text for region, text in found.texts if region in ("main", "other"))
    html = root if root.tag == "html" else None
    body = next(root.iter("body"), None)
    fields: dict[str, Any] = {
        "title": found.title,
        "h1": found.h1,
        "headings": tuple(found.headings),
        "lang": _cut(html.get("lang") or html.get("xml:lang"), 35) if html is not None else None,
        "canonical": _canonical(found, base),
        "hreflang": _alternates(found, base),
        "robots": _cut(metas.get("robots"), 200),
        "viewport_metas": tuple(
            m.get("content", "")[:300] for m in found.metas if m.get("name", "").lower() == "viewport"
        )[:10],
        "text_chars": len(_NOT_WORD.sub("", visible)),
        "main_chars": len(_NOT_WORD.sub("", inner)),
        "signals": _signals(root, body, found, metas, url, cookie_names),
    }
    links = [_link(found, link) for link in found.links]
    content = zlib.crc32(_DIGITS.sub("", inner).encode("utf-8", "replace"))
    scripted = bool(found.scripts or next(root.iter("script"), None) is not None)
    return Reading(
        base, fields, links, content, found.searches, scripted,
        found.cut_short or len(text) > MOST_CHARACTERS, visible[:MOST_TEXT],
    )  # fmt: skip


def _link(found: Walked, link: LinkFound) -> tuple[str, Region, str, bool, str, str]:
    return link.href, link.region, link_text(link.element), is_card_link(found, link.element), link.rel, link.hreflang


def _signals(
    root: Any, body: Any, found: Walked, metas: dict[str, str], url: str, cookies: tuple[str, ...]
) -> PageSignals:
    items = structured_items(root, found.data_scripts, found.items, url)
    products = [item for item in items if set(types_of(item)) & {"Product", "ProductGroup"}]
    sku = found.sku or next((str(item["sku"]) for item in products if isinstance(item.get("sku"), str | int)), "")
    names = (one or other for text in found.scripts[:60] for one, other in _GLOBALS.findall(text[:20_000]))
    has_open_graph = any(name.startswith("og:") for name in metas)
    return PageSignals(
        types=main_first(items),
        og_type=open_graph_type(root) if has_open_graph else None,
        generator=_cut(metas.get("generator"), 200),
        body_id=(body.get("id", "") if body is not None else "")[:100],
        body_classes=tuple((body.get("class", "") if body is not None else "").split()[:60]),
        forms=tuple(found.forms[:30]),
        has_password_field=found.passwords > 0,
        products_in_data=len(products),
        price_like=len(found.prices),
        cards=found.cards,
        has_next_page=any("next" in link.rel.split() for link in found.links)
        or any("next" in head.get("rel", "").lower().split() for head in found.heads),
        sku=sku.strip()[:100] or None,
        asset_paths=_asset_paths(found.sources, url),
        cookie_names=cookies,
        globals=tuple(dict.fromkeys(names))[:80],
    )


def _metas(found: Walked) -> dict[str, str]:
    named: dict[str, str] = {}
    for meta in found.metas:
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name:
            named.setdefault(name, meta.get("content", ""))
    return named


def _canonical(found: Walked, base: str) -> str | None:
    for head in found.heads:
        if "canonical" in head.get("rel", "").lower().split() and head.get("href", "").strip():
            return _joined(base, head["href"])
    return None


def _alternates(found: Walked, base: str) -> dict[str, str]:
    alternates: dict[str, str] = {}
    for head in found.heads:
        if head.get("hreflang") and "alternate" in head.get("rel", "").lower() and len(alternates) < 200:
            url = _joined(base, head.get("href", ""))
            if url:
                alternates.setdefault(head["hreflang"][:35], url)
    return alternates


def _joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href.strip())[:2000]
    except ValueError:
        return None


def _asset_paths(sources: list[str], url: str) -> tuple[str, ...]:
    host = urlsplit(url).netloc
    paths: dict[str, None] = {}
    for source in sources[:400]:
        try:
            parts = urlsplit(urljoin(url, source.strip()))
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and len(paths) < 60:
            folder = "/".join(parts.path.split("/")[:5])[:200]
            paths.setdefault(folder if parts.netloc == host else f"{parts.netloc}{folder}")
    return tuple(paths)


def _cut(text: str | None, most: int) -> str | None:
    return text.strip()[:most] or None if text else None
