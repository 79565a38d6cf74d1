"""PDP-010."""

from auditor.api import (
    Certainty,
    Judgement,
    PageEvidence,
    Problem,
    Severity,
    Template,
    TemplateEvidence,
    _,
    check,
)
from auditor.lexicon import Concept
from auditor.reading.description import speaks_of
from auditor.reading.main_text import main_text
from auditor.reading.page_by_page import page_by_page
from auditor.reading.promises import DIGITAL, asks_for_place, delivery_cost, delivery_time
from auditor.reading.visits import language_read, understood


@check(
    id="product/delivery-unsaid",
    row="PDP-010",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("The product page does not say what delivery costs and when"),
    why=_("Most shoppers look for the cost of delivery on the product page; extra costs later are why they leave."),
    fix=_("Say near the price what delivery costs or from which sum it is free, and when the parcel arrives."),
    found=_("Neither the cost of delivery nor its time is named on the page"),
    found_as={
        "time": _("The page names what delivery costs, and not when it comes"),
        "cost": _("The page names when the delivery comes, and not what it costs"),
    },
    source="https://baymard.com/blog/show-shipping-costs-on-product-pages",
    scale="share",
)
def delivery_unsaid(evidence: TemplateEvidence) -> Judgement:
    judged = [page for page in evidence.pages if page.texts and page.layout]
    return page_by_page(judged, _problem, "no product page's texts were recorded")


def _problem(page: PageEvidence) -> Problem | None:
    language = language_read(page.document, page.texts)
    cost, time = delivery_cost(page, language) or asks_for_place(page), delivery_time(page, language)
    if cost and time:
        return None
    # A word on delivery in the main part may say more than was understood; downloads are not delivered at all.
    spoken = speaks_of(page, Concept.SHIPPING, language) or DIGITAL.search(main_text(page)) is not None
    doubt = not understood(language) or (not cost and not time and spoken)
    return Problem(
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        middle=bool(cost or time),
        page_key=page.page.key,
        discriminator="time" if cost else "cost" if time else "none",
    )
