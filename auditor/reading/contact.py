"""How a shop can be reached: e-mail addresses, phone numbers, contact pages and forms."""

import re
from collections.abc import Iterator

import phonenumbers

from auditor.evidence import FormFacts, Link, PageEvidence, ShopEvidence, Template
from auditor.lexicon import Concept, digits_folded, mentions
from auditor.reading.addresses import leads_to
from auditor.reading.visits import loaded

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:@|\s?[\[({]\s?(?:at|@|małpa|malpa)\s?[\])}]\s?)[\w-]+"
    r"(?:(?:\.|\s?[\[({]\s?(?:dot|kropka)\s?[\])}]\s?)[\w-]+)+", re.IGNORECASE,
)  # fmt: skip
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|css|js)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"^(?:you|your\.?name|name|email|e-mail|user|username|someone)@", re.IGNORECASE)
_HIDDEN_BY_CLOUDFLARE = "[email\xa0protected]"
_CFEMAIL = re.compile(r"/cdn-cgi/l/email-protection(?:#([0-9a-f]{6,}))?", re.IGNORECASE)
_NUMBER_OF_ELSE = re.compile(
    r"(?:\b(?:nip|regon|krs|bdo|vat|tax|iban|konto|rachunek|ean|gtin|isbn|sku|mpn|ref|order|zam[oó]wieni\w*|nr kat\w*"
    r"|company|reg|kod|code|model|id|nr|registration|eori|ust|siret|siren|bank|art)\b|شناسه|کد|ثبت|شبا|کارت|سفارش)[^+]{0,24}$",
    re.IGNORECASE,
)
_PHONE_WORD = re.compile(
    r"(?:\b(?:tel|telefon\w*|phone|call|mobile|mob|kom|infolinia|hotline|whatsapp|fon|tél|tlf)\b"
    r"|☎|📞|تلفن|تماس|پشتیبانی|موبایل)[^\d]{0,24}$",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"messag|comment|enquir|inquir|question|wiadomo|tre[sś][cć]|nachricht|body|pytanie|mesaj|text|content",
    re.IGNORECASE,
)
ENOUGH_PAGES = 50
"""A contact page that this many pages do not lead to cannot be found by a shopper either."""
_OF_GOODS = (Template.PRODUCT, Template.CATEGORY, Template.SEARCH)
_SENDER = re.compile(r"mail|name|imi|from|phone|tel", re.IGNORECASE)
_NO_CONTACT = re.compile(
    r"review|rating|coment|login|register|newsletter|search|cart|comment-form|opini", re.IGNORECASE
)


def emails(visit: PageEvidence) -> Iterator[str]:
    """Addresses of the shop that this page shows or links to, Cloudflare's hidden ones decoded.

    Of pages of goods only header and footer are read: in Europe they must name the maker's address.
    """
    for link in _own_links(visit):
        if link.href.lower().startswith("mailto:") and "@" in link.href:
            yield link.href[7:].split("?")[0]
        elif hidden := _CFEMAIL.search(link.href):
            yield _decoded(hidden[1]) if hidden[1] else _HIDDEN_BY_CLOUDFLARE
    text = _own_text(visit)
    if _HIDDEN_BY_CLOUDFLARE in text or "[email protected]" in text:
        yield _HIDDEN_BY_CLOUDFLARE
    for found in _EMAIL.finditer(text):
        if not _FILE.search(found[0]) and not _PLACEHOLDER.search(found[0]):
            yield found[0]


def phone_links(visit: PageEvidence) -> tuple[Link, ...]:
    """``tel:`` links with at least the three digits of a short hotline."""
    return tuple(
        link
        for link in _own_links(visit)
        if link.href.lower().startswith(("tel:", "callto:")) and sum(letter.isdigit() for letter in link.href) >= 3
    )


def can_be_called(link: Link, market: str | None) -> bool:
    """Whether the number is a valid one, or a short one of the market; not judged where the market is unknown."""
    written = digits_folded(link.href.split(":", 1)[1])
    try:
        number = phonenumbers.parse(written, market)
    except phonenumbers.NumberParseException:
        return market is None
    if market is None or phonenumbers.is_valid_number(number):
        return True
    national = not written.lstrip().startswith(("+", "00"))
    return national and phonenumbers.is_possible_short_number_for_region(number, market)


def phone_numbers(visit: PageEvidence, market: str | None) -> Iterator[str]:
    """Valid numbers in the visible text. Numbers of companies, accounts and orders look alike, so a number counts where
    it is international, named as a phone, or written in groups without such a name before it."""
    text = digits_folded(_own_text(visit))
    for match in phonenumbers.PhoneNumberMatcher(text, market, leniency=phonenumbers.Leniency.VALID):
        before = text[max(0, match.start - 40) : match.start]
        raw, phone, other = match.raw_string, _PHONE_WORD.search(before), _NUMBER_OF_ELSE.search(before)
        if other and (phone is None or phone.start() < other.start()):
            continue
        grouped = len(re.findall(r"\d+", raw)) >= 3
        if raw.startswith(("+", "00", "(")) or phone or grouped or (market == "IR" and raw.startswith("0")):
            yield raw


def talks_of_phones(visit: PageEvidence) -> bool:
    """A word for phone with digits after it, or digits after a plus, that are no number we can check."""
    text = digits_folded(_own_text(visit))
    if any(phonenumbers.PhoneNumberMatcher(text, None, leniency=phonenumbers.Leniency.POSSIBLE)):
        return True
    return any(
        _PHONE_WORD.search(text[max(0, at.start() - 40) : at.start()])
        for at in re.finditer(r"[+(]?\d(?:[ ()-]{0,2}\d){4,}", text)
    )


def reaches_contact(visit: PageEvidence, market: str | None) -> bool:
    """Whether one click or none leads from this page to a contact page, an address or a number."""
    links = visit.links.items if visit.links else ()
    language = visit.document.lang if visit.document else None
    if any(_is_channel(link) or is_contact_link(link, language) for link in links):
        return True
    buttons = visit.controls.buttons if visit.controls else ()
    if any(len(button.name) <= 40 and mentions(button.name, Concept.CONTACT, language) for button in buttons):
        return True
    return any(True for _ in emails(visit)) or any(True for _ in phone_numbers(visit, market))


def is_contact_link(link: Link, language: str | None) -> bool:
    worded = len(link.name) <= 40 and mentions(link.name, Concept.CONTACT, language) is not None
    return leads_to(link.url, Concept.CONTACT, alone=True) or (
        worded and not (link.region == "main" and link.same_site and leads_to(link.url, Concept.CONTACT))
    )


def contact_pages_read(shop: ShopEvidence) -> bool:
    """Whether a visit read a contact page's text, or enough of the shop was seen to say that it has none."""
    if any(leads_to(visit.page.url, Concept.CONTACT, alone=True) and visit.texts for visit in loaded(shop)):
        return True
    known = any(leads_to(facts.url, Concept.CONTACT, alone=True) and facts.status == 200 for facts in shop.pages)
    linked = any(
        is_contact_link(link, visit.document.lang if visit.document else shop.language)
        for visit in loaded(shop)
        for link in (visit.links.items if visit.links else ())
        if not _is_channel(link)
    )
    enough = shop.discovery.ended == "complete" or shop.discovery.fetched >= ENOUGH_PAGES
    return enough and not known and not linked


def contact_form_seen(shop: ShopEvidence) -> bool:
    """A form for messages: on any fetched page by its field names, or with a text area on a visited contact page."""
    for facts in shop.pages:
        contact = leads_to(facts.url, Concept.CONTACT, alone=True)
        if any(_is_contact_form(form, contact) for form in facts.signals.forms):
            return True
    return any(
        field.tag == "textarea" and field.visible
        for visit in loaded(shop)
        if visit.controls and leads_to(visit.page.url, Concept.CONTACT, alone=True)
        for field in visit.controls.fields
    )


def _is_contact_form(form: FormFacts, on_contact_page: bool) -> bool:
    if _NO_CONTACT.search(f"{form.action} {form.id} {form.classes}"):
        return False
    message = any(_MESSAGE.search(name) for name in form.names)
    sender = any(_SENDER.search(name) for name in form.names)
    return message and sender and (on_contact_page or "contact" in f"{form.action} {form.id} {form.classes}".lower())


def _is_channel(link: Link) -> bool:
    href = link.href.lower()
    return (
        href.startswith(("tel:", "mailto:", "callto:", "sms:"))
        or "/cdn-cgi/l/email-protection" in href
        or "//wa.me/" in href
    )


def _own_links(visit: PageEvidence) -> tuple[Link, ...]:
    links = visit.links.items if visit.links else ()
    if visit.page.template not in _OF_GOODS:
        return links
    return tuple(link for link in links if link.region != "main")


def _own_text(visit: PageEvidence) -> str:
    if visit.texts is None:
        return ""
    if visit.page.template not in _OF_GOODS:
        return visit.texts.all
    header = (
        run.text
        for run in (visit.layout.texts if visit.layout else ())
        if run.visible and run.region in ("header", "nav")
    )
    return "\n".join([visit.texts.footer, *header])


def _decoded(code: str) -> str:
    """Cloudflare's scheme: every byte is XORed with the first."""
    raw = bytes.fromhex(code[: len(code) // 2 * 2])
    return bytes(byte ^ raw[0] for byte in raw[1:]).decode("utf-8", "replace")
