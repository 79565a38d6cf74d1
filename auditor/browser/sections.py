"""From what the collectors in the page returned to the sections of the evidence."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from auditor.browser.network import site_of
from auditor.evidence import (
    Controls,
    Document,
    Image,
    Images,
    Layout,
    Link,
    Links,
    LongTask,
    PinnedLayer,
    PriceSeen,
    Redirect,
    Request,
    Shift,
    Target,
    Targets,
    TextRun,
    Texts,
    Timing,
    Trail,
    WidthProbe,
)
from auditor.lexicon import Concept, mentions

BUYING = (Concept.ADD_TO_CART, Concept.BUY_NOW)
SESSION_GAP_MS = 1000
SESSION_MS = 5000
BLOCKING_MS = 50
Raw = Mapping[str, Any]


def document_section(
    raw: Raw, *, status: int | None, headers: dict[str, str], redirects: Iterable[Redirect], html_bytes: int | None
) -> Document:
    facts = {key: value for key, value in raw["document"].items() if key != "has_password"}
    return Document(
        **facts, status=status, headers=headers, redirects=tuple(redirects), html_bytes=html_bytes,
        text_chars=raw["texts"]["text_chars"],
    )  # fmt: skip


def links_section(raw: Raw) -> Links:
    here = raw["document"]["url"]
    site, bare = site_of(here), here.split("#")[0]
    items = []
    for link in raw["links"]:
        url = link["url"]
        if not url.startswith(bare + "#"):
            url = url.split("#")[0]
        items.append(Link(**{**link, "url": url, "same_site": site_of(url) == site and url.startswith("http")}))
    return Links(items=tuple(items))


def images_section(raw: Raw, answers: Mapping[str, Request]) -> Images:
    items = []
    for image in raw["images"]:
        answer = answers.get(image["url"][:2000])
        found: dict[str, Any] = {}
        if answer is not None:
            sent = answer.transferred_bytes if not answer.from_cache else None
            found = {"bytes": sent, "mime": answer.mime, "status": answer.status}
        elif image["url"].startswith("data:"):
            found = {"mime": image["url"][5:60].split(";")[0].split(",")[0]}
        items.append(Image(**{**image, "url": image["url"][:2000]}, **found))
    return Images(items=tuple(items))


def texts_section(raw: Raw) -> Texts:
    texts = raw["texts"]
    return Texts(
        all=texts["all"], main=texts["main"], footer=texts["footer"], folded=texts["folded"],
        unopened=texts["unopened"],
        prices=tuple(PriceSeen(**price) for price in raw["prices"]),
        trails=tuple(Trail.model_validate(trail) for trail in raw["trails"]),
    )  # fmt: skip


def targets_section(raw: Raw) -> Targets:
    return Targets(items=tuple(Target(**target) for target in raw["targets"]["items"]))


def controls_section(raw: Raw) -> Controls:
    return Controls.model_validate(raw["controls"])


def layout_section(raw: Raw, widths: Iterable[Raw]) -> Layout:
    pinned = raw["pinned"] or {"layers": [], "share": None}
    layers = []
    for layer in pinned["layers"]:
        facts = {key: value for key, value in layer.items() if key != "buttons"}
        layers.append(PinnedLayer(**facts, holds_buy_button=any(map(_is_buy_button, layer["buttons"]))))
    return Layout(
        texts=tuple(TextRun(**run) for run in raw["runs"] or ()),
        pinned=tuple(layers),
        pinned_share=pinned["share"],
        widths=tuple(WidthProbe.model_validate(width) for width in widths),
    )


@lru_cache(maxsize=2048)
def _is_buy_button(text: str) -> bool:
    """By its name, class and form name."""
    if re.search(r"add[-_]?to[-_]?(cart|basket|bag)|buy[-_]?now", text, re.I):
        return True
    return any(mentions(text, concept, None) for concept in BUYING)


def timing_section(raw: Raw) -> Timing:
    """Timing as read before any resize. CLS is None where the observer did not run."""
    facts = raw["timing"]
    tasks = facts["tasks"]
    fcp = facts["fcp_ms"] or 0.0
    blocking = sum(max(0.0, length - BLOCKING_MS) for start, length in tasks if start + length > fcp)
    named = (
        "ttfb_ms", "connect_ms", "dom_content_loaded_ms", "load_ms", "fcp_ms", "lcp_ms", "lcp_selector", "lcp_url",
        "settled_ms",
    )  # fmt: skip
    observed = facts["observed"]
    return Timing(
        **{name: round(facts[name], 1) if isinstance(facts[name], float) else facts[name] for name in named},
        cls=round(layout_shift(facts["shifts"]), 4) if observed else None,
        shifts=tuple(
            Shift(value=one["value"], at_ms=one["at_ms"], selectors=one["selectors"]) for one in facts["shifts"]
        ),
        inp_ms=max(facts["interactions"], default=None),
        tbt_ms=round(blocking, 1) if observed else None,
        long_tasks=tuple(LongTask(start_ms=start, duration_ms=length) for start, length in tasks),
    )


def layout_shift(shifts: Iterable[Raw]) -> float:
    """The largest session window: shifts less than 1 s apart, 5 s at most (https://web.dev/articles/cls)."""
    largest = window = 0.0
    first = last = None
    for shift in shifts:
        at = shift["at_ms"]
        if first is None or last is None or at - last > SESSION_GAP_MS or at - first > SESSION_MS:
            first, window = at, 0.0
        window += shift["value"]
        last = at
        largest = max(largest, window)
    return largest
