"""One answer of the shop, from whichever client."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scrapy.http import Response, TextResponse

from auditor.discover.frontier import Candidate
from auditor.discover.page_reading import Reading, read_html
from auditor.discover.rendered import Rendered
from auditor.evidence.pages import Redirect

_BETWEEN_COOKIES = "\n"
_KEPT_HEADERS = frozenset(
    [
        "server",
        "x-powered-by",
        "powered-by",
        "x-generator",
        "via",
        "cache-control",
        "content-type",
        "content-language",
        "content-encoding",
        "x-robots-tag",
        "strict-transport-security",
        "content-security-policy",
        "x-frame-options",
        "retry-after",
        "link",
        "age",
        "vary",
        "x-shopid",
        "x-shopify-stage",
        "x-sorting-hat-shopid",
        "x-magento-tags",
        "x-magento-cache-debug",
        "x-magento-vary",
        "x-prestashop",
        "x-bc-storefront",
        "sw-context-token",
        "x-drupal-cache",
        "x-pingback",
        "cf-cache-status",
        "cf-mitigated",
        "x-cache",
        "x-wix-request-id",
    ]
)


@dataclass
class Fetched:
    """One answer. ``headers`` have lower-case names; ``html`` is the decoded body; ``size`` counts its bytes."""

    candidate: Candidate
    is_start: bool
    final_url: str
    status: int
    redirects: tuple[Redirect, ...]
    headers: dict[str, str]
    html: str
    size: int
    rendered: bool = False

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")[:100]

    @property
    def is_html(self) -> bool:
        kind = self.content_type.partition(";")[0].strip().lower()
        return "html" in kind or (kind in ("", "text/plain") and self.html[:500].lstrip("\ufeff \t\r\n")[:1] == "<")

    @cached_property
    def reading(self) -> Reading:
        """What the page says, parsed once. Empty for what is not HTML."""
        return read_html(self.html if self.is_html else "", self.final_url, self._cookie_names())

    @property
    def kept_headers(self) -> dict[str, str]:
        """The headers that tell of the platform, of caching or of crawling; 300 characters each."""
        return {name: value[:300] for name, value in self.headers.items() if name in _KEPT_HEADERS}

    def _cookie_names(self) -> tuple[str, ...]:
        cookies = self.headers.get("set-cookie", "").split(_BETWEEN_COOKIES)
        return tuple(dict.fromkeys(cookie.split("=", 1)[0].strip()[:60] for cookie in cookies if "=" in cookie))[:40]


def redirects_of(meta: dict[str, Any]) -> tuple[Redirect, ...]:
    """The hops that Scrapy followed, each with its own status; a meta refresh counts as the 200 that it came with."""
    hops = zip(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), strict=False)
    return tuple(Redirect(url=url, status=why if isinstance(why, int) else 200) for url, why in hops)


def from_response(response: Response) -> Fetched:
    """What Scrapy got."""
    headers = {
        name.decode("latin-1").lower(): (_BETWEEN_COOKIES.encode() if name == b"Set-Cookie" else b", ")
        .join(values)
        .decode("latin-1")
        for name, values in response.headers.items()
    }
    html = response.text if isinstance(response, TextResponse) else response.body.decode("utf-8", "replace")
    return Fetched(
        candidate=response.meta["candidate"],
        is_start=bool(response.meta.get("is_start")),
        final_url=response.url,
        status=response.status,
        redirects=redirects_of(response.meta),
        headers=headers,
        html=html,
        size=len(response.body),
    )


def from_browser(candidate: Candidate, is_start: bool, page: Rendered, redirects: tuple[Redirect, ...] = ()) -> Fetched:
    """What the browser got in place of Scrapy."""
    headers = {name.lower(): value for name, value in page.headers.items()}
    headers.setdefault("content-type", "text/html")
    return Fetched(
        candidate, is_start, page.url, page.status, redirects, headers, page.html, len(page.html), rendered=True
    )
