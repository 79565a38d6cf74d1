"""Whom one buys from."""

from aiohttp import web
from bs4 import Tag

from benchmarks.accuracy.mutation import (
    Answer,
    Edit,
    alike,
    all_of,
    at_body,
    defect,
    each,
    naming,
    removing,
    setting,
    without,
)
from benchmarks.accuracy.remedies import PHONE
from benchmarks.accuracy.shop_page import ShopPage

ALL = "home category product cart search content other"
NO_CONTACT = removing(
    'a[href*="/contact"]', 'a[href^="mailto:"]', 'a[href^="tel:"]', ".bench-mail", ".bench-phone", ".bench-contact",
    ".bench-hours", 'a[href*="/faq"]',
)  # fmt: skip


def _no_policy(*paths: str) -> Edit:
    return removing(*(f'a[href="{path}"]' for path in paths))


def _gone(path: str) -> Answer:
    def answer(request: web.Request) -> web.Response | None:
        return web.Response(status=404, text="<h1>Not found</h1>", content_type="text/html") \
            if request.path == path else None  # fmt: skip

    return answer


def _returns_say(text: str) -> Edit:
    def edit(page: ShopPage) -> None:
        if page.path != "/returns":
            return
        for tag in page.main.select("p"):
            tag.decompose()
        page.add(page.main, f"<p>{text}</p>")

    return edit


FAIR = (
    "You can send back what you do not like for 45 days after it reached you. Returning is free of charge: the parcel"
    " label that you print in your order is paid by us. Start your return online with the number of your order."
)
VAGUE = (
    "We want you to be happy with what you bought. If something is not as you hoped, tell us about it and we will look"
    " for a solution that is good for both sides. Products must be unused and in the box that they came in. Please"
    " be patient with us, because our team is small and every case is looked at by a person who knows the product."
)
COSTS = (
    "You may return products within 30 days of delivery. Products must be unused and in the packaging that they came"
    " in. We refund the price after the parcel was looked at here, which takes a few days because the team is small."
)


def _image_seal(href: str | None) -> str:
    seal = '<img src="/bench-media/plain/cup-9-120.webp" alt="Trusted Shops certified" width="90" height="90">'
    return f'<div class="seals">{f"<a href={href!r}>{seal}</a>" if href else seal}</div>'


TRUST = (
    defect("contact-removed", "no way to contact from any page", "TRU-001", ALL, NO_CONTACT,
           also="TRU-002 TRU-003 TRU-010 TRU-009 TRU-011 NAV-002", every=True, device="mobile", crawl=True),
    defect("contact-removed-on-product", "product pages have no contact", "TRU-001", "product", NO_CONTACT,
           also="NAV-002", every=True),
    alike("contact-called-help", "the link is called Help and service", "TRU-001", "home product",
          naming('a[href="/contact"]', "Customer service"), also="NAV-002"),
    defect("mail-removed", "no e-mail address, only a form", "TRU-002", ALL,
           removing('a[href^="mailto:"]', ".bench-mail"), also="TRU-011", every=True, crawl=True),
    alike("mail-written-out", "help [at] shop [dot] example", "TRU-002", ALL,
          each('a[href^="mailto:"]', lambda tag: tag.replace_with("help [at] shop [dot] example")), every=True,
          also="TRU-011"),
    defect("phone-removed", "no number", "TRU-003", ALL, removing('a[href^="tel:"]', ".bench-phone"), every=True,
           crawl=True),
    defect("phone-cannot-be-tapped", "the number is text only", "TRU-003", ALL,
           each('a[href^="tel:"]', Tag.unwrap), every=True),
    alike("phone-written-internationally", "+44 (0)20 7946 0123", "TRU-003", ALL,
          naming('a[href^="tel:"]', "+44 (0)20 7946 0123"), every=True),
    defect("policies-two-missing", "returns and delivery are not linked", "TRU-006", ALL,
           _no_policy("/returns", "/delivery"), also="TRU-007 NAV-002 TRU-001", every=True, crawl=True,
           device="desktop"),
    defect("policy-gone", "the link to returns leads to an error", "TRU-006", "home", crawl=True, device="desktop",
           answer=_gone("/returns"), also="NAV-003"),
    alike("policies-in-other-words", "Shipping information, Refunds, Terms of sale, Data protection", "TRU-006", ALL,
          all_of(naming('a[href="/delivery"]', "Shipping information"), naming('a[href="/returns"]', "Refunds"),
                 naming('a[href="/terms"]', "Terms of sale"), naming('a[href="/privacy"]', "Data protection")),
          every=True, crawl=True, device="desktop"),
    defect("returns-vague", "the returns page names no days, no payer and no way", "TRU-007", "content",
           _returns_say(VAGUE), every=True),
    defect("returns-without-payer", "the returns page names days only", "TRU-007", "content", _returns_say(COSTS),
           every=True),
    alike("returns-page-in-other-words", "45 days, free, online", "TRU-007", "content", _returns_say(FAIR), every=True),
    defect("profile-of-nobody", "the link leads to the network's home page", "TRU-005", "home product",
           setting('a[href*="instagram.com"]', "href", "https://www.instagram.com/")),
    defect("profile-of-the-theme", "the link leads to the platform's profile", "TRU-005", "home",
           setting('a[href*="instagram.com"]', "href", "https://www.facebook.com/shopify")),
    alike("profile-share-button", "a share button", "TRU-005", "product",
          at_body('<a href="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fshop.example">Share</a>'),
          also="MOB-004"),
    defect("seal-unlinked", "a seal leads nowhere", "TRU-012", "home product", at_body(_image_seal(None))),
    defect("seal-elsewhere", "a seal leads to a page of somebody else", "TRU-012", "home",
           at_body(_image_seal("https://seals.example/ok"))),
    alike("seal-linked", "a seal leads to its issuer", "TRU-012", "home product",
          at_body(_image_seal("https://www.trustedshops.co.uk/buyerrating/info_X123.html"))),
    defect("identity-removed", "nobody says who runs the shop", "TRU-011", ALL, without("company"), every=True,
           crawl=True, device="desktop"),
    defect("service-removed", "no answers, no tracking, no hours", "TRU-010", ALL,
           all_of(removing('a[href*="/faq"]', 'a[href*="/order-status"]'), without("hours")),
           every=True, crawl=True, device="desktop", also="NAV-002 TRU-001"),
    defect("feedback-removed", "neither form nor mail nor reviews", "TRU-009", ALL,
           all_of(NO_CONTACT, removing("form[action*=contact]", "textarea", 'a[href*="review"]', ".bench-reviews")),
           every=True, crawl=True, device="desktop",
           also="TRU-001 TRU-002 TRU-003 TRU-010 TRU-011 PDP-011 NAV-002 PDP-012"),
    alike("phone-with-hours", "the number with hours beside it", "TRU-003 TRU-010", "home",
          at_body(f"<p>Call {PHONE}, Mon-Fri 9-17</p>")),
)  # fmt: skip
