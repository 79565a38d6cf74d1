"""What reports call things, and how they write numbers. Texts pass through ``_``, so that they can be translated."""

from datetime import datetime

from babel.dates import format_datetime
from babel.numbers import format_decimal

from auditor.evidence import Device, Ended, Template
from auditor.evidence.journey import Blocker, StepIntent
from auditor.finding import Area, Severity, Verdict

LOCALE = "en_GB"


def _(text: str) -> str:
    """The text in the language of the report."""
    return text


SEVERITIES: dict[Severity, str] = {
    Severity.CRITICAL: _("Critical"),
    Severity.SERIOUS: _("Serious"),
    Severity.MODERATE: _("Moderate"),
    Severity.MINOR: _("Minor"),
}

SEVERITY_MEANINGS: dict[Severity, str] = {
    Severity.CRITICAL: _("Shoppers are likely to give up here."),
    Severity.SERIOUS: _("Many shoppers are held up or lose trust."),
    Severity.MODERATE: _("Some shoppers are held up."),
    Severity.MINOR: _("Worth repairing along the way."),
}

AREAS: dict[Area, str] = {
    Area.NAVIGATION: _("Navigation"),
    Area.SPEED: _("Page speed"),
    Area.MOBILE: _("Mobile"),
    Area.IMAGERY: _("Product imagery"),
    Area.PRODUCT: _("Product content"),
    Area.CHECKOUT: _("Checkout"),
    Area.INJECTED_ADS: _("Injected ads"),
    Area.TRUST: _("Trust"),
    Area.ACCESSIBILITY: _("Accessibility"),
    Area.DARK_PATTERNS: _("Dark patterns"),
}

DEVICES: dict[Device, str] = {Device.MOBILE: _("phone"), Device.DESKTOP: _("desktop")}

TEMPLATES: dict[Template, tuple[str, str]] = {
    Template.HOME: (_("home page"), _("home pages")),
    Template.CATEGORY: (_("category page"), _("category pages")),
    Template.PRODUCT: (_("product page"), _("product pages")),
    Template.SEARCH: (_("search page"), _("search pages")),
    Template.CART: (_("cart page"), _("cart pages")),
    Template.CHECKOUT: (_("checkout page"), _("checkout pages")),
    Template.ACCOUNT: (_("account page"), _("account pages")),
    Template.CONTENT: (_("content page"), _("content pages")),
    Template.OTHER: (_("other page"), _("other pages")),
}

ENDINGS: dict[Ended, str] = {
    Ended.LOADED: _("opened and judged"),
    Ended.BLOCKED: _("not judged: blocked by a bot wall"),
    Ended.LOGIN: _("not judged: asked for a login"),
    Ended.MAINTENANCE: _("not judged: maintenance page"),
    Ended.CAPTIVE_PORTAL: _("not judged: the network's own sign-in page"),
    Ended.TIMED_OUT: _("not judged: ran out of time"),
    Ended.BROWSER_DIED: _("not judged: the browser died"),
    Ended.HTTP_ERROR: _("not judged: error page"),
}

VERDICTS: dict[Verdict, str] = {
    Verdict.PASSED: _("passed"),
    Verdict.FAILED: _("failed"),
    Verdict.NEEDS_REVIEW: _("to review"),
    Verdict.NOT_APPLICABLE: _("not applicable"),
    Verdict.NOT_RECORDED: _("not recorded"),
    Verdict.CRASHED: _("check crashed"),
}

NOT_SEEN_KINDS: dict[str, str] = {
    "discovery": _("Parts of the shop that were not explored"),
    "template": _("Kinds of pages that were not found"),
    "page": _("Pages that could not be judged"),
    "device": _("Devices that were not used"),
    "language": _("Languages that were not looked at"),
    "journey": _("Journeys that were not walked"),
    "section": _("Evidence that could not be recorded"),
    "check": _("Questions that could not be answered"),
}

METRICS: dict[str, str] = {
    "ttfb": _("Time to first byte"),
    "fcp": _("First contentful paint"),
    "lcp": _("Largest contentful paint"),
    "inp": _("Interaction to next paint"),
    "cls": _("Cumulative layout shift"),
    "tbt": _("Total blocking time"),
    "si": _("Speed index"),
    "bytes": _("Bytes transferred"),
    "requests": _("Requests"),
}

JOURNEYS: dict[str, str] = {
    "search": _("Search for a product"),
    "browse": _("Browse to a product"),
    "buy": _("Buy as a guest"),
}

JOURNEY_ENDINGS: dict[str, str] = {
    "completed": _("completed"),
    "stuck": _("stuck"),
    "forbidden": _("forbidden"),
    "not_walked": _("not walked"),
}

INTENTS: dict[StepIntent, str] = {
    StepIntent.OPEN: _("Open the product page"),
    StepIntent.CHOOSE_VARIANT: _("Choose a variant"),
    StepIntent.ADD_TO_CART: _("Put the product into the cart"),
    StepIntent.OPEN_CART: _("Open the cart"),
    StepIntent.START_CHECKOUT: _("Go to the checkout"),
    StepIntent.CHOOSE_GUEST: _("Go on as a guest"),
    StepIntent.FILL_CONTACT: _("Give contact data"),
    StepIntent.FILL_ADDRESS: _("Give the address"),
    StepIntent.CHOOSE_DELIVERY: _("Choose the delivery"),
    StepIntent.REACH_PAYMENT: _("Reach the payment step"),
    StepIntent.CLOSE_LAYER: _("Close what covers the page"),
    StepIntent.EMPTY_CART: _("Empty the cart again"),
    StepIntent.OPEN_HOME: _("Open the home page"),
    StepIntent.SUGGEST: _("Begin a word in the search field"),
    StepIntent.SEARCH: _("Search"),
    StepIntent.OPEN_LIST: _("Open a product list"),
    StepIntent.FILTER: _("Choose a filter"),
    StepIntent.SORT: _("Sort by price"),
    StepIntent.OPEN_PRODUCT: _("Open a product from the list"),
    StepIntent.GO_BACK: _("Go back"),
    StepIntent.OPEN_OVERLAY: _("Open a layer over the list"),
}

REACHED: dict[StepIntent, str] = {
    StepIntent.REACH_PAYMENT: _("to the payment step"),
    StepIntent.START_CHECKOUT: _("to the checkout"),
    StepIntent.OPEN_CART: _("to the cart"),
    StepIntent.ADD_TO_CART: _("a product into the cart"),
}
"""How far a journey came, the furthest first."""

BLOCKERS: dict[Blocker, str] = {
    Blocker.BOT_WALL: _("the shop lets no robots in"),
    Blocker.LOGIN_WALL: _("the shop asks for an account"),
    Blocker.NO_PRODUCT: _("there was no product page to start from"),
    Blocker.NO_ADD_TO_CART: _("nothing put the product into the cart"),
    Blocker.SOLD_OUT: _("the product cannot be bought now"),
    Blocker.CART_EMPTY: _("the cart stayed empty"),
    Blocker.NO_CHECKOUT: _("no way to the checkout was found"),
    Blocker.FORM_GATE: _("the shop did not take the form"),
    Blocker.DEAD_END: _("nothing led to a next step"),
    Blocker.MINIMUM_ORDER: _("the shop asks for a larger order"),
    Blocker.NO_DELIVERY: _("the shop offers no delivery there"),
    Blocker.CAPTCHA: _("the shop asks for a captcha, and none is solved"),
    Blocker.ONE_TIME_CODE: _("the shop asks for a one-time code"),
    Blocker.OFF_DOMAIN: _("the checkout is on another domain"),
    Blocker.SPINNER: _("the page kept loading"),
    Blocker.TIMEOUT: _("time ran out"),
    Blocker.HTTP_ERROR: _("a page could not be opened"),
    Blocker.INTERLOCK: _("going on might have placed an order"),
    Blocker.TRIPPED: _("there was a sign of an order"),
    Blocker.BROWSER_DIED: _("the browser ended"),
    Blocker.NO_SEARCH: _("no search field was found"),
    Blocker.NO_QUERIES: _("no product's name is known to search for"),
    Blocker.NO_LIST: _("no product list was found"),
}

GUESTS: dict[str, str] = {
    "offered": _("offered beside an account"),
    "only-way": _("the only way, no account is asked for"),
    "not-offered": _("not offered"),
    "unknown": _("not found out"),
}

EFFORTS: dict[str, str] = {
    "steps": _("Steps"),
    "pages": _("Pages"),
    "clicks": _("Clicks"),
    "keys": _("Keys"),
    "fields": _("Fields"),
    "elements": _("Fields, lists and boxes"),
    "required": _("Required fields"),
    "optional": _("Optional fields"),
    "prefilled": _("Fields filled by the shop"),
    "autofillable": _("Fields a browser can fill"),
    "waited": _("Waiting for the shop"),
    "waits": _("Waiting for the shop"),
    "desktop": _("Hands-on time, estimated"),
    "phone": _("Hands-on time, estimated"),
    "desktop autofill": _("Hands-on time with autofill, estimated"),
    "phone autofill": _("Hands-on time with autofill, estimated"),
}


def pages_of(template: Template, count: int) -> str:
    """``3 product pages``"""
    return _("{count} {pages}").format(count=count, pages=TEMPLATES[template][0 if count == 1 else 1])


def listed(words: list[str]) -> str:
    """``a, b and c``"""
    if len(words) < 2:
        return "".join(words)
    return _("{several} and {last}").format(several=", ".join(words[:-1]), last=words[-1])


def number(value: float, digits: int = 1) -> str:
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    return format_decimal(value, format=pattern, locale=LOCALE)


def quantity(value: float, unit: str) -> str:
    """A metric's value with its unit: ``ms`` become seconds from one second up, ``bytes`` KB or MB of 1000."""
    if unit == "ms":
        if value >= 1000:
            return _("{value} s").format(value=number(value / 1000))
        return _("{value} ms").format(value=number(value, 0))
    if unit == "bytes":
        if value >= 1_000_000:
            return _("{value} MB").format(value=number(value / 1e6))
        return _("{value} KB").format(value=number(value / 1000, 0))
    return number(value, 3 if unit == "score" else 0)


def moment(when: datetime) -> str:
    """``21 November 2026, 10:00 UTC``"""
    return format_datetime(when, "d MMMM y, HH:mm 'UTC'", locale=LOCALE)


def duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=rest)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
