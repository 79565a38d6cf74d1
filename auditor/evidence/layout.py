"""Where things are on the page, and what can be pressed and filled."""

from typing import Literal

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.pages import Region


class TextRun(Frozen):
    """An element with text of its own (direct text nodes). ``text`` is cut at 200 characters, ``chars`` is not."""

    selector: str
    tag: str
    text: str
    chars: int
    font_px: float
    font_weight: int
    box: Box | None
    visible: bool
    region: Region
    direction: str
    align: str


class PinnedLayer(Frozen):
    """A fixed or stuck element after consent was answered, measured after scrolling one viewport down.

    ``box`` is in viewport coordinates here; ``share`` is the part of the viewport it covers (0-1).
    """

    selector: str
    position: Literal["fixed", "sticky"]
    box: Box
    share: float
    name: str = ""
    holds_buy_button: bool = False


class Offender(Frozen):
    selector: str
    box: Box
    overhang_px: float


class WidthProbe(Frozen):
    """The page at one viewport width: how far it really scrolled sideways, and what stuck out."""

    viewport_px: int
    document_px: int
    scrolled_px: int
    offenders: tuple[Offender, ...] = ()


class Layout(Frozen):
    """``widths`` is measured on the phone profile only. ``pinned_share`` is the union of ``pinned`` (0-1), None where
    the page could not be scrolled to see.
    """

    texts: tuple[TextRun, ...] = ()
    pinned: tuple[PinnedLayer, ...] = ()
    pinned_share: float | None = None
    widths: tuple[WidthProbe, ...] = ()


class Target(Frozen):
    """Something to press. ``inline``: inside a sentence; ``native``: size left to the browser; ``hit``: its centre,
    once scrolled into view, answers to it and not to something above it."""

    selector: str
    tag: str
    role: str
    name: str
    box: Box
    inline: bool
    native: bool
    hit: bool
    disabled: bool
    region: Region
    href: str | None = None


class Targets(Frozen):
    """Visible targets only."""

    items: tuple[Target, ...] = ()


class Field(Frozen):
    """A form field. ``form`` is the index in ``Controls.forms``."""

    selector: str
    tag: str
    type: str
    name: str
    id: str
    autocomplete: str
    inputmode: str
    placeholder: str
    label: str
    role: str = ""
    required: bool
    disabled: bool
    filled: bool
    font_px: float
    box: Box | None
    visible: bool
    region: Region
    form: int | None = None


class Button(Frozen):
    """A button, submit input, ``role=button`` or link that looks like one.

    ``attributes`` holds id, class, name, value, type, href, formaction, onclick and data-*, each cut at 200 characters.
    """

    selector: str
    tag: str
    text: str
    name: str
    attributes: dict[str, str] = {}
    disabled: bool
    box: Box | None
    visible: bool
    region: Region
    font_px: float
    color: str = ""
    background: str = ""
    form: int | None = None


class Form(Frozen):
    selector: str
    action: str
    method: str
    role: str
    id: str
    classes: str
    hidden_names: tuple[str, ...] = ()
    region: Region
    visible: bool = True


class Controls(Frozen):
    fields: tuple[Field, ...] = ()
    buttons: tuple[Button, ...] = ()
    forms: tuple[Form, ...] = ()
