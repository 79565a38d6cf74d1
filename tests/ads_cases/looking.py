"""Looks at the cases' pages with the auditor's own browser and judges what was seen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from auditor.ads.approval import Approval
from auditor.ads.incidents import Incident, judge_loads
from auditor.ads.learning import learned
from auditor.ads.loads import Seen
from auditor.audit import egress_policy
from auditor.browser.browser_process import BrowserProcess, leaving_through
from auditor.browser.session import BrowserSession
from auditor.browser.unwanted.visiting import Wish, look
from auditor.egress import EgressProxy
from auditor.evidence import Page, StorefrontBaseline
from auditor.settings import ShopSettings
from tests.ads_cases.site import CLEAN, DESKTOP, AdsSite, Case, serving

TODAY = date(2026, 11, 2)
OWN = {"shop.test", "shop.localhost"}


class Looking:
    def __init__(self, site: AdsSite, session: BrowserSession, shop: ShopSettings) -> None:
        self.site, self.session, self.shop = site, session, shop

    async def at(self, case: Case, **wishes) -> tuple[Seen, ...]:
        """Every load of a case, on the address of its product."""
        self.site.case = case
        seen = []
        page = Page(url=f"{case.origin}/p/mug", key="/p/mug", template=case.template)
        if len(case.loads) > 2:
            wishes = {"late": False, "press": False} | wishes
        for device, vantage in case.loads:
            async with self.session.visitor(device, service_workers="allow") as context:
                wish = Wish(page, vantage=vantage, type_card=case.type_card, **wishes)
                if vantage == "returning":
                    await look(context, self.shop, Wish(page, late=False, press=False))
                seen.append(Seen(page, device, vantage, await look(context, self.shop, wish), looked=True))
        if case.network is not None:
            seen += [await self._through_proxy(page, case, wishes) for _ in range(2)]
        return tuple(seen)

    async def _through_proxy(self, page: Page, case: Case, wishes) -> Seen:
        options = {"service_workers": "allow", "proxy": leaving_through(self.site.proxy)}
        async with self.session.visitor(DESKTOP, **options) as context:
            insertions = await look(context, self.shop, Wish(page, **{"late": False, "press": False} | wishes))
        return Seen(page, DESKTOP, "direct", insertions, looked=True, via="office")


@asynccontextmanager
async def looking() -> AsyncIterator[Looking]:
    async with serving() as site:
        shop = ShopSettings(
            start_url="http://shop.test/",
            allow_private=True,
            resolve=tuple(
                site.resolve.replace("*.test", host) for host in ("*.test", "shop.localhost", "shop.example")
            ),
            ownership="confirmed",
        )
        async with (
            EgressProxy(egress_policy(shop)) as egress,
            BrowserProcess(proxy=egress.url) as process,
            BrowserSession(shop, proxy=egress.url, process=process) as session,
        ):
            yield Looking(site, session, shop)


async def clean_baseline(eyes: Looking) -> StorefrontBaseline:
    loads = await eyes.at(Case("clean", "quiet", loads=(*CLEAN.loads,)))
    return learned(loads, OWN, shop="shop.test", today=TODAY)


def judged(loads: tuple[Seen, ...], baseline: StorefrontBaseline | None) -> tuple[Incident, ...]:
    return judge_loads(loads, Approval(OWN, baseline, TODAY))
