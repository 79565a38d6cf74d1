"""What is known of a control that the walker would like to press, and of the page around it."""

from enum import StrEnum
from typing import Literal

from auditor.evidence.frozen import Frozen


class Asks(StrEnum):
    """What a field asks for, as far as safety is concerned."""

    CONTACT = "contact"
    ADDRESS = "address"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    CARD = "card"
    TERMS = "terms"
    PASSWORD = "password"
    CAPTCHA = "captcha"
    QUANTITY = "quantity"
    SEARCH = "search"
    HIDDEN = "hidden"
    OTHER = "other"


class Field(Frozen):
    """One form field. ``words``: name, id, autocomplete, label and placeholder, one after another."""

    type: str = "text"
    name: str = ""
    words: str = ""
    value: str = ""
    autocomplete: str = ""
    frame_url: str = ""


class Form(Frozen):
    """The form that a control belongs to. ``action`` is absolute; ``names``: its id, name, class, data attributes."""

    action: str
    method: str = "GET"
    names: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


class PageState(Frozen):
    """The page around a control, all frames together; only what is visible counts.

    ``fields``: all visible fields. ``buttons``: the labels of buttons. ``steps``: short texts of the page's step
    indicator or headings, in order, and ``current`` the place of the current one among them. ``counts``: short texts
    that count, such as "Step 1 of 3". ``frames``: addresses of visible frames.
    """

    url: str
    language: str | None = None
    fields: tuple[Field, ...] = ()
    buttons: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    current: int | None = None
    counts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()


class Clickable(Frozen):
    """``label`` is the accessible name; ``names``: id, name, value, class, data attributes and handlers of the control;
    ``target``: absolute address of a link or of ``formaction``. ``part``: of a list of the page's own making, what
    opens it or one of its options, whose ``field`` is then that of the list. ``sends``: pressing it sends a form or
    activates something else by itself."""

    label: str
    tag: str
    page: PageState
    role: str = ""
    type: str = ""
    names: tuple[str, ...] = ()
    target: str = ""
    form: Form | None = None
    field: Field | None = None
    frame_url: str = ""
    part: Literal["", "opener", "option"] = ""
    sends: bool = True
