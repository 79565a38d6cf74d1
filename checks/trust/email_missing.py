"""TRU-002."""

from auditor.api import Certainty, Judgement, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.reading.contact import contact_form_seen, contact_pages_read, emails
from auditor.reading.visits import loaded, understood


@check(
    id="trust/email-missing",
    row="TRU-002",
    severity=Severity.SERIOUS,
    title=_("The shop names no e-mail address"),
    why=_("Shoppers want a written answer they can keep, and take a shop without an address for one that hides."),
    fix=_("Name an e-mail address as text on the contact page and in the footer, beside the form if there is one."),
    found=_("No e-mail address and no contact form on the {pages} pages that were looked at"),
    found_as={"form-only": _("There is a contact form and no e-mail address")},
    source="https://eur-lex.europa.eu/eli/dir/2011/83/oj",
)
def email_missing(shop: ShopEvidence) -> Judgement:
    visits = [visit for visit in loaded(shop) if visit.texts and visit.links]
    if not visits:
        raise NotRecorded("no page's text and links were recorded")
    if any(address for visit in visits for address in emails(visit)):
        return
    form = contact_form_seen(shop)
    sure = contact_pages_read(shop) and understood(shop.language)
    yield Problem(
        values={"pages": len({visit.page.key for visit in visits}), "forms": "yes" if form else "no"},
        certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
        middle=form,
        discriminator="form-only" if form else "none",
    )
