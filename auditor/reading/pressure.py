"""Texts that press shoppers: deadlines, last pieces, clocks that run down."""

import re

from auditor.evidence import PageEvidence, TextRun
from auditor.lexicon import Concept, mentions
from auditor.reading.contact import digits_folded
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
    """Seconds left on a clock that stands with, or beside, words that urge."""
    runs = [
        run for run in (page.layout.texts if page.layout else ()) if run.visible and run.region not in ("nav", "footer")
    ]
    for place, run in enumerate(runs):
        found = _CLOCK.search(digits_folded(run.text)) if run.chars <= 60 else None
        if found is None:
            continue
        around = " ".join(near.text for near in runs[max(0, place - 2) : place + 3])
        if mentions(around, Concept.URGENCY, language) or re.search(
            r"countdown|timer|clock|odlicz", run.selector.lower()
        ):
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return 3600 * hours + 60 * minutes + seconds, run
    return None
