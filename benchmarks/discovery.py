"""Page rate of discovery, egress and disk included, beside a bare Scrapy spider that only follows links.

Prints the ratio, measured in one run.

python benchmarks/discovery.py [PAGES]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response, TextResponse

sys.path.insert(0, str(Path(__file__).parent.parent))
from auditor.discover.crawl import discover
from auditor.egress import EgressPolicy, EgressProxy
from auditor.settings import Politeness, ShopSettings
from benchmarks.synthetic_shop import page, shop_of_its_own

CONCURRENCY = 8
ROUNDS = 3


class BareSpider(scrapy.Spider):
    """Follows links, nothing else."""

    name = "bare"
    pages = 0

    def parse(self, response: Response, **kwargs: Any) -> Iterator[scrapy.Request]:
        type(self).pages += 1
        assert isinstance(response, TextResponse)
        yield from response.follow_all(css="a::attr(href)")


async def bare(url: str) -> float:
    """Pages a second of the bare spider."""
    BareSpider.pages = 0
    settings = {
        "TWISTED_REACTOR_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_ENABLED": False,
        "CONCURRENT_REQUESTS": CONCURRENCY,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
        "LOG_LEVEL": "CRITICAL",
    }
    began = time.monotonic()
    await AsyncCrawlerRunner(settings).crawl(BareSpider, start_urls=[url])
    return BareSpider.pages / (time.monotonic() - began)


async def ours(url: str, pages: int) -> float:
    """Pages a second of discovery through the egress proxy, written to disk."""
    policy = EgressPolicy(allow_private=True, extra_ports=frozenset({urlsplit(url).port or 80}))
    shop = ShopSettings(
        start_url=url,
        max_pages=pages,
        max_seconds=3600,
        politeness=Politeness(delay_s=0, concurrency=CONCURRENCY),
        allow_private=True,
    )
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with EgressProxy(policy) as proxy:
            found = await discover(shop, Path(folder), proxy=proxy.url)
    return found.fetched / (time.monotonic() - began)


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with shop_of_its_own(pages) as url:
        print(f"{pages} pages of {len(page(1, pages).encode()) / 1000:.0f} kB, {CONCURRENCY} at once, politeness off")
        ratios = []
        for _ in range(ROUNDS):
            alone, full = asyncio.run(bare(url)), asyncio.run(ours(url, pages))
            ratios.append(full / alone)
            print(f"bare spider {alone:.1f} pages/s, discovery {full:.1f} pages/s, ratio {full / alone:.2f}")
        print(f"ratio, median of {ROUNDS}: {sorted(ratios)[ROUNDS // 2]:.2f} (at least 0.40 wanted)")


if __name__ == "__main__":
    main()
