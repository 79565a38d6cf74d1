"""One crawl, awaited: the only place that runs Scrapy."""

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.downloadermiddlewares import cookies
from scrapy.settings import Settings
from tldextract import TLDExtract

from auditor.discover.recorder import Recorder
from auditor.discover.rendered import Render
from auditor.discover.spider import ShopSpider
from auditor.evidence.discovery import Discovery
from auditor.progress import Progress, Silent
from auditor.settings import ShopSettings
from auditor.user_agent import user_agent

MOST_BYTES = 16 * 2**20
"""Of one answer, before and after it is unpacked."""
_SEEN_LOGGERS = ("scrapy", "twisted", "protego")

# Scrapy's own would fetch the public suffix list, past our egress, at the first cookie.
cookies._split_domain = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)


async def discover(
    shop: ShopSettings, folder: Path, *, proxy: str, progress: Progress | None = None, render: Render | None = None
) -> Discovery:
    """Find the pages of a shop. ``folder`` gets ``pages.jsonl`` and ``links.jsonl``, written line by line as pages
    arrive.

    ``proxy`` is the address of the egress proxy that carries all requests. ``render`` opens a page in the shared
    browser where raw HTML has no links. Ends within about two seconds of being cancelled; what was written stays.
    Raises OSError when the folder cannot be written.
    """
    began = time.monotonic()
    for name in _SEEN_LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with Recorder(folder) as recorder:
        crawler = Crawler(ShopSpider, Settings(_settings(shop)))
        runner = AsyncCrawlerRunner(crawler.settings)
        crawl = runner.crawl(
            crawler,
            shop=shop,
            recorder=recorder,
            proxy=proxy,
            progress=progress or Silent(),
            render=render,
            user_agent=user_agent(shop),
        )
        try:
            # Awaiting the crawl itself would let Scrapy swallow the cancellation and crawl on.
            await asyncio.wait({crawl}, timeout=shop.max_seconds)
            if not crawl.done():
                _stop(crawler, "time_limit")
                await asyncio.wait({crawl})
        except asyncio.CancelledError:
            _stop(crawler, "interrupted")
            await asyncio.wait({crawl})
            crawl.exception()
            raise
        crawl.result()
        spider = crawler.spider
        assert isinstance(spider, ShopSpider)
        if spider.error:
            raise spider.error
        if crawler.stats.get_value("spider_exceptions/count"):
            raise RuntimeError(f"discovery broke: {crawler.stats.get_stats()}")
        return spider.finish(int((time.monotonic() - began) * 1000))


def _stop(crawler: Crawler, reason: str) -> None:
    if isinstance(crawler.spider, ShopSpider):
        crawler.spider.stop(reason)


def _settings(shop: ShopSettings) -> dict[str, Any]:
    polite = shop.politeness
    here = "auditor.discover.downloading"
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
        "EXTENSIONS": {
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.spiderstate.SpiderState": None,
            "scrapy.extensions.logcount.LogCount": None,
        },
        "DOWNLOAD_HANDLERS": {
            "http": f"{here}.StoppableDownloads",
            "https": f"{here}.StoppableDownloads",
            "file": None,
            "data": None,
            "ftp": None,
            "s3": None,
        },
        "DOWNLOADER_MIDDLEWARES": {
            f"{here}.ScopedRedirects": 90,
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            f"{here}.ForgivingMetaRefresh": 580,
            f"{here}.OwnOriginAccess": 760,
        },
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
            "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        },
        "SCHEDULER": f"{here}.FairScheduler",
        "HTTPPROXY_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": MOST_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": min(shop.page_seconds, 30),
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "REDIRECT_MAX_TIMES": 10,
        "METAREFRESH_MAXDELAY": 6,
        # Scrapy names each hop of a redirect as where the next comes from: "back to where you were" then never ends.
        "REFERER_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "RETRY_TIMES": 1,
        "ROBOTSTXT_OBEY": polite.obey_robots,
        "USER_AGENT": user_agent(shop),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            **({"Accept-Language": shop.language} if shop.language else {}),
        },
        "CONCURRENT_REQUESTS": polite.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": polite.concurrency,
        "DOWNLOAD_DELAY": polite.delay_s,
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": polite.autothrottle and polite.delay_s > 0,
        "AUTOTHROTTLE_START_DELAY": polite.delay_s,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(polite.concurrency),
        "AUTOTHROTTLE_MAX_DELAY": 10.0,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }
