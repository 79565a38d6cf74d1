"""The font that comes with the package for languages whose letters the reader's machine may not have.

Vazirmatn (SIL Open Font License 1.1) for Persian: only its Arabic letters, in two weights, about 60 kB in a report.
"""

import base64
from functools import cache

from markupsafe import Markup

from auditor.browser.vendor_files import VendorFileMissing, vendor_file
from reports.language import current

_FILES = {"fa": (("Vazirmatn", 400, "vazirmatn-400.woff2"), ("Vazirmatn", 700, "vazirmatn-700.woff2"))}
_OTHERS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Tahoma, sans-serif'
_LETTERS = "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200F, U+2010-2011, U+FB50-FDFF, U+FE70-FEFC"
"""Arabic letters, joiners and direction marks; Latin ones are in the font of the text around."""


def font_faces() -> Markup:
    """CSS that brings the font of the report's language, and sets it; "" where the reader's own fonts do."""
    return _faces(current().code)


@cache
def _faces(code: str) -> Markup:
    try:
        faces = [_face(family, weight, vendor_file(name).read_bytes()) for family, weight, name in _FILES.get(code, ())]
    except (VendorFileMissing, OSError):
        return Markup()
    families = dict.fromkeys(family for family, _weight, _name in _FILES.get(code, ()))
    # First of the list: a system's font may have the letters too, in another style.
    chosen = [Markup('body {{ font-family: "{}", {}; }}').format(family, Markup(_OTHERS)) for family in families]
    return Markup("\n").join([*faces, *chosen])


def _face(family: str, weight: int, body: bytes) -> Markup:
    # A weight of the bold file covers the half-bold headings.
    weights = "100 500" if weight == 400 else "501 900"
    uri = "data:font/woff2;base64," + base64.b64encode(body).decode("ascii")
    return Markup(
        '@font-face {{ font-family: "{}"; font-weight: {}; src: url({}) format("woff2"); unicode-range: {}; }}'
    ).format(family, Markup(weights), uri, Markup(_LETTERS))
