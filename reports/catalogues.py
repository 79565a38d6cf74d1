"""Brings the catalogues of the reports' languages up to date with the texts: ``python -m reports.catalogues``.

A text that is new, or that was changed, is there without a translation afterwards.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from reports.language import CATALOGUES

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "_n": (1, 2), "forms": (1, 2), "gettext": None, "ngettext": (1, 2)}
METHODS = [("check_pages.py", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
"""The pages of the documentation are in English only."""
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trimmed": "false", "extensions": "jinja2.ext.i18n"}}


def texts() -> Catalog:
    """All texts of checks and reports, without translations."""
    found = Catalog(fuzzy=False)
    for folder in ("checks", "reports"):
        place = ROOT / folder
        for name, _line, message, _comments, context in extract_from_dir(
            place, METHODS, OPTIONS, KEYWORDS, directory_filter=lambda path: not path.endswith("__pycache__")
        ):
            found.add(message, locations=[(f"{folder}/{name}", 0)], context=context)
    return found


def updated(code: str) -> bytes:
    """The catalogue of a language with exactly the texts there are, in their order."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    catalogue.update(texts(), no_fuzzy_matching=True)
    written = BytesIO()
    write_po(
        written, catalogue, width=0, include_lineno=False, omit_header=True, sort_output=True, ignore_obsolete=True
    )  # fmt: skip
    return written.getvalue()


def main() -> None:
    for code in sys.argv[1:] or sorted(file.stem for file in CATALOGUES.glob("*.po")):
        (CATALOGUES / f"{code}.po").write_bytes(updated(code))


if __name__ == "__main__":
    main()
