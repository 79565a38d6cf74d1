"""What the dashboard and its messages say, in the reader's language.

Own catalogues (``pl.po``, ``fa.po``) first, then those of the reports, which know areas, severities and checks.
``python -m auditor.phrases`` brings the catalogues up to date with the texts.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from reports import language as reports_language

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "pl", "fa")


def _(text: str) -> str:
    """The text in the current language of :func:`reports.language.written_in`."""
    if not text:
        return text
    own = catalogue(reports_language.current().code).gettext(text)
    return own if own != text else reports_language._(text)


def _n(one: str, many: str, count: int) -> str:
    own = catalogue(reports_language.current().code).ngettext(one, many, count)
    return own if own not in (one, many) else reports_language._n(one, many, count)


@cache
def catalogue(code: str) -> NullTranslations:
    file = FOLDER / f"{code}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
