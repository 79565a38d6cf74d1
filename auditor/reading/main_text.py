"""The text of a page's main content, shown or folded away, without the shop's frame around it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.evidence import PageEvidence, TextRun
from auditor.lexicon import Concept, fold, mentions, script_of

FRAME = ("header", "nav", "footer", "dialog")
SHORT = 300
SENTENCE = 16
"""Characters; shorter elements, such as "Returns", also begin lines of the frame."""
_BEGINNING, MOST_ALIKE = 8, 50
_END = re.compile(r"(?<=[.!?؟。！])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'\u200c-][^\W\d_]+)*")


def main_text(page: PageEvidence) -> str:
    """Shown and folded text of the main content; of the page without header and footer where it names none."""
    if page.texts is None:
        return ""
    shown = page.texts.main
    if shown == page.texts.all and page.layout and page.layout.texts:
        shown = "\n".join(_outside_frame(shown, page.layout.texts))
    return f"{shown}\n{page.texts.folded}"


def _outside_frame(text: str, runs: tuple[TextRun, ...]) -> Iterator[str]:
    """What stands outside the frame, each element as the line of ``text`` that it begins: of an element only its own
    first words were kept, neither those of links in its midst nor those after 200 characters."""
    whole = {line.strip() for line in text.splitlines()}
    starting: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for line in dict.fromkeys(text.splitlines()):
        if words := line.split():
            starting.setdefault(words[0][:_BEGINNING], []).append((line, frozenset(words)))
    told = ""
    for run in runs:
        if run.region in FRAME:
            continue
        if len(run.text) >= SENTENCE:
            told = run.text if run.text in whole else _line_of(run.text, starting)
            yield told
        elif run.text not in told:
            yield run.text


def _line_of(beginning: str, starting: Mapping[str, Sequence[tuple[str, frozenset[str]]]]) -> str:
    words = beginning.split() or [beginning]
    kept = set(words[:-1])
    for line, words_of_line in starting.get(words[0][:_BEGINNING], ())[:MOST_ALIKE]:
        # Scripts without spaces have one word.
        if kept <= words_of_line and (kept or line.startswith(beginning)):
            return line
    return beginning


def lines(text: str) -> Iterator[str]:
    """Sentences and lines that are not empty."""
    return (part.strip() for part in _END.split(text) if part.strip())


def lines_about(text: str, concept: Concept, language: str | None) -> tuple[str, ...]:
    """Sentences and lines with a word of the concept, each at most SHORT characters."""
    return tuple(line[:SHORT] for line in lines(text) if mentions(line[:SHORT], concept, language))


def count_words(text: str) -> int:
    """Words as an English text would need: five letters count as one where words are longer and fewer, four words of
    Persian or Arabic as five (no articles), two characters of scripts without spaces as one."""
    letters = sum(map(str.isalpha, text))
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
