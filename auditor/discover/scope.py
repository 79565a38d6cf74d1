"""Which addresses belong to the audit: the shop's own host, the operator's patterns, one language, nothing that
acts."""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from urllib.parse import unquote, urlsplit

from auditor.discover.link_address import Address, address
from auditor.discover.url_rules import url_rules
from auditor.settings import ShopSettings

MOST_SEGMENTS = 14
MOST_PARAMETERS = 6
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2,4}){0,2}", re.IGNORECASE)


def primary(language: str | None) -> str | None:
    """``pl`` of ``pl-PL``."""
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", language or "")
    return found[0].lower() if found else None


def bare_host(host: str) -> str:
    """A host without ``www.``."""
    return host.removeprefix("www.")


class Scope:
    """Says why an address is left out, or None when it is not. ``allowed`` is what robots.txt answers."""

    def __init__(self, shop: ShopSettings, allowed: Callable[[str], bool]) -> None:
        self._include, self._exclude = shop.include, shop.exclude
        self._allowed = allowed
        self.wanted = primary(shop.language)
        self._host, self._port = "", 0
        self._home = "/"
        self._home_prefix = ""
        self._foreign: set[str] = set()
        self._hreflang_foreign: dict[str, bool] = {}

    def settle(self, home: str, language: str | None) -> None:
        """The home page is known: its host (and the www twin) is the shop, its language the one to keep."""
        where = address(home)
        assert where
        self._host, self._port = bare_host(where.host), where.port
        self._home = where.path
        self._home_prefix = language_prefix(where.path)
        self.wanted = self.wanted or primary(language)

    def same_site(self, where: Address) -> bool:
        """The shop's host or its www twin, on the same port (or both on the usual ports)."""
        usual = {80, 443}
        same_port = where.port == self._port or {where.port, self._port} <= usual
        return bare_host(where.host) == self._host and same_port

    def refuses(self, where: Address, hreflang: str | None = None) -> str | None:
        """The reason why an address is left out, a key of ``Discovery.skipped``. ``hreflang``: what the link itself
        states."""
        if not self.same_site(where):
            return "other-host"
        path, rules = unquote(where.path, errors="replace"), url_rules()
        if rules.changes_state(path, list(where.query)):
            return "state-changing"
        if rules.is_file(path):
            return "file"
        shape = self._bad_shape(path, where)
        if shape:
            return shape
        if self.is_foreign(where) or (hreflang and self.wanted and primary(hreflang) not in (self.wanted, None)):
            return "other-language"
        target = path + (f"?{unquote(urlsplit(where.url).query, errors='replace')}" if where.query else "")
        if where.path != self._home and self._include and not any(fnmatchcase(target, glob) for glob in self._include):
            return "excluded"
        if any(fnmatchcase(target, glob) for glob in self._exclude):
            return "excluded"
        return None if self._allowed(where.url) else "robots"

    @staticmethod
    def _bad_shape(path: str, where: Address) -> str | None:
        segments = [segment for segment in path.split("/") if segment]
        if len(segments) > MOST_SEGMENTS:
            return "repeated-path"
        if len(segments) >= 3 and any(segments.count(segment) >= 3 for segment in set(segments)):
            return "repeated-path"
        names = [name for name, _ in where.query]
        return "near-duplicate" if len(names) > MOST_PARAMETERS or len(names) > len(set(names)) + 2 else None

    def is_foreign(self, where: Address) -> bool:
        """Whether an address is known to hold another language."""
        if where.url in self._hreflang_foreign:
            return self._hreflang_foreign[where.url]
        if self.wanted:
            for name, value in where.query:
                if (
                    name.lower() in url_rules().language
                    and _LANGUAGE.fullmatch(value)
                    and primary(value) != self.wanted
                ):
                    return True
        prefix = language_prefix(where.path)
        return bool(prefix) and prefix in self._foreign

    def learn_alternates(self, alternates: Mapping[str, str]) -> None:
        """Take hreflang links of a page in the wanted language: they say which prefixes and addresses are another
        language.

        An address that is given for several languages (``x-default`` is none) is not foreign when one of them is ours.
        """
        by_url: dict[str, set[str | None]] = {}
        for language, url in alternates.items():
            where = address(url)
            if where and primary(language) and self.same_site(where) and len(self._hreflang_foreign) < 50_000:
                by_url.setdefault(where.url, set()).add(primary(language))
        for url, languages in by_url.items():
            foreign = self.wanted is not None and self.wanted not in languages
            self._hreflang_foreign[url] = foreign
            prefix = language_prefix(urlsplit(url).path)
            if foreign and prefix and prefix != self._home_prefix and primary(prefix) in languages:
                self._foreign.add(prefix)

    def is_other_language(self, where: Address, language: str | None) -> bool:
        """Whether a fetched page is another language: its ``lang`` says so and its address has a language mark of its
        own. One of the two alone is too often a mistake of the shop's theme."""
        spoken = primary(language)
        if not spoken or not self.wanted or spoken == self.wanted:
            return False
        if self.is_foreign(where):
            return True
        prefix = language_prefix(where.path)
        if not prefix or prefix == self._home_prefix or primary(prefix) != spoken:
            return False
        self._foreign.add(prefix)
        return True


def language_prefix(path: str) -> str:
    """The first segment of a path if it is written like a language code (``pl``, ``en-gb``), in lower case, else
    empty."""
    first = path.strip("/").split("/", 1)[0]
    return first.lower() if _LANGUAGE.fullmatch(first) and len(first.partition("-")[0].partition("_")[0]) == 2 else ""
