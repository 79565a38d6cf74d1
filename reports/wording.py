"""What reports call things, and how they write numbers. Texts pass through ``_``, so that they can be translated."""

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_datetime
from persiantools.jdatetime import JalaliDateTime

from auditor.evidence import Device, Ended, Template
from auditor.evidence.journey import Blocker, StepIntent
from auditor.finding import Area, OwnerKind, Severity, Verdict
from reports.language import Counted, Words, _, _n, current, forms, number

__all__ = ["_", "_n", "number"]

_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")

SEVERITIES = Words[Severity](
    {
        Severity.CRITICAL: _("Critical"),
        Severity.SERIOUS: _("Serious"),
        Severity.MODERATE: _("Moderate"),
        Severity.MINOR: _("Minor"),
    }
)

SEVERITY_MEANINGS = Words[Severity](
    {
        Severity.CRITICAL: _("Shoppers are likely to give up here."),
        Severity.SERIOUS: _("Many shoppers are held up or lose trust."),
        Severity.MODERATE: _("Some shoppers are held up."),
        Severity.MINOR: _("Worth repairing along the way."),
    }
)

AREAS = Words[Area](
    {
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
)

OWNERS = Words[OwnerKind](
    {
        OwnerKind.SHOP: _("the shop's server and set-up"),
        OwnerKind.THEME: _("the theme"),
        OwnerKind.APP: _("an app or plugin"),
        OwnerKind.TAG_MANAGER: _("the tag manager"),
        OwnerKind.THIRD_PARTY: _("another company"),
        OwnerKind.CONTENT: _("who enters products and texts"),
        OwnerKind.UNKNOWN: _("not known"),
    }
)
"""Who can put a finding right."""

DEVICES = Words[Device]({Device.MOBILE: _("phone"), Device.DESKTOP: _("desktop")})
ON_DEVICES = Words[Device]({Device.MOBILE: _("on phone"), Device.DESKTOP: _("on desktop")})

TEMPLATES = Words[Template](
    {
        Template.HOME: _("home page"),
        Template.CATEGORY: _("category page"),
        Template.PRODUCT: _("product page"),
        Template.SEARCH: _("search page"),
        Template.CART: _("cart page"),
        Template.CHECKOUT: _("checkout page"),
        Template.ACCOUNT: _("account page"),
        Template.CONTENT: _("content page"),
        Template.OTHER: _("other page"),
    }
)
THE_PAGE = Words[Template](
    {
        Template.HOME: _("the home page"),
        Template.CATEGORY: _("the category page"),
        Template.PRODUCT: _("the product page"),
        Template.SEARCH: _("the search page"),
        Template.CART: _("the cart page"),
        Template.CHECKOUT: _("the checkout page"),
        Template.ACCOUNT: _("the account page"),
        Template.CONTENT: _("the content page"),
        Template.OTHER: _("the other page"),
    }
)
PAGES_TOGETHER = Words[Template](
    {
        Template.HOME: _("all home pages together"),
        Template.CATEGORY: _("all category pages together"),
        Template.PRODUCT: _("all product pages together"),
        Template.SEARCH: _("all search pages together"),
        Template.CART: _("all cart pages together"),
        Template.CHECKOUT: _("all checkout pages together"),
        Template.ACCOUNT: _("all account pages together"),
        Template.CONTENT: _("all content pages together"),
        Template.OTHER: _("all other pages together"),
    }
)
PAGES_OF = Words[Template](
    {
        Template.HOME: _("home pages"),
        Template.CATEGORY: _("category pages"),
        Template.PRODUCT: _("product pages"),
        Template.SEARCH: _("search pages"),
        Template.CART: _("cart pages"),
        Template.CHECKOUT: _("checkout pages"),
        Template.ACCOUNT: _("account pages"),
        Template.CONTENT: _("content pages"),
        Template.OTHER: _("other pages"),
    }
)
ALL_PAGES = Counted[Template](
    {
        Template.HOME: forms("all {count} home page", "all {count} home pages"),
        Template.CATEGORY: forms("all {count} category page", "all {count} category pages"),
        Template.PRODUCT: forms("all {count} product page", "all {count} product pages"),
        Template.SEARCH: forms("all {count} search page", "all {count} search pages"),
        Template.CART: forms("all {count} cart page", "all {count} cart pages"),
        Template.CHECKOUT: forms("all {count} checkout page", "all {count} checkout pages"),
        Template.ACCOUNT: forms("all {count} account page", "all {count} account pages"),
        Template.CONTENT: forms("all {count} content page", "all {count} content pages"),
        Template.OTHER: forms("all {count} other page", "all {count} other pages"),
    }
)
SOME_PAGES = Counted[Template](
    {
        Template.HOME: forms("{seen} of {count} home page", "{seen} of {count} home pages"),
        Template.CATEGORY: forms("{seen} of {count} category page", "{seen} of {count} category pages"),
        Template.PRODUCT: forms("{seen} of {count} product page", "{seen} of {count} product pages"),
        Template.SEARCH: forms("{seen} of {count} search page", "{seen} of {count} search pages"),
        Template.CART: forms("{seen} of {count} cart page", "{seen} of {count} cart pages"),
        Template.CHECKOUT: forms("{seen} of {count} checkout page", "{seen} of {count} checkout pages"),
        Template.ACCOUNT: forms("{seen} of {count} account page", "{seen} of {count} account pages"),
        Template.CONTENT: forms("{seen} of {count} content page", "{seen} of {count} content pages"),
        Template.OTHER: forms("{seen} of {count} other page", "{seen} of {count} other pages"),
    }
)

ENDINGS = Words[Ended](
    {
        Ended.LOADED: _("opened and judged"),
        Ended.BLOCKED: _("not judged: blocked by a bot wall"),
        Ended.LOGIN: _("not judged: asked for a login"),
        Ended.MAINTENANCE: _("not judged: maintenance page"),
        Ended.CAPTIVE_PORTAL: _("not judged: the network's own sign-in page"),
        Ended.TIMED_OUT: _("not judged: ran out of time"),
        Ended.BROWSER_DIED: _("not judged: the browser died"),
        Ended.HTTP_ERROR: _("not judged: error page"),
    }
)

VERDICTS = Counted[Verdict](
    {
        Verdict.PASSED: forms("{count} passed", "{count} passed"),
        Verdict.FAILED: forms("{count} failed", "{count} failed"),
        Verdict.NEEDS_REVIEW: forms("{count} to review", "{count} to review"),
        Verdict.NOT_APPLICABLE: forms("{count} not applicable", "{count} not applicable"),
        Verdict.NOT_RECORDED: forms("{count} not recorded", "{count} not recorded"),
        Verdict.CRASHED: forms("{count} crashed", "{count} crashed"),
    }
)

NOT_SEEN_KINDS = Words[str](
    {
        "discovery": _("Parts of the shop that were not explored"),
        "template": _("Kinds of pages that were not found"),
        "page": _("Pages that could not be judged"),
        "device": _("Devices that were not used"),
        "language": _("Languages that were not looked at"),
        "journey": _("Journeys that were not walked"),
        "section": _("Evidence that could not be recorded"),
        "check": _("Questions that could not be answered"),
    }
)

METRICS = Words[str](
    {
        "ttfb": _("Time to first byte"),
        "fcp": _("First contentful paint"),
        "lcp": _("Largest contentful paint"),
        "inp": _("Interaction to next paint"),
        "cls": _("Cumulative layout shift"),
        "tbt": _("Total blocking time"),
        "si": _("Speed index"),
        "performance": _("Performance score, 0 to 100"),
        "bytes": _("Bytes transferred"),
        "requests": _("Requests"),
    }
)

METRIC_HEADINGS = Words[str]({"performance": _("score"), "bytes": _("bytes"), "requests": _("requests")})
"""Those that no abbreviation names."""

JOURNEYS = Words[str](
    {
        "search": _("Search for a product"),
        "browse": _("Browse to a product"),
        "buy": _("Buy as a guest"),
    }
)

JOURNEY_ENDINGS = Words[str](
    {
        "completed": _("completed"),
        "stuck": _("stuck"),
        "forbidden": _("forbidden"),
        "not_walked": _("not walked"),
    }
)

INTENTS = Words[StepIntent](
    {
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
)

REACHED = Words[StepIntent](
    {
        StepIntent.REACH_PAYMENT: _("to the payment step"),
        StepIntent.START_CHECKOUT: _("to the checkout"),
        StepIntent.OPEN_CART: _("to the cart"),
        StepIntent.ADD_TO_CART: _("a product into the cart"),
    }
)
"""How far a journey came, the furthest first."""

BLOCKERS = Words[Blocker](
    {
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
)

GUESTS = Words[str](
    {
        "offered": _("offered beside an account"),
        "only-way": _("the only way, no account is asked for"),
        "not-offered": _("not offered"),
        "unknown": _("not found out"),
    }
)

EFFORTS = Words[str](
    {
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
)


def on_devices(devices: Iterable[Device]) -> str:
    """``on phone and desktop``"""
    used = list(devices)
    if set(used) == set(Device):
        return _("on phone and desktop")
    return listed([ON_DEVICES[device] for device in used])


def listed(words: list[str]) -> str:
    """``a, b and c``"""
    if len(words) < 2:
        return "".join(words)
    return _("{several} and {last}").format(several=_(", ").join(words[:-1]), last=words[-1])


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
    language = current()
    if language.jalali and language.code == "fa":
        day = JalaliDateTime(when)  # type: ignore[no-untyped-call]
        shown: str = f"{day.day} " + day.strftime("%B %Y، %H:%M UTC", locale="fa")
        return language.digits(shown.translate(_LATIN_DIGITS))
    return language.digits(format_datetime(when, "d MMMM y, HH:mm 'UTC'", locale=language.locale))


def duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=number(rest, 0))
    return _("{minutes} min {seconds} s").format(minutes=number(minutes, 0), seconds=number(rest, 0))
