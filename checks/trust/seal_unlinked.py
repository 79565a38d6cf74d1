"""TRU-012."""

from urllib.parse import urlsplit

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Severity,
    ShopEvidence,
    _,
    check,
)
from auditor.reading.service import badges, may_be_pressed
from auditor.reading.visits import loaded


@check(
    id="trust/seal-unlinked",
    row="TRU-012",
    severity=Severity.MODERATE,
    title=_("A trust seal does not lead to the one who gave it"),
    why=_("A seal that cannot be checked is a picture anyone can copy, and careful shoppers know it."),
    fix=_("Link each seal to the issuer's page about this shop, or take it out."),
    shopwide=True,
    found=_("The seal of {issuer} is a picture without a link"),
    found_as={"elsewhere": _("The seal of {issuer} links to {host}")},
    source="https://baymard.com/blog/perceived-security-of-payment-form",
    scale="share",
)
def seal_unlinked(shop: ShopEvidence) -> Judgement:
    if not any(visit.images for visit in loaded(shop)):
        raise NotRecorded("no page's pictures were recorded")
    found = badges(shop)
    if not found:
        raise NotApplicable("no seal that we know is shown")
    bad = [badge for badge in found if badge.issuer.split(".")[0] not in (urlsplit(badge.href or "").hostname or "")]
    yield Measure(value=round(1 - len(bad) / len(found), 4), unit="share", of=len(found))
    for badge in bad:
        host = urlsplit(badge.href or "").hostname
        # A page of the shop about its seal may lead on to the issuer, and so may a script where one presses.
        own = host is not None and host == urlsplit(badge.page.page.url).hostname
        own = own or (host is None and may_be_pressed(badge))
        yield Problem(
            selector=badge.image.selector,
            box=badge.image.box,
            values={"issuer": badge.issuer, "host": host or "-"},
            middle=host is None,
            certainty=Certainty.NEEDS_REVIEW if own else Certainty.CERTAIN,
            page_key=badge.page.page.key,
            discriminator=f"{'elsewhere' if host else 'unlinked'}:{badge.issuer}",
        )
