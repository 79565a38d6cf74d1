"""Defects of the cart and the checkout, planted in the demo shop: a walk finds exactly their rows, and the clean shop
has none. Several that do not touch each other are walked at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from auditor.browser.browser_process import BrowserProcess
from auditor.browser.journey import walk_buy
from auditor.browser.session import BrowserSession
from auditor.check import load_checks
from auditor.demo import DEFECTS, DemoShop
from auditor.evaluate import judge
from auditor.evidence import Device, JourneyEvidence, Page, Template
from auditor.finding import Outcome, Verdict
from auditor.score import SHOW_STOPPERS, score
from auditor.settings import ShopSettings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.asyncio(loop_scope="module"),
]

BUYING = {name: one for name, one in DEFECTS.items() if one.journey == "buy"}
CHECKS = [spec for spec in load_checks() if spec.scope == "journey" and "buy" in spec.journeys]
MARKETS = {"en": "GB", "pl": "PL", "fa": "IR"}
WALKS = (
    ("en", Device.DESKTOP, "cart-without-remove checkout-long checkout-no-autocomplete checkout-letters-only "
     "checkout-newsletter-ticked checkout-undated cart-coupon-open cart-payments-unnamed checkout-surplus"),
    ("pl", Device.MOBILE, "checkout-placeholders checkout-unmarked checkout-errors-mute cart-sneaked-line "
     "checkout-button-neutral cart-delivery-unsaid phone-menu-shut"),
    ("fa", Device.MOBILE, "cart-forgets-changes checkout-review-thin checkout-forgets"),
    ("en", Device.MOBILE, "cart-add-unconfirmed product-button-div cart-dearer checkout-guest-below cart-other-variant"),
    ("en", Device.DESKTOP, "product-button-dead"),
    ("pl", Device.DESKTOP, "cart-leads-nowhere"),
    ("fa", Device.DESKTOP, "checkout-account-only"),
    ("en", Device.MOBILE, "cart-add-slow checkout-many-pages"),
    ("en", Device.MOBILE, "checkout-laborious"),
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[BrowserProcess]:
    """One for all walks of a worker; each walk starts another beside it, which serves nothing else."""
    async with BrowserProcess(proxy=None) as process:
        yield process


async def walked(
    browser: BrowserProcess, folder: Path, language: str, device: Device, defects: str = ""
) -> JourneyEvidence:
    async with DemoShop(language, defects.split()) as shop:
        settings = ShopSettings.model_validate({"start_url": shop.url, "allow_private": True, "depth": "payment"})
        goods = shop.storefront.catalogue.products
        start = shop.url.rstrip("/") + next(one for one in goods if one.stock and len(one.colours) > 1).path
        page = Page(url=start, key=start, template=Template.PRODUCT)
        async with BrowserSession(settings, proxy=None, process=browser) as session:
            journey = await walk_buy(
                session, settings, device, folder, starts=[page], home_url=shop.url, language=language,
                market=MARKETS[language],
            )  # fmt: skip
        assert shop.orders == 0
    return journey


def judged(journey: JourneyEvidence) -> list[tuple[str, Outcome]]:
    outcomes = [(spec.row, judge(spec, journey)) for spec in CHECKS if journey.device in spec.devices]
    assert not [outcome for _row, outcome in outcomes if outcome.verdict is Verdict.CRASHED]
    return outcomes


def rows(outcomes: list[tuple[str, Outcome]], verdict: Verdict) -> dict[str, object]:
    return {row: [one.values for one in outcome.problems] for row, outcome in outcomes if outcome.verdict is verdict}


@pytest.mark.parametrize(("language", "device"), [("en", Device.DESKTOP), ("pl", Device.MOBILE), ("fa", Device.MOBILE)])
async def test_the_clean_checkout_has_no_failed_finding(
    browser: BrowserProcess, language: str, device: Device, tmp_path: Path
) -> None:
    journey = await walked(browser, tmp_path, language, device)
    assert journey.ended == "completed", journey.note
    outcomes = judged(journey)
    assert rows(outcomes, Verdict.FAILED) == {}
    passed = rows(outcomes, Verdict.PASSED)
    assert len(passed) > 20, "most rows must be judged, and not only not fail"


@pytest.mark.parametrize(("language", "device", "defects"), WALKS)
async def test_defects_are_found_by_exactly_their_rows(
    browser: BrowserProcess, language: str, device: Device, defects: str, tmp_path: Path
) -> None:
    planted = [BUYING[name] for name in defects.split()]
    outcomes = judged(await walked(browser, tmp_path, language, device, defects))
    failed, doubted = rows(outcomes, Verdict.FAILED), rows(outcomes, Verdict.NEEDS_REVIEW)
    expected = {row for defect in planted for row in defect.expect}
    allowed = expected | {row for defect in planted for row in defect.also}
    doubtful = {row for defect in planted if defect.doubtful for row in defect.expect}
    surplus = {row: found for row, found in failed.items() if row not in allowed}
    assert surplus == {}, "failed beyond what is planted"
    unseen = expected - failed.keys() - (doubtful & doubted.keys())
    assert not unseen, f"not found; failed {failed}, doubted {doubted}"
    stoppers = expected & SHOW_STOPPERS
    specs = {spec.id: spec for spec in CHECKS}
    assert set(score([one for _row, one in outcomes], specs).capped_by) == stoppers


async def test_every_defect_of_buying_is_walked() -> None:
    walked_names = {name for _language, _device, defects in WALKS for name in defects.split()}
    assert walked_names == BUYING.keys()
