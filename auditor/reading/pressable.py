"""Everything on a page that a shopper may press, from whichever section saw it."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.evidence import Box, Controls, Layout, Links, Targets

TOP_PX = 200
"""The height of a header where no landmark tells of one."""


@dataclass(frozen=True)
class Pressable:
    """``label`` can be read or heard; ``marks`` are selector and attributes in lower case; ``box`` in CSS pixels."""

    selector: str
    label: str
    text: str
    marks: str
    box: Box | None
    region: str


def pressables(controls: Controls | None, targets: Targets | None, layout: Layout | None) -> Iterator[Pressable]:
    """Visible buttons, targets, and short texts: some themes make their menu button of a bare ``span``."""
    for button in controls.buttons if controls else ():
        if button.visible:
            marks = " ".join([button.selector, *button.attributes.values()]).lower()
            yield Pressable(button.selector, button.name or button.text, button.text, marks, button.box, button.region)
    for target in targets.items if targets else ():
        marks = f"{target.selector} {target.href or ''}".lower()
        yield Pressable(target.selector, target.name, "", marks, target.box, target.region)
    for run in layout.texts if layout else ():
        if run.visible and run.chars <= 20:
            yield Pressable(run.selector, run.text, run.text, run.selector.lower(), run.box, run.region)


def nameless_at_top(controls: Controls | None, links: Links | None, targets: Targets | None) -> bool:
    """Whether the top of the page has something to press without a name: an icon that only the eye can read."""
    named = [(item.label, item.region, item.box, item.marks) for item in pressables(controls, targets, None)]
    named += [(link.name, link.region, link.box, "") for link in (links.items if links else ()) if link.visible]
    at_top = [
        (label, marks)
        for label, region, box, marks in named
        if region in ("header", "nav") or (box is not None and box.y < TOP_PX)
    ]
    return any(not label.strip() and "nav" not in marks for label, marks in at_top)


def on_first_screen(box: Box | None, viewport_height: float, screens: float = 1.0) -> bool:
    """Begins within the first ``screens`` viewports."""
    return box is not None and box.y < viewport_height * screens and box.bottom > 0
