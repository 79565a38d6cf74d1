"""What a journey sees of a page: controls, fields, forms and amounts. All frames of the shop and open shadow roots."""

from typing import Literal

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.pages import Region


class Control(Frozen):
    """Something that can be pressed. ``index`` finds it again in the page it was seen on.

    ``target`` is the absolute address of a link or of ``formaction``; ``form`` the place of its form in
    ``Sight.forms``.
    ``alike`` counts controls of the same shape on the page, itself included. ``contrast`` is the distance of its colour
    from what is behind it, 0 to 1. ``price_px`` and ``heading_px`` are distances to the nearest price and to the h1.
    ``layer`` is the place of the layer that holds it in ``Sight.layers``.
    """

    index: int
    selector: str
    tag: str
    role: str = ""
    type: str = ""
    name: str = ""
    attributes: dict[str, str] = {}
    target: str = ""
    form: int | None = None
    region: Region = "main"
    box: Box | None = None
    visible: bool = True
    disabled: bool = False
    alike: int = 1
    contrast: float = 0.0
    price_px: float | None = None
    heading_px: float | None = None
    layer: int | None = None
    framed: bool = False


class Option(Frozen):
    value: str
    text: str
    disabled: bool = False
    selected: bool = False


class FieldSeen(Frozen):
    """A form field, or what a page made to be one. ``filled``: it has a value or is chosen. ``error``: the message that
    the page ties to it.

    ``value`` is kept for radio buttons and checkboxes: which of the choices it is, for lists of the page's own making:
    what is chosen, and for numbers, whose ``least`` is the smallest that may be entered. ``legend`` is the name of the
    group it belongs to; ``shown`` says whether the field or its label can be seen. ``opens``: pressing it opens a list
    ("list", its type is "listbox" unless it is an input), or it is typed into and offers "suggestions".
    """

    index: int
    selector: str
    tag: str
    type: str = "text"
    name: str = ""
    id: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    pattern: str = ""
    maxlength: int | None = None
    least: int | None = None
    label: str = ""
    placeholder: str = ""
    legend: str = ""
    value: str = ""
    required: bool = False
    disabled: bool = False
    filled: bool = False
    shown: bool = True
    invalid: bool = False
    error: str = ""
    options: tuple[Option, ...] = ()
    form: int | None = None
    region: Region = "main"
    box: Box | None = None
    layer: int | None = None
    framed: bool = False
    opens: Literal["", "list", "suggestions"] = ""


class FormSeen(Frozen):
    """``names``: id, name and class; ``hidden``: names of its hidden fields."""

    action: str
    method: str
    names: str = ""
    hidden: tuple[str, ...] = ()
    region: Region = "main"


class Sum(Frozen):
    """An amount with the words of its row: "Delivery", "4,99 €"."""

    label: str
    text: str
    box: Box | None = None
    struck: bool = False
    font_px: float = 0.0


class Layer(Frozen):
    """Something that lies over the page: ``covers`` is its share of the viewport, ``modal`` whether it says so."""

    selector: str
    text: str
    covers: float
    modal: bool = False


class Sight(Frozen):
    """A page at one moment of a journey. ``text`` holds at most 20,000 characters of what is visible, ``outside_text``
    what lies in layers and live regions."""

    url: str
    title: str = ""
    language: str | None = None
    h1: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    text: str = ""
    outside_text: str = ""
    product_names: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    fields: tuple[FieldSeen, ...] = ()
    forms: tuple[FormSeen, ...] = ()
    sums: tuple[Sum, ...] = ()
    layers: tuple[Layer, ...] = ()
    frames: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    current_step: int | None = None
    busy: bool = False
    height: float = 0.0
    viewport_height: float = 0.0
