"""What a buyer meets between the product page and the payment step, beyond the steps themselves. Facts only."""

from typing import Literal

from auditor.evidence.frozen import Box, Frozen
from auditor.evidence.sight import FieldSeen


class Change(Frozen):
    """Something visible that changed after a press, ``ms`` later. ``where``: in a dialog, a live region, a layer that
    stays in view, the header, the pressed control itself, or the page. ``in_view``: inside the viewport."""

    ms: int
    where: Literal["dialog", "live", "layer", "header", "control", "page"]
    text: str = ""
    in_view: bool = True


class PressSeen(Frozen):
    """A control that was pressed, in step ``step`` (from 0). ``focusable``: Tab reaches it; ``native``: a link, button
    or field, which the keyboard works by itself. ``changed_ms``: first visible change after the press, None when none
    was seen; where another page was loaded, the first paint of that."""

    step: int
    name: str = ""
    tag: str = ""
    selector: str = ""
    focusable: bool
    native: bool
    changed_ms: int | None = None
    loaded: bool = False
    changes: tuple[Change, ...] = ()


class AddFeedback(Frozen):
    """What told the shopper that the cart took the product. ``shown``: kinds of confirmation that were in view, or
    ``hidden-badge`` for a number that changed out of view."""

    step: int
    shown: tuple[Literal["cart", "drawer", "message", "badge", "control", "hidden-badge"], ...] = ()
    after_ms: int | None = None


class ProductData(Frozen):
    """The offer of a product page's structured data that stands for the product."""

    price: str = ""
    currency: str = ""
    availability: str = ""


class VariantChoice(Frozen):
    """A choice on the product page: its ``options`` as shown, which one ``chosen`` was when it was added."""

    label: str = ""
    options: tuple[str, ...] = ()
    chosen: str = ""
    selector: str = ""


class CartLine(Frozen):
    """A line of the cart. ``amounts`` as shown, struck ones left out; ``remove``: it can be taken out."""

    selector: str = ""
    box: Box | None = None
    name: str = ""
    text: str = ""
    picture: bool = False
    quantity: int | None = None
    editable: bool = False
    amounts: tuple[str, ...] = ()
    remove: bool = False


class CartFacts(Frozen):
    """The cart as it was first seen, in step ``step``."""

    step: int
    lines: tuple[CartLine, ...] = ()


class CartChange(Frozen):
    """What came of asking for one piece more. ``total_*`` are the page's largest amounts; ``line`` is the line
    afterwards; ``kept`` the quantity after the page was loaded again."""

    step: int
    asked: int
    quantity: int | None = None
    total_before: str = ""
    total_after: str = ""
    line: CartLine | None = None
    kept: int | None = None
    waited_ms: int = 0
    changed_ms: int | None = None
    note: str = ""


class GuestChoice(Frozen):
    """The way on as a guest, where log-in or registration stood beside it. ``below_login``: further down the page."""

    step: int
    kind: Literal["button", "link", "radio"]
    label: str = ""
    selector: str = ""
    box: Box | None = None
    in_view: bool = True
    below_login: bool | None = None


class FieldLabel(Frozen):
    """How a field is labelled once it is filled in. ``label`` is the visible text with what a style sheet adds;
    ``placed``: beside it, inside it but still visible, only its placeholder, or not at all."""

    selector: str
    label: str = ""
    placeholder: str = ""
    placed: Literal["outside", "floating", "placeholder", "none"] = "outside"
    required: bool = False
    filled: bool = False
    box: Box | None = None


class FormLabels(Frozen):
    """The labels of a step's form; ``notes`` are lines of the page that speak of required or optional fields."""

    step: int
    fields: tuple[FieldLabel, ...] = ()
    notes: tuple[str, ...] = ()


class ProbedField(Frozen):
    """A field that was sent empty or malformed. ``message``: new text beside it; ``native``: the browser itself
    complains of it; ``focused``: it had the focus afterwards."""

    selector: str
    label: str = ""
    wrong: Literal["empty", "malformed"]
    message: str = ""
    native: bool = False
    focused: bool = False


class ErrorProbe(Frozen):
    """An address form sent once with one field empty and one malformed. ``said``: messages elsewhere on the page.
    ``accepted``: the shop went on. ``lost``: labels of other fields that were empty afterwards, of ``filled``."""

    step: int
    fields: tuple[ProbedField, ...] = ()
    said: tuple[str, ...] = ()
    accepted: bool = False
    focus_in_message: bool = False
    filled: int = 0
    lost: tuple[str, ...] = ()


class PageSeen(Frozen):
    """What matters of a page after step ``step``. ``ticks``: ticked boxes that nobody ticked; ``coupons``: fields for a
    code; ``coupon_opener``: a control that speaks of a code; ``lines``: lines of text about delivery, sums, paying and
    logging in; ``payments``: ways of paying that were named or pictured; ``total_y``: the top of the highest total."""

    step: int
    ticks: tuple[FieldSeen, ...] = ()
    coupons: tuple[FieldSeen, ...] = ()
    coupon_opener: bool = False
    lines: tuple[str, ...] = ()
    payments: tuple[str, ...] = ()
    total_y: float | None = None


class DeliveryOption(Frozen):
    """A way of delivery as its row reads."""

    text: str
    amounts: tuple[str, ...] = ()
    chosen: bool = False


class DeliveryFacts(Frozen):
    step: int
    options: tuple[DeliveryOption, ...] = ()


class ReviewFacts(Frozen):
    """What the last page that was reached shows of the order. ``button``: the control that would order, never pressed;
    ``sure``: it says or carries that it orders. ``later``: the step indicator shows steps after this one."""

    step: int
    items: bool = False
    address: bool = False
    delivery: bool = False
    payment: bool = False
    total: bool = False
    edit: bool = False
    button: str = ""
    button_selector: str = ""
    button_box: Box | None = None
    sure: bool = False
    later: bool = False


class MenuProbe(Frozen):
    """The menu of a phone: whether its button was found, opened it, and closed it again. ``categories``: links
    and buttons that came into view; ``tried`` names the buttons."""

    step: int
    tried: tuple[str, ...] = ()
    opened: bool = False
    categories: int = 0
    deeper: bool | None = None
    closed: bool | None = None
    selector: str = ""
    box: Box | None = None


class CheckoutFacts(Frozen):
    """``market``: ISO 3166 country that the shop evidently sells to, ``country`` the one the order would go to. Steps
    are places (from 0) in ``JourneyEvidence.steps``. ``host_load`` is the load average per core of our machine at the
    end. ``missing`` says why a part was not recorded."""

    market: str | None = None
    country: str | None = None
    host_load: float | None = None
    presses: tuple[PressSeen, ...] = ()
    added: AddFeedback | None = None
    product: ProductData | None = None
    variants: tuple[VariantChoice, ...] = ()
    cart: CartFacts | None = None
    change: CartChange | None = None
    guest: GuestChoice | None = None
    forms: tuple[FormLabels, ...] = ()
    probe: ErrorProbe | None = None
    pages: tuple[PageSeen, ...] = ()
    delivery: DeliveryFacts | None = None
    review: ReviewFacts | None = None
    menu: MenuProbe | None = None
    missing: dict[str, str] = {}
