"""Shops as they are: two looks at the same pages, of which the second is judged by the baseline of the first."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from auditor.ads.approval import Approval
from auditor.ads.incidents import judge_loads
from auditor.ads.learning import learned
from auditor.ads.loads import Seen
from auditor.ads.parties import party_of
from auditor.audit import egress_policy
from auditor.browser.browser_process import BrowserProcess
from auditor.browser.session import BrowserSession
from auditor.browser.unwanted.visiting import Wish, look
from auditor.egress import EgressProxy
from auditor.evidence import Device, Page, Template, VantageName
from auditor.settings import ShopSettings
from benchmarks.ads import record
from benchmarks.journeys.shops import SHOPS
from tests.ads_cases.looking import TODAY
from tests.ads_cases.site import Case

PAGES = {
    ("demo", "en"): (("", Template.HOME), ("product/alder-oak-stool", Template.PRODUCT)),
    ("oscar", "en-gb"): (("", Template.HOME), ("catalogue/tall-enamel-mug_2/", Template.PRODUCT)),
}
VANTAGES: tuple[tuple[Device, VantageName], ...] = (
    (Device.DESKTOP, "direct"), (Device.MOBILE, "direct"), (Device.DESKTOP, "search"), (Device.DESKTOP, "accepted"),
)  # fmt: skip


class Untouched(NamedTuple):
    """How often an unchanged shop was looked at, and what was said of it."""

    shop: str
    loads: int
    alerts: int
    reviews: int
    first_run: int


async def record_all(out: Path) -> None:
    for shop, language in PAGES:
        case = _case(shop, language)
        if record.read(case, out) is not None:
            continue
        start = time.perf_counter()
        async with SHOPS[shop].running(language) as running:
            loads, version = await _looked(running.url, PAGES[shop, language])
        record.write(record.record(case, loads, (), time.perf_counter() - start, version), case, out)
        print(f"{case.name}: {len(loads)} loads", flush=True)


def judge_all(out: Path) -> list[Untouched]:
    """What the shops that were recorded look like to us."""
    found = []
    for shop, language in PAGES:
        kept = record.read(_case(shop, language), out)
        if kept is None:
            continue
        seen, half = kept.seen, len(kept.loads) // 2
        own = {party_of(seen[0].page.url)}
        baseline = learned(seen[:half], own, shop=shop, today=TODAY)
        later = judge_loads(seen[half:], Approval(own, baseline, TODAY))
        first = judge_loads(seen, Approval(own, None, TODAY))
        found.append(
            Untouched(
                f"{SHOPS[shop].version if shop != 'demo' else 'demo ' + SHOPS[shop].version}", len(seen),
                sum(one.standing == "alert" for one in later), sum(one.standing == "review" for one in later),
                sum(one.standing == "alert" for one in first),
            )
        )  # fmt: skip
    return found


async def _looked(url: str, pages: Sequence[tuple[str, Template]]) -> tuple[list[Seen], str]:
    """Every page from every vantage, and all of it once more."""
    shop = ShopSettings(start_url=url, allow_private=True)
    seen = []
    async with (
        EgressProxy(egress_policy(shop)) as egress,
        BrowserProcess(proxy=egress.url) as process,
        BrowserSession(shop, proxy=egress.url, process=process) as session,
    ):
        for _ in range(2):
            for path, template in pages:
                page = Page(url=urljoin(url, path), key=f"/{path}", template=template)
                for device, vantage in VANTAGES:
                    async with session.visitor(device, service_workers="allow") as context:
                        insertions = await look(context, shop, Wish(page, vantage=vantage))
                    seen.append(Seen(page, device, vantage, insertions, looked=True))
        return seen, session.version


def _case(shop: str, language: str) -> Case:
    """Stands for the shop in the records."""
    return Case(f"{shop}-{language} unchanged", "quiet", body=repr((PAGES[shop, language], VANTAGES)))
