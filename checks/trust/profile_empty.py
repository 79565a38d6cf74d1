"""TRU-005."""

from auditor.api import Judgement, Measure, NotApplicable, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.reading.service import leads_to_nobody, profile_links
from auditor.reading.visits import loaded


@check(
    id="trust/profile-empty",
    row="TRU-005",
    severity=Severity.MINOR,
    title=_("A link to a social network leads to nobody's profile"),
    why=_("A left-over of the theme tells shoppers that nobody looks after the shop."),
    fix=_("Link the shop's own profiles, or take the icons out."),
    shopwide=True,
    found=_("{url} is no profile of the shop"),
    source="https://www.nngroup.com/reports/ecommerce-ux-customer-service/",
    scale="share",
)
def profile_empty(shop: ShopEvidence) -> Judgement:
    if not any(visit.links for visit in loaded(shop)):
        raise NotRecorded("no page's links were recorded")
    found = profile_links(shop)
    if not found:
        raise NotApplicable("the shop links no social network, which is nothing to blame")
    empty = {url: seen for url, seen in found.items() if leads_to_nobody(url)}
    yield Measure(value=round(1 - len(empty) / len(found), 4), unit="share", of=len(found))
    for url, (visit, link) in empty.items():
        yield Problem(
            selector=link.selector,
            box=link.box,
            values={"url": url},
            page_key=visit.page.key,
            discriminator=f"profile:{url.split('/')[2].removeprefix('www.')}",
        )
