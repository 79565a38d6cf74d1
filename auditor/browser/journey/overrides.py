"""The operator's settings of a journey, on the page that is open."""

from collections.abc import Sequence
from urllib.parse import urljoin

from playwright.async_api import Error as PlaywrightError

from auditor.browser.isolated_world import ScriptFailed
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.journey import Ranked, StepIntent
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking.overriding import named, put_first, without
from auditor.settings import JourneySettings, StepOverride

_STEPS = {
    StepIntent.ADD_TO_CART: "add_to_cart",
    StepIntent.OPEN_CART: "open_cart",
    StepIntent.START_CHECKOUT: "checkout",
    StepIntent.CHOOSE_GUEST: "guest",
    StepIntent.FILL_CONTACT: "continue",
}


class Overrides:
    """``settings`` decide before the ranking does; what may be pressed is decided by the interlock alone."""

    def __init__(self, settings: JourneySettings, shop: ShopTab, home_url: str) -> None:
        self.settings, self.shop, self.home_url = settings, shop, home_url

    def _of(self, intent: StepIntent) -> StepOverride | None:
        return next((step for name, step in self.settings.steps.items() if name == _STEPS.get(intent)), None)

    def address(self, intent: StepIntent) -> str | None:
        """What to open for a step instead of pressing anything."""
        step = self._of(intent)
        return urljoin(self.home_url, step.url) if step and step.url else None

    async def ranked(self, intent: StepIntent, sight: Sight, ranking: Sequence[Ranked]) -> tuple[Ranked, ...]:
        """The ranking as the settings have it."""
        never: set[int] = set()
        for selector in self.settings.never_click:
            never |= set(await self._matching(selector))
        kept = without(ranking, never)
        step = self._of(intent)
        if step is None or step.url:
            return kept
        if step.selector:
            found = set(await self._matching(step.selector))
            wanted: list[Control] = [one for one in sight.controls if one.index in found]
            why = f"the settings name it: {step.selector}"
        else:
            wanted = named(sight, step.role or "", step.name or "")
            why = f"the settings name it: {step.role} “{step.name}”"
        return without(put_first(kept, wanted, why), never)

    async def _matching(self, selector: str) -> tuple[int, ...]:
        try:
            return await self.shop.matching(selector)
        except (ScriptFailed, PlaywrightError):
            if self.shop.tab.is_closed():
                raise
            return ()
