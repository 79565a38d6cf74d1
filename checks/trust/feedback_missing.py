"""TRU-009."""

from auditor.api import Certainty, Judgement, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.lexicon import Concept
from auditor.reading.contact import contact_form_seen, contact_pages_read, emails
from auditor.reading.service import names, rating_form_seen
from auditor.reading.visits import loaded, understood


@check(
    id="trust/feedback-missing",
    row="TRU-009",
    severity=Severity.MINOR,
    title=_("Shoppers cannot say what they think of the shop"),
    why=_("A complaint that finds no way to the shop finds one to others."),
    fix=_("Offer a short form for praise, suggestions and complaints, without an account."),
    shopwide=True,
    found=_("No form for feedback, reviews or messages was found on {pages} pages"),
    found_as={"mail": _("Only an e-mail address was found, and no form for feedback, reviews or messages")},
    source="https://www.nngroup.com/reports/ecommerce-ux-customer-service/",
)
def feedback_missing(shop: ShopEvidence) -> Judgement:
    visits = [visit for visit in loaded(shop) if visit.links and visit.controls and visit.texts]
    if not visits:
        raise NotRecorded("no page's links and forms were recorded")
    written = any(field.tag == "textarea" for visit in visits if visit.controls for field in visit.controls.fields)
    if written or contact_form_seen(shop) or rating_form_seen(shop) or names(shop, Concept.FEEDBACK):
        return
    mail = any(address for visit in visits for address in emails(visit))
    sure = contact_pages_read(shop) and understood(shop.language)
    yield Problem(
        values={"pages": len({visit.page.key for visit in visits})},
        middle=mail,
        certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
        discriminator="mail" if mail else "none",
    )
