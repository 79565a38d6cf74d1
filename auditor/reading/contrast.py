"""Contrast of the texts that a purchase hangs on: price, buy button, stock, messages of errors."""

import re
from html import unescape

from auditor.evidence import Accessibility, AxeNode, Box, Button, Controls, Document, Layout, Texts
from auditor.lexicon import fold
from auditor.reading.prices import current_prices
from auditor.reading.purchase import buy_button, states_told

_TAG = re.compile(r"<[^>]*>?")
_RATIO = re.compile(r"contrast of ([\d.]+)")
_ERROR = re.compile(r"(?:^|[-_. #>])(?:error|invalid|alert-danger|validation)")
RULE = "color-contrast"


def money_contrast(
    accessibility: Accessibility, controls: Controls, document: Document, texts: Texts, language: str | None, *,
    unsure: bool = False,
) -> tuple[tuple[str, AxeNode], ...]:  # fmt: skip
    """What is hard to read, as “price”, “buy button”, “stock” or “error”, with axe's node."""
    button = buy_button(controls, document, language)
    prices = {fold(price.seen.text) for price in current_prices(texts, document, button.box if button else None)}
    doubted = [node for result in accessibility.incomplete if result.rule == RULE for node in result.nodes]
    nodes = [node for result in accessibility.violations if result.rule == RULE for node in result.nodes]
    if unsure:
        nodes = [node for node in doubted if node.ratio is None]
    else:
        nodes += [node for node in doubted if node.ratio is not None and node.ratio < (node.least or 0)]
    return tuple((kind, node) for node in nodes if (kind := _kind(node, button, prices, language)))


def ratio_of(node: AxeNode) -> float | None:
    """The contrast that was measured, by axe or where axe was not sure."""
    if node.ratio is not None:
        return node.ratio
    found = _RATIO.search(node.summary)
    return float(found[1]) if found else None


def place_of(node: AxeNode, controls: Controls, layout: Layout | None) -> Box | None:
    places = [(button.selector, button.box) for button in controls.buttons]
    places += [(run.selector, run.box) for run in (layout.texts if layout else ())]
    return next((box for selector, box in places if selector == node.selector), None)


def _kind(node: AxeNode, button: Button | None, prices: set[str], language: str | None) -> str | None:
    text = unescape(_TAG.sub(" ", node.html)).strip()
    if button is not None and (node.selector == button.selector or node.selector.startswith(f"{button.selector} >")):
        return "buy button" if not button.disabled else None
    if text and fold(text) in prices:
        return "price"
    if len(text) <= 60 and states_told((text,), language):
        return "stock"
    return "error" if _ERROR.search(node.selector.lower()) else None
