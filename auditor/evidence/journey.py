"""A shopper's journey: what was tried, why, what came of it and where it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from auditor.evidence.checkout import CheckoutFacts
from auditor.evidence.frozen import SCHEMA_VERSION, Frozen
from auditor.evidence.listing import ListingTries
from auditor.evidence.network import Consent
from auditor.evidence.pages import Artifact, Device
from auditor.evidence.searching import SearchBox, SearchTry
from auditor.evidence.sight import FieldSeen, Sum

JourneyName = Literal["search", "browse", "buy"]


class StepIntent(StrEnum):
    OPEN = "open"
    CHOOSE_VARIANT = "choose_variant"
    ADD_TO_CART = "add_to_cart"
    OPEN_CART = "open_cart"
    START_CHECKOUT = "start_checkout"
    CHOOSE_GUEST = "choose_guest"
    FILL_CONTACT = "fill_contact"
    FILL_ADDRESS = "fill_address"
    CHOOSE_DELIVERY = "choose_delivery"
    REACH_PAYMENT = "reach_payment"
    CLOSE_LAYER = "close_layer"
    EMPTY_CART = "empty_cart"
    OPEN_HOME = "open_home"
    SUGGEST = "suggest"
    SEARCH = "search"
    OPEN_LIST = "open_list"
    FILTER = "filter"
    SORT = "sort"
    OPEN_PRODUCT = "open_product"
    GO_BACK = "go_back"
    OPEN_OVERLAY = "open_overlay"


class Blocker(StrEnum):
    """Why a journey could not go on. Each is a fact about the shop, or about what the shop showed us."""

    BOT_WALL = "bot-wall"
    LOGIN_WALL = "login-wall"
    NO_PRODUCT = "no-product"
    NO_ADD_TO_CART = "no-add-to-cart"
    SOLD_OUT = "sold-out"
    CART_EMPTY = "cart-empty"
    NO_CHECKOUT = "no-checkout"
    FORM_GATE = "form-gate"
    DEAD_END = "dead-end"
    MINIMUM_ORDER = "minimum-order"
    NO_DELIVERY = "no-delivery"
    CAPTCHA = "captcha"
    ONE_TIME_CODE = "one-time-code"
    OFF_DOMAIN = "off-domain"
    SPINNER = "spinner"
    TIMEOUT = "timeout"
    HTTP_ERROR = "http-error"
    INTERLOCK = "interlock"
    TRIPPED = "tripped"
    BROWSER_DIED = "browser-died"
    NO_SEARCH = "no-search"
    NO_QUERIES = "no-queries"
    NO_LIST = "no-list"


class ScorePart(Frozen):
    """One named share of a candidate's score; negative for what speaks against it."""

    name: Literal[
        "platform", "structure", "data", "address", "attributes", "words", "place", "look", "against", "override"
    ]  # fmt: skip
    value: float
    why: str


class Ranked(Frozen):
    """A control as candidate for an intent. ``vetoed`` says why it is out of the question, else ""."""

    index: int
    selector: str
    name: str
    tag: str
    target: str = ""
    score: float
    parts: tuple[ScorePart, ...] = ()
    vetoed: str = ""


class Attempt(Frozen):
    """One action. ``effect`` lists what confirmed it, ``outcome`` says whether it had one."""

    did: str
    candidate: Ranked | None = None
    outcome: Literal["confirmed", "no-effect", "refused", "failed"]
    effect: tuple[str, ...] = ()
    waited_ms: int = 0
    note: str = ""


class FieldUse(Frozen):
    """A field of a step and what it was taken for. ``typed``: characters that we typed; 0 for what was chosen."""

    field: FieldSeen
    meaning: str = ""
    why: str = ""
    action: Literal["filled", "chosen", "prefilled", "left", "refused"] = "left"
    typed: int = 0


class Step(Frozen):
    """One step of a journey.

    ``did`` is a sentence; ``because`` the reasons for what was pressed. ``reached``: the address afterwards.
    ``waited_ms`` is the shop's share: from the action to its effect. ``took_ms`` is the whole step. ``sight`` holds
    what
    was seen before the action, for ranking again; ``candidates`` the best of that ranking. ``sums`` are the amounts on
    the page afterwards, ``inp_ms`` the slowest interaction so far on its page.
    """

    intent: StepIntent
    did: str
    because: tuple[str, ...] = ()
    reached: str = ""
    title: str = ""
    confirmed: bool = True
    effect: tuple[str, ...] = ()
    waited_ms: int = 0
    took_ms: int = 0
    clicks: int = 0
    keys: int = 0
    new_page: bool = False
    fields: tuple[FieldUse, ...] = ()
    sums: tuple[Sum, ...] = ()
    errors: tuple[str, ...] = ()
    steps_shown: tuple[str, ...] = ()
    current_step: int | None = None
    inp_ms: float | None = None
    candidates: tuple[Ranked, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    picture: Artifact | None = None
    sight: Artifact | None = None


class Refusal(Frozen):
    """Proof of a request that the interlock kept from leaving; ``address`` without query and tokens."""

    method: str
    address: str
    why: str
    phase: str
    at_ms: int


class JourneyEvidence(Frozen):
    """A guest's way through the shop on one device: ``buy`` leads from a product page to the payment step, ``search``
    sends queries (``searches``, ``search_box``), ``browse`` uses a product list (``listing``).

    ``ended``: completed (as deep as ``depth`` says), stuck (``stuck_at`` and ``blocker`` say where and why), forbidden
    (the interlock or the operator's settings stopped it), not_walked (there was nothing to start from).
    ``cleaned_up``: the cart was emptied; None when nothing was ever in it. ``traces``: what may remain in the shop.
    ``own_ms`` is the time that was neither waiting for the shop nor for its pages. ``shared``: how many journeys went
    on at the same time, this one included; waits are the longer for it. ``beyond_robots``: addresses that
    robots.txt keeps from crawlers and that the authorised journey passed. ``one_page``: delivery, address and payment
    were on one page, and nothing of it was sent. ``checkout``: what its pages showed beyond the steps.
    """

    schema_version: int = SCHEMA_VERSION
    journey: JourneyName = "buy"
    device: Device
    depth: Literal["cart", "payment"]
    started_at: datetime
    took_ms: int = 0
    own_ms: int = 0
    shared: int = 1
    steps: tuple[Step, ...] = ()
    ended: Literal["completed", "stuck", "forbidden", "not_walked"]
    note: str = ""
    stuck_at: StepIntent | None = None
    blocker: Blocker | None = None
    product_url: str = ""
    product_name: str = ""
    product_price: str = ""
    products_tried: tuple[str, ...] = ()
    guest: Literal["offered", "only-way", "not-offered", "unknown"] = "unknown"
    one_page: bool = False
    consent: Consent | None = None
    layers_closed: int = 0
    dialogs: tuple[str, ...] = ()
    popups: tuple[str, ...] = ()
    refused_requests: tuple[Refusal, ...] = ()
    order_sign: str = ""
    cleaned_up: bool | None = None
    traces: tuple[str, ...] = ()
    beyond_robots: tuple[str, ...] = ()
    language: str | None = None
    platform: str | None = None
    platform_facts: bool = True
    checkout: CheckoutFacts | None = None
    searches: tuple[SearchTry, ...] = ()
    search_box: SearchBox | None = None
    listing: ListingTries | None = None
