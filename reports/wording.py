"""What reports call things, and how they write numbers. Texts pass through ``_``, so that they can be translated."""

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_datetime
from persiantools.jdatetime import JalaliDateTime

from auditor.evidence import Device, Ended, Template
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
