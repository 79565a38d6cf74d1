"""``notes.md``: what the consultant says beside the findings of a run.

A heading of the second level names a chapter of the report, ``Finding: CHECK`` or ``Order``; what stands under it
belongs there. Under a finding, ``Hide: REASON`` takes it out of the report and into its appendix.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.consultant_text import tokens_of
from reports.language import Language, Words, _, languages, written_in

FILE = "notes.md"
MOST_BYTES = 500_000
_WORDS = Words[str]({"Finding": _("Finding"), "Order": _("Order"), "Hide": _("Hide")})
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*?)\s*$")
_DIRECTIVE = re.compile(r"^\s*([^\s:：][^:：]{0,30}?)\s*[:：]\s*(.*)$")


class NotesError(Exception):
    """The notes cannot be used. The message names file and line, and says what to do."""


@dataclass(frozen=True)
class Remark:
    """On a finding: ``about`` is its check, catalogue row or fingerprint, ``hidden`` why it is hidden, or ""."""

    about: str
    line: int
    text: str
    hidden: str


@dataclass(frozen=True)
class ChapterNote:
    heading: str
    line: int
    text: str


@dataclass(frozen=True)
class Notes:
    """``opening`` stands before the first chapter; ``first`` are findings in the order wanted. Texts are Markdown."""

    path: Path
    opening: str = ""
    chapters: tuple[ChapterNote, ...] = ()
    remarks: tuple[Remark, ...] = ()
    first: tuple[tuple[str, int], ...] = ()

    def error(self, line: int, said: str) -> NotesError:
        return NotesError(f"{self.path}, line {line}: {said}")


def read_notes(path: Path) -> Notes:
    """:raises NotesError: with file and line of the first thing that is wrong."""
    text = _read(path)
    opening, parts = _parts(text)
    chapters: list[ChapterNote] = []
    remarks: list[Remark] = []
    first: list[tuple[str, int]] = []
    notes = Notes(path)
    for part in parts:
        about = _after_word(part.heading, "Finding")
        if about is not None:
            if not about:
                raise notes.error(part.line, "say which finding: its check, such as `## Finding: imagery/alt-missing`.")
            remarks.append(_remark(notes, about, part))
        elif _is_word(part.heading, "Order"):
            first.extend(_items(notes, part))
        else:
            chapters.append(part)
    return Notes(path, opening, tuple(chapters), tuple(remarks), tuple(first))


def folded(text: str) -> str:
    """For comparing headings: without case and doubled blanks."""
    return " ".join(text.replace("\u200c", " ").split()).casefold()


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotesError(f"{path} is larger than {MOST_BYTES // 1000} kB; is it the right file?")
        return re.sub("\r\n?", "\n", path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotesError(f"{path} cannot be read ({error.strerror}). Give another file with --notes.") from None
    except UnicodeDecodeError:
        raise NotesError(f"{path} is no UTF-8 text. Save it as UTF-8.") from None


def _parts(text: str) -> tuple[str, list[ChapterNote]]:
    """The text before the first heading of the second level, without the title, and what stands under each."""
    lines = text.split("\n")
    tokens = tokens_of(text)
    headings = [
        (token.map[0], token.map[1], token.tag, tokens[at + 1].content.strip())
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map and token.tag in ("h1", "h2")
    ]
    ends = [*[start for start, _end, _tag, _heading in headings[1:]], len(lines)] if headings else []
    first = headings[0][0] if headings else len(lines)
    opening = ["\n".join(lines[:first])]
    parts = []
    for (start, body, tag, heading), end in zip(headings, ends, strict=True):
        content = "\n".join(lines[body:end]).strip()
        if tag == "h1":
            opening.append(content)
        else:
            parts.append(ChapterNote(heading, start + 1, content))
    return "\n\n".join(part for part in opening if part.strip()).strip(), parts


def _remark(notes: Notes, about: str, part: ChapterNote) -> Remark:
    told, hidden = [], ""
    for line in part.text.splitlines():
        reason = _after_word(line, "Hide")
        if reason is None or hidden:
            told.append(line)
        elif not reason:
            raise notes.error(part.line, "say why it is hidden: `Hide: REASON`. The reason stands in the appendix.")
        else:
            hidden = reason
    return Remark(about.strip("` "), part.line, "\n".join(told).strip(), hidden)


def _items(notes: Notes, part: ChapterNote) -> Iterator[tuple[str, int]]:
    for offset, line in enumerate(part.text.splitlines(), part.line + 1):
        if match := _ITEM.match(line):
            yield match[1].strip("` "), offset
        elif line.strip():
            raise notes.error(part.line, "under Order stands a list, a check or fingerprint on each line.")


def _after_word(line: str, word: str) -> str | None:
    match = _DIRECTIVE.match(line)
    return match[2].strip() if match and _is_word(match[1], word) else None


def _is_word(text: str, word: str) -> bool:
    return folded(text) in _words(word)


@cache
def _words(word: str) -> frozenset[str]:
    """The word in every language of the reports."""
    found = set()
    for code in languages():
        with written_in(Language(code)):
            found.add(folded(_WORDS[word]))
    return frozenset(found)
