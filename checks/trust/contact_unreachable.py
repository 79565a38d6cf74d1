"""TRU-001."""

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    _,
    check,
)
from auditor.reading.contact import reaches_contact
from auditor.reading.visits import language_of, loaded, understood

STAGES = (Template.HOME, Template.PRODUCT, Template.CART, Template.CHECKOUT)


@check(
    id="trust/contact-unreachable",
    row="TRU-001",
    severity=Severity.SERIOUS,
    title=_("Contact is not one click away at every stage of buying"),
    why=_("A shopper with a question who finds nobody to ask gives up, most of all just before paying."),
    fix=_("Put a contact link or a phone number into the header or footer of every page, cart and checkout included."),
    found=_("No contact link, address or number on: {missing} ({reached} of {stages} stages have one)"),
    source="https://www.nngroup.com/reports/ecommerce-ux-customer-service/",
    scale="share",
)
def contact_unreachable(shop: ShopEvidence) -> Judgement:
    visits = [visit for visit in loaded(shop, *STAGES) if visit.links is not None]
    if not visits:
        raise NotRecorded("no stage of buying was visited")
    silent = [visit for visit in visits if not reaches_contact(visit, shop.market)]
    stages = [stage for stage in STAGES if any(visit.page.template is stage for visit in visits)]
    missing = [stage for stage in stages if any(visit.page.template is stage for visit in silent)]
    reached = len(stages) - len(missing)
    yield Measure(value=reached / len(stages), unit="share", of=len(stages))
    for visit in {visit.page.key: visit for visit in silent}.values():
        blind = not understood(language_of(visit, shop))
        yield Problem(
            values={"missing": ", ".join(missing), "reached": reached, "stages": len(stages)},
            certainty=Certainty.NEEDS_REVIEW if blind else Certainty.CERTAIN,
            middle=len(missing) == 1 and reached > 0,
            page_key=visit.page.key,
            discriminator="stages",
        )
