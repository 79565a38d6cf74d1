"""What a way of delivery says of its cost and its time."""

import re

from auditor.evidence import DeliveryOption
from auditor.lexicon import Concept, fold, mentions

_DAYS = re.compile(
    r"\d{1,2}\s*(?:h\b|hrs?\b|hours?|godz|stund|heures?|horas?|ore\b|uur|timm|hodin|saat|days?\b|dni\b|dzien|dnia|tage?\b|jours?\b|dias?\b"
    r"|giorn|dagen|dag\b|dagar|dnu\b|dny\b|den\b|gun\b|weeks?\b|tydz|tygod|wochen|semain|seman|settiman|weken|veck|tydn|hafta"
    r"|روز|ساعت|هفته|ایام|یوم|日|天|週|周)"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4}\b)?"
    r"|\b\d{1,2}\.? (?:jan|feb|mar|apr|maj|may|mai|jun|jul|aug|sep|okt|oct|nov|dec|dez|sty|lut|kwi|cze|lip|sie|wrz"
    r"|paz|lis|gru)"
    r"|tomorrow|today|jutro|dzisiaj|morgen|demain|manana|domani|amanha|imorgon|zitra|yarin|فردا|امروز|غدا|明日|明天"
)  # fmt: skip


def priced(option: DeliveryOption, language: str | None) -> bool:
    return bool(option.amounts) or mentions(option.text, Concept.FREE, language) is not None


def dated(option: DeliveryOption, language: str | None) -> bool:
    text = fold(option.text)
    return bool(_DAYS.search(text)) or mentions(option.text, Concept.LEAD_TIME, language) is not None
