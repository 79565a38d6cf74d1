"""TRU-003."""

from auditor.api import Certainty, Device, Judgement, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.reading.contact import can_be_called, contact_pages_read, phone_links, phone_numbers, talks_of_phones
from auditor.reading.visits import loaded, understood


@check(
    id="trust/phone-missing",
    row="TRU-003",
    severity=Severity.SERIOUS,
    title=_("The shop cannot be called"),
    why=_("A number that answers makes shoppers trust a shop they do not know, and saves the order that got stuck."),
    fix=_("Show a phone number in the header or footer, and on phones as a tel: link."),
    found=_("No phone number on the {pages} pages that were looked at"),
    found_as={
        "invalid": _("No number that a tel: link calls can exist"),
        "text-only": _("Phone numbers are text only: a phone cannot dial them with a tap"),
    },
    source="https://www.nngroup.com/reports/ecommerce-ux-customer-service/",
)
def phone_missing(shop: ShopEvidence) -> Judgement:
    visits = [visit for visit in loaded(shop) if visit.texts and visit.links]
    if not visits:
        raise NotRecorded("no page's text and links were recorded")
    links = {link.href for visit in visits for link in phone_links(visit)}
    numbers = {number for visit in visits for number in phone_numbers(visit, shop.market)}
    callable_ = {link.href for visit in visits for link in phone_links(visit) if can_be_called(link, shop.market)}
    on_phones = [visit for visit in visits if visit.visit.device is Device.MOBILE]
    pages = len({visit.page.key for visit in visits})
    values: dict[str, str | int | float] = {"numbers": len(numbers), "links": len(links), "pages": pages}
    if links and not callable_ and not numbers:
        yield Problem(values=values, certainty=Certainty.NEEDS_REVIEW, discriminator="invalid")
        return
    if any(phone_links(visit) for visit in on_phones) or (links and not on_phones):
        return
    if numbers or links:
        if on_phones:
            yield Problem(values=values, middle=True, discriminator="text-only")
        return
    doubt = any(talks_of_phones(visit) for visit in visits) or not understood(shop.language)
    sure = contact_pages_read(shop) and not doubt
    yield Problem(values=values, certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW, discriminator="none")
