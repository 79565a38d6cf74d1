"""A language whose every text stands in brackets, so that a text which is not in the catalogues is seen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup

from reports import language, recorded
from reports.catalogues import texts
from reports.language import Language, written_in

CODE = "eo"
"""Esperanto: CLDR knows it, we have no catalogue of it, and it has two forms like English."""
_BRACKETED = re.compile("⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[A-Za-z]{3,}")
_CAPITALS = re.compile(r"\b[A-Z]{2,4}(?:-[0-9]{3})?\b")
"""Names of metrics and rows of the catalogue are the same in every language."""
_NOT_TEXT = "style, script, title, code, a, bdi"
_SHOWN_ATTRIBUTES = ("alt", "aria-label", "title")


@contextmanager
def pseudo_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All that is worded inside stands in brackets where it comes from a catalogue."""
    catalogue = texts()
    for message in catalogue:
        if message.id:
            plural = isinstance(message.id, (tuple, list))
            message.string = tuple(f"⟦{form}⟧" for form in message.id) if plural else f"⟦{message.id}⟧"
    with (folder / f"{CODE}.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(language, "CATALOGUES", folder)
    try:
        with written_in(Language(CODE)):
            yield
    finally:
        language.catalogue_of.cache_clear()
        language._catalogue.cache_clear()
        recorded._patterns.cache_clear()


def untranslated(html: str) -> list[str]:
    """What of texts and text alternatives stands outside brackets and has words. Addresses, code and isolated words of
    the shop are passed over, and so are short names in capitals."""
    page = BeautifulSoup(html, "lxml")
    alternatives = [str(tag[name]) for tag in page.find_all() for name in _SHOWN_ATTRIBUTES if tag.has_attr(name)]
    for tag in page.select(_NOT_TEXT):
        tag.replace_with("\n")
    told = _outside(page.get_text("\n")) + "\n" + _outside("\n".join(alternatives))
    return sorted({line.strip() for line in told.splitlines() if _WORD.search(_CAPITALS.sub("", line))})


def _outside(text: str) -> str:
    while (shorter := _BRACKETED.sub("", text)) != text:
        text = shorter
    return text
