"""The identity of a page across runs and hosts."""

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from auditor.discover.url_rules import url_rules

JSESSIONID = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
ASP_SESSION = re.compile(r"/\([a-zA-Z]\([a-z0-9]{12,}\)\)", re.IGNORECASE)
_KEPT_ENCODED = "%#&=+ "


def page_key(url: str, *, canonical: str | None = None) -> str:
    """Path and identifying query parameters of an address: without host and fragment, parameters sorted,
    percent-encoding normalised to readable text, no slash at the end (but the root is ``/``).

    Parameters for tracking, sessions and order of the same content are dropped. Where ``canonical`` names the same
    path, only the parameters that it names are kept: what the shop itself leaves out carries no identity. A canonical
    with another path is not believed: shops that point every page to their home are common.
    """
    own = urlsplit(url)
    path = readable_path(own.path)
    rules = url_rules()
    pairs = [
        (name, value)
        for name, value in parse_qsl(own.query, keep_blank_values=True, errors="replace")
        if not rules.is_tracking(name.lower())
        and name.lower() not in rules.session
        and not rules.is_presentation(name.lower(), value.lower())
    ]
    if canonical and canonical.strip():
        try:
            other = urlsplit(urljoin(url, canonical.strip()))
        except ValueError:
            other = None
        if other and readable_path(other.path) == path:
            named = {name for name, _ in parse_qsl(other.query, keep_blank_values=True, errors="replace")}
            pairs = [(name, value) for name, value in pairs if name in named]
    query = "&".join(f"{_readable(name)}={_readable(value)}" for name, value in sorted(set(pairs)))
    return f"{path}?{query}" if query else path


def readable_path(path: str) -> str:
    """A path in one spelling: decoded where that changes no meaning, dots resolved, session ids and the last slash
    taken out."""
    kept: list[str] = []
    for segment in ASP_SESSION.sub("", JSESSIONID.sub("", path)).split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(_decoded(segment))
    return "/" + "/".join(kept)


def _decoded(segment: str) -> str:
    try:
        return _readable(unquote(segment, errors="strict"), "/?")
    except UnicodeDecodeError:
        return segment


def _readable(text: str, also: str = "") -> str:
    composed = unicodedata.normalize("NFC", text)
    encoded = _KEPT_ENCODED + also
    return "".join(quote(c, safe="", errors="replace") if c in encoded or not c.isprintable() else c for c in composed)
