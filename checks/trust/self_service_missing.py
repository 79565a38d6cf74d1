"""TRU-010."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.lexicon import Concept
from auditor.reading.contact import contact_pages_read
from auditor.reading.policies import help_links
from auditor.reading.service import names, says
from auditor.reading.visits import loaded, understood

ENOUGH = 2
"""Two of the three; the row asks for all three, but many shops send the tracking link with the order."""


@check(
    id="trust/self-service-missing",
    row="TRU-010",
    severity=Severity.MODERATE,
    title=_("Shoppers cannot help themselves after the order"),
    why=_("Where is my parcel, when do you answer: what the shop does not say, shoppers ask, or never order again."),
    fix=_("Link answers to common questions and the tracking of orders, and state when the service answers."),
    shopwide=True,
    found=_("Not found: {missing}"),
    source="https://www.nngroup.com/reports/ecommerce-ux-customer-service/",
    scale="share",
)
def self_service_missing(shop: ShopEvidence, *, enough: int = ENOUGH) -> Judgement:
    if not any(visit.links and visit.texts for visit in loaded(shop)):
        raise NotRecorded("no page's links were recorded")
    told = {
        "answers to common questions": any(True for _link in help_links(shop)) or bool(names(shop, Concept.FAQ)),
        "tracking of orders": bool(names(shop, Concept.ORDER_TRACKING)),
        "hours or time of answer": bool(says(shop, Concept.OPENING_HOURS)),
    }
    missing = [what for what, there in told.items() if not there]
    yield Measure(value=round(1 - len(missing) / len(told), 4), unit="share", of=len(told))
    if len(told) - len(missing) < enough:
        sure = understood(shop.language) and contact_pages_read(shop)
        yield Problem(
            values={"missing": ", ".join(missing)},
            middle=len(missing) < len(told),
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator="service",
        )
