"""The facts of ``platforms.toml`` as models."""

import re
import tomllib
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict

from auditor.evidence import PageSignals, Template


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TemplateHints(_Facts):
    """``body``: names of body classes and ids, ``*`` allowed. ``url``: regular expressions searched in path and
    query."""

    body: tuple[str, ...] = ()
    url: tuple[re.Pattern[str], ...] = ()


class Hint(NamedTuple):
    """What a platform's defaults say of a page. ``marked``: by a body class or id, which is surer than by the
    address."""

    template: Template
    why: str
    marked: bool


class Platform(_Facts):
    """Fingerprints and defaults of one platform. ``needs`` is the number of fingerprints that must agree, where one
    is too weak. ``cart``, ``checkout`` and ``search`` are paths from the shop's root; ``{query}`` stands for the
    search words."""

    name: str
    generator: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    globals: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    needs: int = 1
    templates: dict[Template, TemplateHints] = {}
    cart: str | None = None
    checkout: str | None = None
    search: str | None = None

    @cached_property
    def _body_patterns(self) -> dict[Template, re.Pattern[str]]:
        narrow_first = ((template, self.templates.get(template)) for template in _BY_NARROWNESS)
        return {template: any_of(hints.body) for template, hints in narrow_first if hints and hints.body}

    def hinted(self, signals: PageSignals, url: str) -> Hint | None:
        """The template that this platform's body classes, or else its addresses, speak of."""
        names = [*signals.body_classes, *([signals.body_id] if signals.body_id else [])]
        for template, pattern in self._body_patterns.items():
            found = next((name for name in names if pattern.fullmatch(name)), None)
            if found:
                return Hint(
                    template, f"the body is marked “{found}”, which {self.name} gives to {template} pages", True
                )
        whole = path_and_query(url)
        addresses = (whole.partition("?")[0], whole)
        for template in _BY_NARROWNESS:
            hints = self.templates.get(template)
            if hints and any(pattern.search(address) for pattern in hints.url for address in addresses):
                return Hint(template, f"the address has the form that {self.name} gives to {template} pages", False)
        return None

    def search_url(self, home_url: str, query: str) -> str | None:
        return urljoin(home_url, self.search.format(query=quote(query))) if self.search else None


_BY_NARROWNESS = (
    Template.CART, Template.CHECKOUT, Template.ACCOUNT, Template.SEARCH, Template.PRODUCT, Template.CATEGORY,
    Template.CONTENT, Template.HOME,
)  # fmt: skip


def any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for whole names with ``*``."""
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names) or r"(?!)", re.IGNORECASE)


def path_and_query(url: str) -> str:
    """Path without its last slash and query, percent-decoded; "" for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    return f"{path}?{unquote(parts.query)}" if parts.query else path


@lru_cache(maxsize=1)
def platforms() -> tuple[Platform, ...]:
    """All platforms that are known."""
    text = files("auditor.platforms").joinpath("platforms.toml").read_text(encoding="utf-8")
    return tuple(Platform.model_validate(entry) for entry in tomllib.loads(text)["platforms"])
