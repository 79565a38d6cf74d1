"""What a shop's own pages say of returns and of itself: the text of its policies, terms and contact pages."""

import re
from dataclasses import dataclass

from auditor.evidence import PageEvidence, ShopEvidence, Template
from auditor.lexicon import Concept, digits_folded, mentions
from auditor.reading.addresses import leads_to, same_address
from auditor.reading.main_text import lines_about, main_text
from auditor.reading.policies import MAX_NAME
from auditor.reading.structured import as_list, items_of_type, plain, text_of
from auditor.reading.visits import language_of, loaded

ABOUT_THE_SHOP = (Concept.IMPRINT, Concept.CONTACT, Concept.TERMS, Concept.ABOUT, Concept.PRIVACY)
_TAX: dict[str, str] = {
    "PL": r"\bNIP\b\D{0,6}\d{3}|\bKRS\b\D{0,8}\d{10}|\bREGON\b\D{0,6}\d{9}",
    "DE": r"\bDE\s?\d{9}\b|\bHR[AB]\s?\d+|Handelsregister",
    "AT": r"\bATU\s?\d{8}\b|\bFN\s?\d+",
    "GB": r"\bVAT\b[^\n]{0,24}\d{3}|registered in (?:england|scotland)"
    r"|\bcompany\s+(?:reg\w*\s+)?(?:no|number|nr)\W{0,3}\w{0,2}\d{6,8}",
    "FR": r"\bSIRE[NT]\b\D{0,6}\d{3}|\bRCS\b|\bFR\s?\d{2}\s?\d{9}\b",
    "ES": r"\b(?:CIF|NIF)\b\W{0,4}\w?\d{7,8}|\bES\s?[A-Z]\d{8}\b",
    "IT": r"\b(?:P\.?\s?IVA|Partita IVA)\b\D{0,6}\d{11}|\bREA\b",
    "NL": r"\bKvK\b\D{0,14}\d{8}|\bNL\s?\d{9}B\d{2}\b|\bBTW\b[^\n]{0,14}\d",
    "CZ": r"\bI[ČC]O?\b\D{0,4}\d{6,8}|\bDI[ČC]\b\D{0,4}CZ\d+",
    "SE": r"\bOrg\.?\s?(?:nr|nummer)\.?\W{0,4}\d{6}-?\d{4}|\bSE\s?\d{10,12}\b",
    "PT": r"\b(?:NIF|NIPC)\b\D{0,6}\d{9}",
    "IR": r"شناسه ملی\D{0,6}\d{10,11}|کد اقتصادی\D{0,6}\d{10,14}|شماره ثبت\D{0,6}\d{2,8}|enamad|اینماد|نماد اعتماد",
    "TR": r"\b(?:VKN|Vergi\s+No|Vergi\s+Numarası|MERS[İI]S)\b\D{0,6}\d{10,16}",
}  # fmt: skip
_POSTCODE: dict[str, str] = {
    "PL": r"\b\d{2}-\d{3}\s+\w", "DE": r"\b\d{5}\s+[A-ZÄÖÜ]", "AT": r"\b\d{4}\s+[A-ZÄÖÜ]", "FR": r"\b\d{5}\s+[A-ZÀ-Ü]",
    "GB": r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", "ES": r"\b\d{5}\b", "IT": r"\b\d{5}\b",
    "NL": r"\b\d{4}\s?[A-Z]{2}\b",
    "CZ": r"\b\d{3}\s?\d{2}\b", "SE": r"\b\d{3}\s?\d{2}\s+\w", "PT": r"\b\d{4}-\d{3}\b",
    "IR": r"خیابان|میدان|بلوار|کوچه|پلاک|کد ?پستی", "TR": r"\b\d{5}\b|\bMah\b|\bCad\b|\bSok\b",
}  # fmt: skip
_FORM = re.compile(
    r"\b(?:Ltd|Limited|PLC|LLP|LLC|Inc|GmbH|UG|AG|KG|OHG|GbR|e\.\s?K|S\.?A\.?R?\.?L?|SAS|SASU|EURL|B\.?V|N\.?V|VOF|A\.?B|Aktiebolag"
    r"|S\.?L\.?U?|S\.?r\.?l|S\.?p\.?A|Lda|s\.\s?r\.\s?o|a\.\s?s|A\.?Ş|Ltd\. Şti)\b\.?"
    r"|sp\.?\s*z\s*o\.?\s*o|sp\.?\s*[jk]\.|spółka|S\.A\.|شرکت|موسسه|با مسئولیت محدود|سهامی",
)  # fmt: skip
_COMPANIES = ("Organization", "OnlineStore", "Store", "LocalBusiness", "Corporation")
KNOWN_MARKETS = frozenset(_TAX)


@dataclass(frozen=True)
class Identity:
    """What is known of who runs the shop."""

    name: bool
    address: bool
    number: bool


def pages_about(shop: ShopEvidence, *concepts: Concept) -> tuple[PageEvidence, ...]:
    """Visited pages with an address or heading that speaks of one of the concepts; pages of goods are left out."""
    found = []
    for visit in loaded(shop, Template.CONTENT, Template.OTHER, Template.HOME):
        language = language_of(visit, shop)
        headed = " ".join(visit.document.h1) if visit.document else ""
        if visit.texts and any(leads_to(visit.page.url, one) or mentions(headed, one, language) for one in concepts):
            found.append(visit)
    return tuple(found)


def text_about(shop: ShopEvidence, *concepts: Concept) -> str:
    """Their main texts, one after the other, each page once."""
    return "\n".join({visit.page.key: main_text(visit) for visit in pages_about(shop, *concepts)}.values())


def unread_pages(shop: ShopEvidence, *concepts: Concept) -> bool:
    """Whether a page about one of the concepts is linked that no visit opened."""
    seen = [visit.page.url for visit in loaded(shop)] + [visit.visit.final_url or "" for visit in loaded(shop)]
    return any(
        link.same_site
        and not any(same_address(link.url, url) for url in seen)
        and any(
            leads_to(link.url, one) or mentions(link.name[:MAX_NAME], one, language_of(visit, shop)) for one in concepts
        )
        for visit in loaded(shop)
        for link in (visit.links.items if visit.links else ())
        if link.region != "main"
    )


def identity(shop: ShopEvidence) -> Identity:
    """Legal name, postal address and number of registration or tax, in footers, pages about the shop and its data."""
    pages = (*loaded(shop, Template.HOME), *pages_about(shop, *ABOUT_THE_SHOP))
    text = digits_folded("\n".join(visit.texts.all for visit in pages if visit.texts))
    data = [
        item
        for visit in pages
        if visit.structured_data
        for item in items_of_type(visit.structured_data, *_COMPANIES)
    ]  # fmt: skip
    market = shop.market or ""
    places = [plain(place) for item in data for place in as_list(item.get("address")) if isinstance(place, dict)]
    return Identity(
        name=bool(_FORM.search(text)) or any(text_of(item.get("legalName")) for item in data),
        address=bool(re.search(_POSTCODE.get(market, r"$^"), text))
        or any(text_of(place.get("streetAddress")) for place in places),
        number=bool(re.search(_TAX.get(market, r"$^"), text, re.IGNORECASE))
        or any(text_of(item.get(key)) for item in data for key in ("vatID", "taxID", "iso6523Code")),
    )


def says_how_to_return(text: str, language: str | None) -> bool:
    """A form, a label, an address or a message by which a return begins."""
    ways = re.compile(
        r"@|formul|form\b|label|etykiet|etikett|étiquette|etiqueta|etichetta|فرم|استمار|نموذج|用紙|表", re.IGNORECASE
    )
    return any(ways.search(line) for line in text.splitlines()) or bool(lines_about(text, Concept.CONTACT, language))
