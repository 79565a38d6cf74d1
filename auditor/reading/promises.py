"""What a page promises of delivery, returns and warranty: the sentences that say it, and the numbers in them."""

import re
from decimal import Decimal
from functools import lru_cache

from auditor.evidence import PageEvidence
from auditor.lexicon import Concept, fold, has_currency, mentions, parse_price, words
from auditor.reading.main_text import SHORT, lines
from auditor.reading.opinions import lines_of_customers

_FREE = re.compile(
    r"\b(?:free|gratis|kostenlos|kostenfrei|versandkostenfrei|gratuit\w*|darmow\w*|bezplatn\w*|zdarma|fri|ucretsiz)\b"
    r"|رایگان|مجان|無料|免费|包邮|免運"
)
_RETURN = re.compile(
    r"\breturn|\bsend(?:ing)? (?:\w+ ){0,2}back\b|zwr[oó][ct]|odstąp|\br[uü]ck(?:gabe|send)|widerr|\bretour|\brétract"
    r"|devol|desist|\breso\b|\brecesso|vrácen|vrátit|odstoup|\biade\b|cayma|\bretur|ånger|herroep"
    r"|money[- ]?back (?:guarantee|warranty)|geld[- ]?zur[uü]ck[- ]?garantie|geld[- ]?terug[- ]?garantie"
    r"|satisfait ou rembours|soddisfatt\w+ o rimbors"
    r"|مرجوع|بازگشت|عودت|انصراف|إرجاع|استرجاع|返品|退货|退貨", re.IGNORECASE,
)  # fmt: skip
_HOURS = re.compile(r"\b\d{1,2}\s?(?:h|hours|godzin\w*|Stunden|heures|horas|ore|uur|timmar|hodin|saat)\b|\d ساع")
DIGITAL = re.compile(r"\b(?:download|e-?book|digital|gift ?card|voucher|licen[cs]e key)s?\b|دانلود", re.IGNORECASE)
"""What is sold without a parcel."""

_POSTCODE = re.compile(r"post-?(?:al)?-?code|postcode|\bzip\b|kod pocztowy|\bplz\b|کد پستی")
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b")
_UNITS = {Concept.DAYS: 1, Concept.WEEKS: 7, Concept.MONTHS: 30}
_NUMBER_WORDS = {
    "en": "one 1 two 2 three 3 four 4 seven 7 fourteen 14 thirty 30 sixty 60",
    "pl": "jeden 1 dwa 2 dwóch 2 trzy 3 cztery 4 siedem 7 czternaście 14 czternastu 14 trzydzieści 30 trzydziestu 30",
    "de": "zwei 2 drei 3 vier 4 sieben 7 vierzehn 14 dreißig 30",
    "fr": "deux 2 trois 3 quatre 4 sept 7 quatorze 14 trente 30",
    "es": "dos 2 tres 3 siete 7 catorce 14 treinta 30",
    "it": "due 2 tre 3 sette 7 quattordici 14 trenta 30", "fa": "یک 1 دو 2 سه 3 هفت 7 چهارده 14 سی 30 ده 10",
    "nl": "twee 2 drie 3 veertien 14 dertig 30",
    "pt": "duas 2 sete 7 catorze 14 trinta 30", "sv": "två 2 fjorton 14 trettio 30",
    "cs": "dva 2 čtrnácti 14 čtrnáct 14 třicet 30",
    "tr": "iki 2 on_dört 14 ondört 14 otuz 30", "ar": "سبعة 7 أربعة_عشر 14 ثلاثين 30",
}  # fmt: skip
_OTHER_TERMS = re.compile(
    r"warrant|guarant|refund(?:ed)? within|reimburs|gwaranc|rękojmi|zwrot (?:płatności|pieniędzy|środków)|erstatt"
    r"|rembours"
    r"|reembols|rimbors|deliver|dispatch|dostaw|wysył|liefer|گارانتی|ضمانت|استرداد وجه|بازپرداخت|تحویل", re.IGNORECASE,
)  # fmt: skip


def days_near(text: str, concept: Concept, language: str | None) -> tuple[int, str] | None:
    """The number of days that a sentence about ``concept`` states, and the sentence; the first one found."""
    for line in _about(text, concept, language):
        days = days_in(line, language)
        if days:
            return days[0], line
    return None


def days_in(line: str, language: str | None) -> tuple[int, ...]:
    """Numbers of days (1-400) with a word for days, weeks or months (of 30) right after them, or as in “30-day”."""
    folded = fold(_in_digits(line, language), language)
    found = [
        int(match[1]) * days
        for concept, days in _UNITS.items()
        for match in re.finditer(
            rf"(?<![\d.,])(\d{{1,3}})[\s-]*(?:\([^)]{{1,20}}\)\s*)?(?:\w+\s+){{0,2}}?(?:{_named(concept, language)})",
            folded,
        )
    ]
    return tuple(days for days in found if 1 <= days <= 400)


@lru_cache(maxsize=64)
def _named(concept: Concept, language: str | None) -> str:
    """A pattern of the words for a unit. Those for days take any ending; other scripts are read without spaces."""
    named = sorted({fold(word, language).strip("- ") for word in words(concept, language)}, key=len, reverse=True)
    ending = "" if concept is Concept.DAYS else r"(?!\w)"
    return "|".join(re.escape(word) + (ending if word < "\u0600" else "") for word in named)


def return_days(text: str, language: str | None) -> tuple[int, str] | None:
    """The longest term for a return that a sentence states; those on refunds, delivery or warranty alone left out."""
    said = [*_about(text, Concept.RETURNS, language), *_about(text, Concept.WITHDRAW, language)]
    said += [line[:SHORT] for line in lines(text) if _RETURN.search(line[:SHORT])]
    told = [(max(days), line) for line in said if (days := days_in(line, language)) and not _is_about_else(line)]
    return max(told, key=lambda one: (one[0], -len(one[1])), default=None)


def delivery_cost(page: PageEvidence, language: str | None) -> str | None:
    """A line that says what delivery costs, or from which sum it is free. The whole page counts: a banner will do."""
    text = f"{page.texts.all}\n{page.texts.folded}" if page.texts else ""
    for line in [*_about(text, Concept.SHIPPING, language), *_about(text, Concept.LEAD_TIME, language)]:
        if _FREE.search(fold(line)) or (has_currency(line) and _has_amount(line, language)):
            return line
    return None


def delivery_time(page: PageEvidence, language: str | None) -> str | None:
    """A line that says when a delivery comes, or goes out."""
    text = f"{page.texts.all}\n{page.texts.folded}" if page.texts else ""
    told = lines_of_customers(page)
    for line in lines(text):
        if line in told:
            continue
        line = line[:SHORT]
        timed = mentions(line, Concept.LEAD_TIME, language) or mentions(line, Concept.SHIPPING, language)
        dated = _DATE.search(line) and not has_currency(line)
        if timed and (days_in(line, language) or dated or _HOURS.search(line)):
            return line
        if mentions(line, Concept.LEAD_TIME, language) and any(letter.isdigit() for letter in line):
            return line
    return None


def warranty_term(text: str, language: str | None) -> str | None:
    """A line about warranty that holds a number, as “2 years”."""
    found = _about(text, Concept.WARRANTY, language)
    return next((line for line in found if any(letter.isdigit() for letter in line)), None)


def _about(text: str, concept: Concept, language: str | None) -> list[str]:
    """Lines that mention the concept, each with the next one: a label often stands alone above its value.

    What the next line says of returns is no value of a label on delivery.
    """
    every = [line[:SHORT] for line in lines(text)]
    return [
        f"{line} {every[place + 1]}" if len(line) <= 40 and _goes_on(every[place + 1 :], concept) else line
        for place, line in enumerate(every)
        if mentions(line, concept, language)
    ]


def _goes_on(following: list[str], concept: Concept) -> bool:
    on_delivery = concept in (Concept.SHIPPING, Concept.LEAD_TIME)
    return bool(following) and not (on_delivery and _RETURN.search(following[0]))


def _is_about_else(line: str) -> bool:
    return bool(_OTHER_TERMS.search(line)) and not _RETURN.search(line)


def _has_amount(line: str, language: str | None) -> bool:
    money = parse_price(line, language)
    return money is not None and money.amount >= Decimal(0)


def _in_digits(line: str, language: str | None) -> str:
    base = (language or "").split("-")[0]
    listed = _NUMBER_WORDS.get(base, "").split()
    folded = line
    for place in range(0, len(listed) - 1, 2):
        if listed[place + 1].isdigit():
            spaced = listed[place].replace("_", r"\s")
            folded = re.sub(rf"(?<!\w){spaced}(?!\w)", listed[place + 1], folded, flags=re.IGNORECASE)
    return folded


def asks_for_place(page: PageEvidence) -> str | None:
    """A field for a postcode: a calculator of delivery costs."""
    for field in page.controls.fields if page.controls else ():
        marks = f"{field.name} {field.id} {field.autocomplete} {field.placeholder} {field.label}".lower()
        if field.region not in ("header", "footer") and _POSTCODE.search(marks):
            return field.selector
    return None
