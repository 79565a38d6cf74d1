"""Devices share the queries of a shop's search, and one asks all where another could not."""

from pathlib import Path
from typing import cast

import pytest

from auditor.browser.session import BrowserSession
from auditor.check import NotApplicable
from auditor.evidence import Device, Discovery, JourneyEvidence, Panel, QueryKind, SearchBox, SearchTry
from auditor.evidence.listing import ListedProduct
from auditor.progress import Silent
from auditor.queries import Catalogue, Goods, asks_alone, left_to_others, queries, share
from auditor.reading.search_tries import answered
from auditor.run_folder import RunFolder
from auditor.settings import ShopSettings
from auditor.walks import walk_shop
from tests.test_journeys_together import BOTH, recorded

NAMES = ("Zielona łódka drewniana", "Czerwona łódka mała", "Żółty dzbanek szklany", "Zielony dzbanek gliniany")
SHOP = Catalogue(
    tuple(Goods(f"/p/{place}", name, (f"LD-{place}",)) for place, name in enumerate(NAMES)),
    NAMES, (), "pl", whole_shop=True,
)  # fmt: skip


def searched(device: Device, results: int, *, ended: str = "completed") -> JourneyEvidence:
    found = tuple(ListedProduct(key=f"/p/{place}", name=NAMES[place]) for place in range(results))
    tried = SearchTry(kind="exact-title", query=NAMES[0], stands_for="/p/0", ended="results" if found else "unclear")
    return recorded("search", device).model_copy(
        update={"ended": ended, "searches": (tried.model_copy(update={"results": found}),)}
    )


def test_every_query_is_asked_on_some_device_and_spellings_beside_what_they_stand_for() -> None:
    could = queries(SHOP)
    assert {one.kind for one in could} == {"exact-title", "sku", "clean", "typo", "folded", "nonsense"}
    phone, desktop = share(could, 0, 2), share(could, 1, 2)
    assert set(phone) | set(desktop) == set(could)
    assert len(phone) + len(desktop) < len(could) + 6
    for asked in (phone, desktop):
        assert {one.kind for one in asked} >= {"exact-title", "nonsense"}
        clean = {one.text for one in asked if one.kind == "clean"}
        assert {one.stands_for for one in asked if one.kind in ("typo", "folded")} == clean
        assert asked == [one for one in could if one in asked], "the order stays"
    assert share(could, 0, 1) == list(could)
    assert {one.kind for one in share(could, 2, 3)} == {"exact-title", "nonsense"}


def test_what_another_device_asks_does_not_apply_here() -> None:
    could = queries(SHOP)
    left = left_to_others(could, share(could, 0, 2))
    assert left == ("typo",)
    box = SearchBox(planned=tuple({one.kind for one in could}), left_to_others=left)
    journey = searched(Device.MOBILE, 2).model_copy(update={"search_box": box})
    with pytest.raises(NotApplicable, match="another device"):
        answered(journey, "typo")
    wanted: tuple[QueryKind, ...] = ("exact-title", "short-title")
    assert [one.kind for one in answered(journey, *wanted)] == ["exact-title"]


def test_the_device_whose_search_works_asks_all_where_the_other_one_failed() -> None:
    works, stuck = searched(Device.MOBILE, 2), searched(Device.DESKTOP, 0, ended="stuck")
    blind = searched(Device.DESKTOP, 0)
    assert asks_alone([works, stuck], BOTH) is Device.MOBILE
    assert asks_alone([works, blind], BOTH) is Device.MOBILE
    assert asks_alone([works, searched(Device.DESKTOP, 1)], BOTH) is None
    assert asks_alone([stuck], BOTH) is None
    assert asks_alone([works], (Device.MOBILE,)) is None


@pytest.mark.parametrize(("desktop", "then"), [("completed", []), ("stuck", [(Device.MOBILE, None)])])
async def test_an_audit_asks_all_on_the_device_that_works(
    desktop: str, then: list[tuple[Device, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[tuple[Device, object]] = []

    async def search(_browser: object, _shop: object, device: Device, _folder: Path, **more: object) -> JourneyEvidence:
        parts.append((device, more.get("part")))
        return searched(device, 2, ended="completed" if device is Device.MOBILE else desktop)

    monkeypatch.setattr("auditor.walks.walk_search", search)
    shop = ShopSettings.model_validate({"start_url": "https://shop.example/", "journey": {"walk": ["search"]}})
    found = Discovery(
        start_url=shop.start_url, home_url=shop.start_url, language="pl", ended="complete", why="", fetched=0
    )
    folder = RunFolder.create(tmp_path / "run")
    await walk_shop(cast("BrowserSession", None), shop, folder, Panel(), found, [], Silent())
    assert parts[:2] == [(Device.MOBILE, (0, 2)), (Device.DESKTOP, (1, 2))]
    assert parts[2:] == then
    assert {one.device: one.ended for one in folder.journeys()} == {
        Device.MOBILE: "completed", Device.DESKTOP: desktop,
    }  # fmt: skip
