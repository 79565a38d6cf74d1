"""What recording a page costs against merely loading it, as ratios measured in one run.

    python -m benchmarks.visits [URL ...]

Without URLs it starts django-oscar and takes a panel of twelve pages from it. Both sides use the same browser, the same
two devices and the same number of tabs at once; loading comes first and last, and its mean counts, because the machine
and the shop warm up.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from auditor.browser.capture import PARALLEL, visit_panel
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, Template
from auditor.settings import ShopSettings

DEVICES = (Device.MOBILE, Device.DESKTOP)
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"


async def merely_load(session: BrowserSession, pages: Sequence[Page]) -> float:
    """Seconds to load every page on every device to its load event."""
    waiting = [(page, device) for page in pages for device in DEVICES][::-1]

    async def worker() -> None:
        while waiting:
            page, device = waiting.pop()
            shopper = await session.shopper(device)
            assert shopper.context is not None
            tab = await shopper.context.new_page()
            await tab.goto(page.url, wait_until="load")
            await tab.close()

    start = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(PARALLEL)))
    return time.perf_counter() - start


async def record(session: BrowserSession, pages: Sequence[Page], folder: Path) -> float:
    start = time.perf_counter()
    async for evidence in visit_panel(session, pages, DEVICES, folder):
        if evidence.visit.ended is not Ended.LOADED:
            print(f"  {evidence.page.url} on {evidence.visit.device}: {evidence.visit.ended}, {evidence.visit.note}")
    return time.perf_counter() - start


async def oscar_panel(session: BrowserSession, home: str) -> list[Page]:
    """Home, three categories, five products, search, basket and one more page of django-oscar."""
    shopper = await session.shopper(Device.DESKTOP)
    assert shopper.context is not None
    tab = await shopper.context.new_page()
    await tab.goto(urljoin(home, "catalogue/"))
    links = dict.fromkeys(link.split("#")[0] for link in await tab.evaluate(LINKS))
    await tab.close()
    categories = [link for link in links if "/category/" in link][:3]
    products = [link for link in links if "/catalogue/" in link and "/category/" not in link and link[-2].isdigit()][:5]
    rest = [urljoin(home, path) for path in ("search/?q=a", "basket/", "accounts/login/")]
    kinds = [(home, Template.HOME), *((url, Template.CATEGORY) for url in categories)]
    kinds += [(url, Template.PRODUCT) for url in products] + [(url, Template.OTHER) for url in rest]
    return [page_of(url, template) for url, template in kinds]


def page_of(url: str, template: Template = Template.PRODUCT) -> Page:
    parts = urlsplit(url)
    return Page(url=url, key=parts.path + (f"?{parts.query}" if parts.query else ""), template=template)


async def compare(home: str, urls: Sequence[str]) -> None:
    shop = ShopSettings(start_url=home, allow_private=True)
    with tempfile.TemporaryDirectory() as folder:
        async with BrowserSession(shop, proxy=None) as session:
            pages = [page_of(url) for url in urls] or await oscar_panel(session, home)
            print(f"{len(pages)} pages on {len(DEVICES)} devices, {PARALLEL} at once")
            before = await merely_load(session, pages)
            recorded = await record(session, pages, Path(folder))
            load = (before + await merely_load(session, pages)) / 2
            print(f"recording everything: {recorded / load:.2f} times merely loading (aim 2, limit 4)")
            print("part, as a share of the time of all tabs (a tab waits for others on a busy machine):")
            parts = {name: seconds for name, seconds in session.costs.items() if "/" not in name}
            for name, seconds in sorted(parts.items(), key=lambda part: -part[1]):
                share = seconds / sum(parts.values())
                print(f"  {name:26} {share:6.1%}   {seconds / PARALLEL / load:5.2f} times merely loading")


def main() -> None:
    urls = sys.argv[1:]
    if urls:
        asyncio.run(compare(urls[0], urls))
        return
    from tests.storefronts.shops import oscar

    with oscar() as shop:
        asyncio.run(compare(shop.url, ()))


if __name__ == "__main__":
    main()
