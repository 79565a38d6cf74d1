"""Brings the catalogues up to date with the texts; a text that is new is there without a translation afterwards."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from auditor.phrases import FOLDER, LANGUAGES

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "_n": (1, 2), "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trimmed": "true"}}


def texts() -> Catalog:
    """All texts of the dashboard and its messages, without translations."""
    found = Catalog(fuzzy=False)
    for folder in ("web", "schedule"):
        for _name, _line, message, _comments, context in extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS, directory_filter=lambda path: not path.endswith("__pycache__")
        ):
            found.add(message, context=context)
    return found


def updated(code: str) -> bytes:
    """The catalogue of a language with exactly the texts there are."""
    file = FOLDER / f"{code}.po"
    catalog = Catalog(locale=code, fuzzy=False)
    if file.exists():
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=code)
    catalog.update(texts(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    written = BytesIO()
    write_po(written, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return written.getvalue()


if __name__ == "__main__":
    for each in LANGUAGES[1:]:
        (FOLDER / f"{each}.po").write_bytes(updated(each))
