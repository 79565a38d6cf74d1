"""Where shoppers meet the shop on their way to an order, and which findings they meet there."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from auditor.evidence import Device, JourneyName, Template
from auditor.evidence.journey import StepIntent
from auditor.finding import Area, Finding, Occurrence
from auditor.result import Journey
from reports.language import Words, _

Walks = Mapping[tuple[JourneyName, Device], Journey]


class Touchpoint(StrEnum):
    """In the order of the way."""

    SEARCH = "search"
    LIST = "list"
    PRODUCT = "product"
    CART = "cart"
    CHECKOUT = "checkout"
    SERVICE = "service"


TOUCHPOINTS = Words[Touchpoint](
    {
        Touchpoint.SEARCH: _("Search"),
        Touchpoint.LIST: _("Product list"),
        Touchpoint.PRODUCT: _("Product"),
        Touchpoint.CART: _("Cart"),
        Touchpoint.CHECKOUT: _("Checkout"),
        Touchpoint.SERVICE: _("Service"),
    }
)
OF_TEMPLATE = {
    Template.SEARCH: Touchpoint.SEARCH,
    Template.CATEGORY: Touchpoint.LIST,
    Template.PRODUCT: Touchpoint.PRODUCT,
    Template.CART: Touchpoint.CART,
    Template.CHECKOUT: Touchpoint.CHECKOUT,
    Template.CONTENT: Touchpoint.SERVICE,
    Template.ACCOUNT: Touchpoint.SERVICE,
}
OF_INTENT = {
    StepIntent.SUGGEST: Touchpoint.SEARCH,
    StepIntent.SEARCH: Touchpoint.SEARCH,
    StepIntent.OPEN_LIST: Touchpoint.LIST,
    StepIntent.FILTER: Touchpoint.LIST,
    StepIntent.SORT: Touchpoint.LIST,
    StepIntent.OPEN_PRODUCT: Touchpoint.LIST,
    StepIntent.GO_BACK: Touchpoint.LIST,
    StepIntent.OPEN_OVERLAY: Touchpoint.LIST,
    StepIntent.OPEN: Touchpoint.PRODUCT,
    StepIntent.CHOOSE_VARIANT: Touchpoint.PRODUCT,
    StepIntent.ADD_TO_CART: Touchpoint.PRODUCT,
    StepIntent.OPEN_CART: Touchpoint.CART,
    StepIntent.START_CHECKOUT: Touchpoint.CART,
    StepIntent.EMPTY_CART: Touchpoint.CART,
    StepIntent.CHOOSE_GUEST: Touchpoint.CHECKOUT,
    StepIntent.FILL_CONTACT: Touchpoint.CHECKOUT,
    StepIntent.FILL_ADDRESS: Touchpoint.CHECKOUT,
    StepIntent.CHOOSE_DELIVERY: Touchpoint.CHECKOUT,
    StepIntent.REACH_PAYMENT: Touchpoint.CHECKOUT,
}
_OF_JOURNEY = {"search": Touchpoint.SEARCH, "browse": Touchpoint.LIST}
_OF_AREA = {
    Area.PRODUCT: Touchpoint.PRODUCT,
    Area.IMAGERY: Touchpoint.PRODUCT,
    Area.CHECKOUT: Touchpoint.CHECKOUT,
    Area.TRUST: Touchpoint.SERVICE,
}
"""For findings of the shop as a whole and of a journey without a step."""


def touchpoint_of(step: Mapping[str, object]) -> Touchpoint | None:
    """Where a step of a result's journey took place; None for one that is done anywhere, such as closing a layer."""
    intent = step.get("intent")
    return OF_INTENT.get(StepIntent(intent)) if isinstance(intent, str) and intent in set(StepIntent) else None


def met_at(
    findings: Iterable[Finding], journeys: Walks
) -> tuple[Touchpoint, ...]:  # fmt: skip
    """The touchpoints of the findings of one check; none for what is met on every page alike."""
    met = {point for finding in findings for point in _of_finding(finding, journeys)}
    return tuple(point for point in Touchpoint if point in met)


def _of_finding(finding: Finding, journeys: Walks) -> set[Touchpoint]:
    if finding.check.startswith("navigation/search-"):
        return {Touchpoint.SEARCH}
    if finding.template is not None:
        return {OF_TEMPLATE[finding.template]} if finding.template in OF_TEMPLATE else set()
    walked = {_of_step(one, journeys) for one in finding.occurrences} - {None}
    found = {point for point in walked if point is not None}
    return found or ({_OF_AREA[finding.area]} if finding.area in _OF_AREA else set())


def _of_step(one: Occurrence, journeys: Walks) -> Touchpoint | None:
    if one.journey is None:
        return None
    journey = journeys.get((one.journey, one.device)) if one.device else None
    if journey is not None and one.step is not None and 0 <= one.step < len(journey.steps):
        at = touchpoint_of(journey.steps[one.step])
        if at is not None:
            return at
    return _OF_JOURNEY.get(one.journey)
