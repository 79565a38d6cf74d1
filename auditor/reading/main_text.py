"""The text of a page's main content, shown or folded away, without the shop's frame around it."""

import re
from collections.abc import Iterator

from auditor.evidence import PageEvidence, TextRun
from auditor.lexicon import Concept, fold, mentions, script_of

FRAME = ("header", "nav", "footer", "dialog")
SHORT = 300
_END = re.compile(r"(?<=[.!?؟。！])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'\u200c-][^\W\d_]+)*")


def main_text(page: PageEvidence) -> str:
    """Shown and folded text of the main content; of the page without header and footer where it names none."""
    if page.texts is None:
        return ""
    shown = page.texts.main
    if shown == page.texts.all and page.layout and page.layout.texts:
        shown = "\n".join(run.text for run in page.layout.texts if run.region not in FRAME)
    return f"{shown}\n{page.texts.folded}"


def lines(text: str) -> Iterator[str]:
    """Sentences and lines that are not empty."""
    return (part.strip() for part in _END.split(text) if part.strip())


def lines_about(text: str, concept: Concept, language: str | None) -> tuple[str, ...]:
    """Sentences and lines with a word of the concept, each at most SHORT characters."""
    return tuple(line[:SHORT] for line in lines(text) if mentions(line[:SHORT], concept, language))


def count_words(text: str) -> int:
    """Words as an English text would need: five letters count as one where words are longer and fewer, four words of
    Persian or Arabic as five (no articles), two characters of scripts without spaces as one."""
    letters = sum(letter.isalpha() for letter in text)
    script, found = script_of(text), len(_WORD.findall(text))
    if script in ("Kana", "Han", "Thai"):
        return letters // 2
    return found * 5 // 4 if script == "Arabic" else max(found, letters // 5)


def main_runs(page: PageEvidence) -> tuple[TextRun, ...]:
    """Shown text elements outside the frame."""
    runs = page.layout.texts if page.layout else ()
    return tuple(run for run in runs if run.visible and run.region not in FRAME and run.region != "breadcrumb")


def words_of(run: TextRun) -> int:
    """The number of words of an element, of which only the beginning was kept."""
    kept = len(re.sub(r"\s", "", run.text)) or 1
    return round(count_words(run.text) * max(1.0, run.chars / kept))


def same_text(one: str, other: str) -> bool:
    return fold(one).strip() == fold(other).strip()
