"""How Scrapy fetches here: downloads that stop when told, one proxy, secrets for the shop's own origin only."""

import asyncio
import base64
import logging
from typing import TYPE_CHECKING, Any, Self

from aiohttp import ClientError, ClientResponse
from scrapy import Request, Spider
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from auditor.discover.link_address import address
from auditor.settings import Access

if TYPE_CHECKING:
    from auditor.discover.spider import ShopSpider

logging.getLogger("scrapy.core.downloader.handlers._base_streaming").setLevel(logging.ERROR)


def _spider(crawler: Crawler) -> "ShopSpider":
    from auditor.discover.spider import ShopSpider

    assert isinstance(crawler.spider, ShopSpider)
    return crawler.spider


class StoppableDownloads(AiohttpDownloadHandler):
    """Ends what is in flight at once when the spider stops: Scrapy alone would wait for slow and endless answers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._of = crawler

    async def download_request(self, request: Request) -> Response:
        spider = _spider(self._of)
        if spider.stopping:
            raise DownloadCancelledError("discovery is stopping")
        download = asyncio.ensure_future(super().download_request(request))
        stop = asyncio.ensure_future(spider.stopped.wait())
        try:
            await asyncio.wait({download, stop}, return_when=asyncio.FIRST_COMPLETED)
            if download.done():
                return download.result()
            raise DownloadCancelledError("discovery is stopping")
        finally:
            for task in (download, stop):
                task.cancel()
            await asyncio.gather(download, stop, return_exceptions=True)

    async def _read_response(self, response: Any, request: Request) -> Response:
        assert isinstance(response, ClientResponse)
        request.meta["answered"] = response.status
        request.meta["answered_type"] = response.headers.get("Content-Type", "")
        return await super()._read_response(response, request)  # type: ignore[arg-type]


class ScopedRedirects:
    """Refuses to follow a redirect out of the audit's scope; the redirect itself is recorded."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Called by Scrapy. Raises IgnoreRequest for what is out of scope."""
        spider = _spider(self._crawler)
        if request.meta.get("redirect_times") and not request.meta.get("is_start") and request.meta.get("candidate"):
            where = address(request.url)
            reason = spider.scope.refuses(where) if where else "other-host"
            if reason:
                raise IgnoreRequest(f"redirect: {reason}")


class ForgivingMetaRefresh(MetaRefreshMiddleware):
    """A page with a broken base address has no refresh: Scrapy would lose the page over it."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        try:
            return super().process_response(request, response)
        except ValueError:
            return response


class OwnOriginAccess:
    """Sends all through the proxy, and the operator's secrets to the shop's own origin only."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Called by Scrapy, last before the download: what is added here must not outlive this hop."""
        spider = _spider(self._crawler)
        if spider.proxy:
            request.meta["proxy"] = spider.proxy
        headers, cookies = access_headers(spider.shop.access)
        if not headers and not cookies:
            return
        for name in headers:
            request.headers.pop(name, None)
        if is_own_origin(spider.shop.start_url, request.url):
            for name, value in headers.items():
                request.headers[name] = value
            if cookies:
                own = request.headers.get("Cookie", b"") or b""
                request.headers["Cookie"] = b"; ".join(part for part in (own, cookies.encode()) if part)
        elif cookies:
            own = request.headers.get("Cookie", b"") or b""
            kept = [part for part in own.decode("latin-1").split("; ") if part not in cookies.split("; ")]
            request.headers.pop("Cookie", None)
            if kept and kept != [""]:
                request.headers["Cookie"] = "; ".join(kept)


def access_headers(access: Access) -> tuple[dict[str, str], str]:
    """The operator's headers in the clear, and his cookies as one header value."""
    headers = {name: value.get_secret_value() for name, value in access.headers.items()}
    if access.basic:
        headers["Authorization"] = "Basic " + base64.b64encode(access.basic.get_secret_value().encode()).decode()
    return headers, "; ".join(f"{name}={value.get_secret_value()}" for name, value in access.cookies.items())


def is_own_origin(start_url: str, url: str) -> bool:
    """Same scheme, host and port as the start address; its upgrade from http to https on the usual ports counts as
    the same."""
    own, other = address(start_url), address(url)
    if not own or not other or own.host != other.host:
        return False
    return own.origin == other.origin or (own.origin[::2] == ("http", 80) and other.origin[::2] == ("https", 443))


class FairScheduler(BaseScheduler):
    """Asks the spider for what is next, so that waiting addresses are plain tuples and not Scrapy requests."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._urgent: list[Request] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        return not _spider(self._crawler).stopping and (bool(self._urgent) or _spider(self._crawler).has_more())

    def enqueue_request(self, request: Request) -> bool:
        """Start requests, redirects and retries come this way."""
        self._urgent.append(request)
        return True

    def next_request(self) -> Request | None:
        spider = _spider(self._crawler)
        if spider.stopping:
            return None
        return self._urgent.pop(0) if self._urgent else spider.next_request()


def failure_reason(error: BaseException | None) -> str:
    """What the egress proxy or the client says went wrong: a reason of the proxy, ``tls``, ``timeout``, ``dns``,
    ``refused``, ``protocol`` (an answer that is not valid HTTP) or ``connection``."""
    from aiohttp import ClientConnectorCertificateError, ClientConnectorSSLError, ClientHttpProxyError, ClientSSLError
    from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError

    cause = error.__cause__ if error else None
    if isinstance(cause, ClientHttpProxyError):
        stated = cause.headers.get("X-Auditor-Egress") if cause.headers else None
        return str(stated or "connection")
    if isinstance(cause, ClientConnectorCertificateError | ClientConnectorSSLError | ClientSSLError):
        return "tls"
    if isinstance(error, DownloadTimeoutError):
        return "timeout"
    if isinstance(error, CannotResolveHostError):
        return "unknown-host"
    if isinstance(error, DownloadConnectionRefusedError):
        return "connection-refused"
    if isinstance(cause, ClientError) and type(cause).__name__ == "ClientResponseError":
        return "bad-response"
    return "connection"
