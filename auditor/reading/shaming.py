"""Controls by which an offer is declined, and those that make the shopper belittle themselves."""

from auditor.evidence import Box, Controls, Links
from auditor.lexicon import Concept, mentions

MOST_CHARS = 120
"""Longer texts are no controls to decline with."""


def declines_with_shame(
    controls: Controls, links: Links | None, language: str | None
) -> tuple[tuple[str, str, Box | None], ...]:
    """Selector, text and box of visible buttons, and of links outside menus, whose words blame who presses them."""
    pressed = [(one.selector, one.text or one.name, one.box, one.visible) for one in controls.buttons]
    pressed += [
        (link.selector, link.name, link.box, link.visible)
        for link in (links.items if links else ())
        if link.region not in ("nav", "footer", "breadcrumb")
    ]
    return tuple(
        (selector, text, box)
        for selector, text, box, visible in pressed
        if visible and 8 <= len(text) <= MOST_CHARS and mentions(text, Concept.SHAMING, language)
    )
