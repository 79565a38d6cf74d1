"""Texts that press shoppers: deadlines, last pieces, clocks that run down."""

import re

from auditor.evidence import PageEvidence, TextRun
from auditor.lexicon import Concept, digits_folded, mentions
from auditor.reading.main_text import FRAME

_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}\b|\b20\d\d\b|\b\d{1,2}(?:st|nd|rd|th)?\.?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|mär|mai|okt|dez|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی"
    r"|بهمن|اسفند)|\b\d{1,2}:\d{2}\b|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|midnight)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:])(?:(\d{1,2})\s*[:h]\s*)?(\d{1,2})\s*[:m]\s*(\d{2})(?!\d|:|\s*(?:am|pm|uhr))", re.IGNORECASE
)
_UNITS = re.compile(
    r"(?:(?<!\d)(\d{1,3})\s*(?:d|days?|dni|dzień|tage?n?|jours?|j|d[ií]as?|giorn[io]|gün|dagen|dagar|dn[íů]|روز|يوم|أيام|日|天)\W*)?"
    r"(?:(?<!\d)(\d{1,2})\s*(?:h|hrs?|hours?|godz\w*|g|std|stunden?|heures?|horas?|ore|sa|saat|uur|tim\w*|hod\w*|ساعت|ساعة|時間|小时|小時)"
    r"\W*)?(?<!\d)(\d{1,2})\s*(?:m|min\w*|dk|dakika|دقیقه|دقيقة|分钟?|分鐘)\W*"
    r"(\d{1,2})\s*(?:s|sec\w*|sek\w*|sn|saniye|seg\w*|ثانیه|ثانية|秒)(?![^\W\d_])", re.IGNORECASE,
)  # fmt: skip
_BARE = re.compile(r"\s*(?:(?:(\d{1,3})\s*[: ]\s*)?(\d{1,2})\s*[: ]\s*)?(\d{1,2})\s*[: ]\s*(\d{2})(?!\s*[:\d])")
_CALLED = re.compile(r"countdown|count-down|timer|clock|odlicz")
MOST_PARTS = 9
MOST_UNIT = 12
MOST_CHARS = 160
MOST_LEFT = 10
_CARD = re.compile(r"card|related|recommend|recent|carousel")


def urgent_lines(page: PageEvidence, language: str | None) -> tuple[TextRun, ...]:
    """Short visible texts outside navigation that urge without naming a day or an hour; opinions of customers not."""
    return tuple(
        run
        for run in (page.layout.texts if page.layout else ())
        if run.visible
        and run.chars <= MOST_CHARS
        and run.region not in ("nav", "footer")
        and not re.search(r"review|comment|rating|opini", run.selector.lower())
        and mentions(run.text, Concept.URGENCY, language)
        and not _DATE.search(digits_folded(run.text))
    )


def pieces_left(page: PageEvidence, language: str | None) -> tuple[int, TextRun] | None:
    """How many pieces a text in the product's own part says to be left, where it is few enough to press."""
    low = 2 * page.document.viewport_height if page.document else float("inf")
    for run in page.layout.texts if page.layout else ():
        placed = run.box is not None and run.box.y < low and run.region not in FRAME
        if not (run.visible and placed and run.chars <= 80) or _CARD.search(run.selector.lower()):
            continue
        counted = re.findall(r"(?<![\d.,])\d{1,2}(?![\d.,%])", digits_folded(run.text))
        few = len(counted) == 1 and 1 <= int(counted[0]) <= MOST_LEFT
        if few and (mentions(run.text, Concept.LOW_STOCK, language) or _around(run.text, language)):
            return int(counted[0]), run
    return None


def _around(text: str, language: str | None) -> str | None:
    """Words of low stock that stand around the number, as in “only 3 left”."""
    return mentions(re.sub(r"\d+", " ", digits_folded(text)), Concept.LOW_STOCK, language)


def clock(page: PageEvidence, language: str | None) -> tuple[int, TextRun] | None:
    """Seconds left on a clock that stands with, or beside, words that urge, or that is called one; its numbers may
    stand in elements of their own."""
    runs = [
        run for run in (page.layout.texts if page.layout else ()) if run.visible and run.region not in ("nav", "footer")
    ]
    for place, run in enumerate(runs):
        if run.chars > 60 or not any(letter.isdecimal() for letter in run.text):
            continue
        called = bool(_CALLED.search(run.selector.lower()))
        left = seconds_left(_together(runs[place : place + MOST_PARTS]), called=called)
        if left is None:
            continue
        around = " ".join(near.text for near in runs[max(0, place - 3) : place + MOST_PARTS])
        if called or mentions(around, Concept.URGENCY, language):
            return left, run
    return None


def seconds_left(text: str, *, called: bool = False) -> int | None:
    """Of “02:14:33”, “2 h 14 min 33 s” or, where the element is ``called`` a clock, of bare “02 14 33”."""
    text = digits_folded(text)
    if found := _CLOCK.search(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return 3600 * hours + 60 * minutes + seconds
    found = _UNITS.search(text) or (_BARE.match(text) if called else None)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 86400 * days + 3600 * hours + 60 * minutes + seconds


def _together(runs: list[TextRun]) -> str:
    """The first run with the short ones after it on about the same line: numbers and their units."""
    first = runs[0]
    parts = [first.text]
    for run in runs[1:]:
        beside = first.box and run.box and abs(run.box.y - first.box.y) <= 60
        if not beside or run.chars > MOST_UNIT:
            break
        parts.append(run.text)
    return " ".join(parts)
