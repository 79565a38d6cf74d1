"""The Scrapy side of discovery: what is asked, in which order, and when it ends."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from auditor.discover.downloading import failure_reason
from auditor.discover.fetched import Fetched, from_browser, from_response, redirects_of
from auditor.discover.frontier import Candidate
from auditor.discover.intake import Intake
from auditor.discover.link_address import Address, absolute, address
from auditor.discover.not_found import impossible_address, probe_of
from auditor.discover.own_links import wants_browser
from auditor.discover.pace import let_go, slow_down
from auditor.discover.page_reading import read_html
from auditor.discover.recorder import Recorder
from auditor.discover.rendered import Render, RenderedPages
from auditor.discover.robots import MOST_DELAY_S, Robots
from auditor.discover.sentences import unreachable
from auditor.discover.sitemap_queue import SitemapQueue
from auditor.discover.sitemaps import MOST_BYTES
from auditor.discover.url_pattern import shape_of
from auditor.evidence.discovery import Discovery
from auditor.progress import Progress
from auditor.settings import ShopSettings

_SITEMAP_TURN = 4
"""Every so many requests one may be for a sitemap."""


class ShopSpider(scrapy.Spider):
    """Lives for one crawl. ``stopping`` is the reason once it is to end; ``error`` is what broke it."""

    name = "discover"

    def __init__(
        self,
        *,
        shop: ShopSettings,
        recorder: Recorder,
        proxy: str,
        progress: Progress,
        render: Render | None,
        user_agent: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.shop, self.proxy, self.progress = shop, proxy, progress
        self.stopping: str | None = None
        self.stopped = asyncio.Event()
        self.error: BaseException | None = None
        self.robots = Robots(user_agent)
        self.intake = Intake(shop, recorder, self.robots)
        self.scope = self.intake.scope
        self._rendered = RenderedPages(render, shop.page_seconds + 5, self.stopped)
        self._in_flight = 0
        self._turn = 0
        self._sitemaps = SitemapQueue(self.intake)
        self._probe_url: Address | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots.answered, signal=signals.response_received)
        crawler.signals.connect(spider._robots_parsed, signal=signals.robots_parsed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        where = address(self.shop.start_url)
        if where is None:
            self.intake.ended, self.intake.why = "unreachable", unreachable("refused-scheme", self.shop.start_url)
            return
        yield self._page_request(Candidate(where, shape_of(where), "asked", depth=0), is_start=True)

    def stop(self, reason: str) -> None:
        """End within a moment: nothing new is asked, what is in flight is cancelled, what waits for its delay is let
        go."""
        if self.stopping:
            return
        self.stopping = reason
        self.stopped.set()
        if self.crawler._engine is not None:
            let_go(self.crawler._engine)

    def has_more(self) -> bool:
        """Whether ``next_request`` would give one."""
        if not self.intake.settled:
            return False
        return (
            self._has_room() and (len(self.intake.frontier) > 0 or len(self._sitemaps) > 0)
        ) or self._probe_url is not None

    def next_request(self) -> Request | None:
        """The next request: an address that cannot exist once, a sitemap now and then, else the fairest page."""
        if not self.intake.settled:
            return None
        if self._probe_url is not None:
            probe, self._probe_url = self._probe_url, None
            return Request(
                probe.url, callback=self.not_found, errback=self.ignored, meta=_asked(probe), dont_filter=True
            )
        if not self._has_room():
            return None
        self._turn += 1
        if len(self._sitemaps) and (self._turn % _SITEMAP_TURN == 1 or not len(self.intake.frontier)):
            url, depth = self._sitemaps.take()
            meta = {"sitemap_depth": depth, "download_maxsize": MOST_BYTES}
            return Request(url, callback=self.sitemap, errback=self.ignored, meta=meta, dont_filter=True)
        candidate = self.intake.frontier.take()
        return self._page_request(candidate) if candidate else None

    def _has_room(self) -> bool:
        return self.intake.fetched + self._in_flight < self.shop.max_pages

    def _page_request(self, candidate: Candidate, is_start: bool = False) -> Request:
        self._in_flight += 1
        meta: dict[str, Any] = {"candidate": candidate, "is_start": is_start}
        if self.robots.delay_s:
            meta["autothrottle_dont_adjust_delay"] = True
        return Request(candidate.where.url, callback=self.page, errback=self.failed, meta=meta, dont_filter=True)

    async def page(self, response: Response) -> None:
        """A page was answered."""
        self._in_flight -= 1
        reason = response.headers.get("X-Auditor-Egress")
        try:
            if reason is not None:
                await self._no_answer(response.meta, reason.decode("latin-1"))
            else:
                await self._take_in(from_response(response))
        except Exception as error:
            self.error = error
            self.stop("failed")

    async def failed(self, failure: Failure) -> None:
        """No answer could be had, or it was refused on our side."""
        self._in_flight -= 1
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if self.stopping:
            return
        try:
            if isinstance(error, IgnoreRequest):
                text = str(error)
                reason = "robots" if "robots" in text else "redirect-loop" if "max redirections" in text else text
                await self._no_answer(request.meta, "too-large" if "DOWNLOAD_MAXSIZE" in text else reason, request.url)
            elif isinstance(error, DownloadCancelledError):
                await self._no_answer(request.meta, "too-large")
            else:
                await self._no_answer(request.meta, failure_reason(error))
        except Exception as broken:
            self.error = broken
            self.stop("failed")

    async def _no_answer(self, meta: dict[str, Any], reason: str, refused_url: str | None = None) -> None:
        candidate: Candidate = meta["candidate"]
        redirects = redirects_of(meta)
        if reason == "bad-response":
            rendered = await self._rendered.open(candidate.where.url)
            if rendered:
                await self._take_in(from_browser(candidate, bool(meta.get("is_start")), rendered))
                return
        if meta.get("is_start"):
            self.intake.start_failed(reason)
        self.intake.no_answer(
            candidate, reason, redirects, refused_url, int(meta.get("answered", 0)), str(meta.get("answered_type", ""))
        )

    async def _take_in(self, fetched: Fetched) -> None:
        if wants_browser(fetched, self.scope if self.intake.settled else None):
            rendered = await self._rendered.open(fetched.final_url)
            if rendered:
                fetched = from_browser(fetched.candidate, fetched.is_start, rendered, fetched.redirects)
        if self.stopping:
            return
        again = self.intake.take(fetched)
        self.progress.step(fetched.final_url[:200], self.intake.fetched)
        if again:
            self.crawler.engine.crawl(
                self._page_request(Candidate(again, shape_of(again), "asked", depth=0), is_start=True)
            )
        elif fetched.is_start and self.intake.settled:
            self._after_home()
        if self.intake.ended:
            self.stop(self.intake.ended)

    def _after_home(self) -> None:
        probe = address(impossible_address(self.intake.home_url))
        if probe and self.robots.allowed(probe.url):
            self._probe_url = probe
        for url in [*self.robots.sitemaps, "/sitemap.xml"]:
            where = absolute(self.intake.home_url, url)
            if where:
                self._sitemaps.add(where.url, 1)

    async def sitemap(self, response: Response) -> None:
        """A sitemap was answered, or something in its place."""
        if response.status == 200 and b"X-Auditor-Egress" not in response.headers:
            await self._sitemaps.read(response.body, response.url, response.meta["sitemap_depth"], self.stopped)

    async def not_found(self, response: Response) -> None:
        """The answer to an address that cannot exist."""
        if b"X-Auditor-Egress" in response.headers:
            return
        asked = response.meta.get("redirect_urls", [response.url])[0]
        fetched = from_response(response)
        robots = fetched.headers.get("x-robots-tag", "")
        reading = read_html(fetched.html, response.url) if fetched.is_html else None
        status = response.status
        self.intake.not_found = probe_of(asked, status, response.url, robots, reading, self.intake.home_url, self.scope)

    async def ignored(self, failure: Failure) -> None:
        """A sitemap or the probe had no answer: that is no page, so nothing is recorded."""

    def _robots_parsed(self, robotparser: object, request: Request) -> None:
        before = self.robots.crawl_delay_s
        self.robots.parsed(robotparser, request)
        asked = self.robots.crawl_delay_s
        if not asked or asked == before:
            return
        polite = self.shop.politeness
        slow_down(self.crawler.engine, request, max(self.robots.delay_s, polite.delay_s), polite.concurrency)
        cut = f", of which {MOST_DELAY_S:g} are kept" if asked > MOST_DELAY_S else ""
        self.progress.note(f"robots.txt asks for {asked:g} seconds between requests{cut}.")

    def finish(self, took_ms: int) -> Discovery:
        """The record of the crawl, once it is over."""
        return self.intake.discovery(
            self.stopping,
            {
                "robots_found": self.robots.found,
                "robots_txt": self.robots.texts,
                "crawl_delay_s": self.robots.crawl_delay_s,
                "sitemaps": tuple(self._sitemaps.files),
                "sitemap_urls": self._sitemaps.urls,
                "took_ms": took_ms,
            },
        )


def _asked(where: Address) -> dict[str, Any]:
    return {"candidate": Candidate(where, shape_of(where), "asked")}
