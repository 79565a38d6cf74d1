"""Memory of discovery on a shop of 10,000 pages, through the egress proxy and to disk. Prints the peak in MB.

python benchmarks/memory_discovery.py [PAGES]
"""

import asyncio
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))
from auditor.discover.crawl import discover
from auditor.egress import EgressPolicy, EgressProxy
from auditor.settings import Politeness, ShopSettings
from benchmarks.synthetic_shop import shop_of_its_own

LIMIT_MB = 400
EVERY_S = 0.2


class Peak(threading.Thread):
    """Watches the resident memory of this process. ``series`` holds MB, a number for each look."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self.series: list[float] = []
        self.ended = threading.Event()

    def run(self) -> None:
        process = psutil.Process()
        while not self.ended.wait(EVERY_S):
            now = process.memory_info().rss / 1e6
            self.peak_mb = max(self.peak_mb, now)
            self.series.append(now)


async def crawl(url: str, pages: int, folder: Path) -> int:
    policy = EgressPolicy(allow_private=True, extra_ports=frozenset({urlsplit(url).port or 80}))
    shop = ShopSettings(
        start_url=url,
        max_pages=pages,
        max_seconds=7200,
        politeness=Politeness(delay_s=0, concurrency=8),
        allow_private=True,
    )
    async with EgressProxy(policy) as proxy:
        found = await discover(shop, folder, proxy=proxy.url)
    return found.fetched


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    watch = Peak()
    with shop_of_its_own(pages) as url:
        watch.start()
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            fetched = asyncio.run(crawl(url, pages, Path(folder)))
            written = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        watch.ended.set()
        took = time.monotonic() - began
        tenths = watch.series[:: max(1, len(watch.series) // 10)]
        print(f"{fetched} pages in {took:.0f} s, {written:.0f} MB written")
        print("memory over time, MB:", " ".join(f"{mb:.0f}" for mb in tenths))
        print(f"peak {watch.peak_mb:.0f} MB (less than {LIMIT_MB} wanted)")


if __name__ == "__main__":
    main()
