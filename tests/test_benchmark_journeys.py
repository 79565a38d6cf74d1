"""The benchmark of journeys counts what was reached, says how sure that is, and its mutations leave shops usable."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from auditor.evidence import Artifact, Device, JourneyEvidence
from auditor.evidence.journey import Step, StepIntent
from benchmarks.journeys import publishing
from benchmarks.journeys.mutations import MUTATIONS, Place
from benchmarks.journeys.record import Walk, append, read
from benchmarks.journeys.stages import furthest, passed, wilson
from benchmarks.journeys.strip import MOST_BYTES, WIDTH, contact_sheet
from benchmarks.journeys.tables import by_mutation, by_stage, failures, safety_and_time

PAGE = """<html lang="en"><head><link rel="stylesheet" href="/shop.css"></head><body>
<a href="/cart/" class="to-cart">Cart</a>
<main id="main"><h1>Mug</h1><form id="add" class="buy" action="/add" method="post">
<label for="number">Number</label><input id="number" name="number" value="1">
<button class="btn" name="what" value="mug">Add to cart</button></form>
<a href="/checkout/">Checkout</a></main></body></html>"""
PRODUCT = Place(path="/mug/", add_form="#add", cookies={})
CHECKOUT = Place(path="/checkout/", add_form="#add", cookies={})


def walk(**changed: object) -> Walk:
    facts = {
        "shop": "oscar", "language": "pl", "mutation": "none", "device": "desktop", "platform_facts": True,
        "platform": None, "reached": "payment", "ended": "completed", "blocker": None, "note": "", "orders": 0,
        "own_ms": 8000, "took_ms": 20_000, "product_found": True, "guest": "offered", "steps": (),
        "shop_version": "1.0", "browser": "1.2", "at": datetime(2026, 1, 2, tzinfo=UTC),
    }  # fmt: skip
    return Walk.model_validate(facts | changed)


def mutate(name: str, place: Place = PRODUCT) -> BeautifulSoup:
    return BeautifulSoup(MUTATIONS[name].page(PAGE, place), "lxml")


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433), (50, 100, 0.4038, 0.5962), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_that_of_wilson(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_holds_the_share_and_is_symmetric(case: tuple[int, int]) -> None:
    successes, trials = case
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    assert wilson(trials - successes, trials) == pytest.approx((1 - high, 1 - low))


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def journey(*steps: tuple[StepIntent, bool]) -> JourneyEvidence:
    return JourneyEvidence(
        device=Device.DESKTOP, depth="payment", started_at=datetime(2026, 1, 2, tzinfo=UTC), ended="stuck",
        steps=tuple(Step(intent=intent, did="", confirmed=confirmed) for intent, confirmed in steps),
    )  # fmt: skip


def test_only_what_was_confirmed_counts_as_reached() -> None:
    opened = (StepIntent.OPEN, True)
    assert furthest(journey()) == ""
    assert furthest(journey(opened, (StepIntent.ADD_TO_CART, True), (StepIntent.OPEN_CART, False))) == "product"
    assert furthest(journey(opened, (StepIntent.REACH_PAYMENT, True), (StepIntent.EMPTY_CART, True))) == "payment"


def test_a_later_stage_includes_the_earlier_ones() -> None:
    reached = ["", "product", "checkout", "payment"]
    assert [passed(reached, stage) for stage in ("product", "cart", "checkout", "delivery", "payment")] == [
        3,
        2,
        2,
        1,
        1,
    ]


def test_the_table_counts_per_shop_and_over_all() -> None:
    table = by_stage([walk(), walk(language="fa", reached="cart"), walk(shop="demo", reached="")]).splitlines()
    assert table[0] == "|  | product | cart | checkout | address | delivery | payment |"
    cells = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]] for line in table[2:]}
    assert [cell.split()[0] for cell in cells["oscar"]] == ["2/2", "2/2", "1/2", "1/2", "1/2", "1/2"]
    assert cells["demo"] == ["0/1 (0–79 %)"] * 6
    assert cells["**all**"][5] == "1/3 (6–79 %)"


def test_mutations_are_counted_by_name() -> None:
    walks = [
        walk(mutation="overlay"),
        walk(mutation="overlay", shop="demo", reached="cart"),
        walk(mutation="mini cart"),
    ]
    table = by_mutation(walks)
    assert "| overlay | 1/1 | 0/1 | 1/2 (9–91 %) |" in table
    assert "| mini cart | 1/1 | – | 1/1 (21–100 %) |" in table


def test_orders_and_slow_walks_are_told() -> None:
    told = safety_and_time([walk(), walk(orders=1, own_ms=31_000)])
    assert "after 2 walks: **1**" in told
    assert "longest 31.0 s; 1 of 2 walks took longer" in told


def test_failures_are_named_with_what_was_refused_and_cannot_break_the_page() -> None:
    steps = ("add_to_cart: Pressed it", "  refused: Pressed “Next” It may order.")
    told = failures(
        [walk(), walk(reached="checkout", blocker="form-gate", note="It said <b>no</b>\n# now", steps=steps)]
    )
    assert told == (
        "* oscar pl: came as far as checkout; form-gate. It said &lt;b>no&lt;/b> # now "
        "refused: Pressed “Next” It may order."
    )


def test_a_run_goes_on_with_what_is_not_there_yet(tmp_path: Path) -> None:
    file = tmp_path / "out" / "walks.jsonl"
    assert read(file) == {}
    append(file, walk(reached="cart"))
    append(file, walk(language="fa"))
    append(file, walk(reached="payment"))
    assert [one.reached for one in read(file).values()] == ["payment", "payment"]


def test_publishing_replaces_only_what_is_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"# Accuracy\n\n{publishing.BEGIN}\nold\n{publishing.END}\n\nend\n")
    publishing.publish([walk(), walk(platform_facts=False, reached="cart")], page)
    written = page.read_text()
    assert written.startswith("# Accuracy\n")
    assert written.endswith("\n\nend\n")
    assert "old" not in written
    assert "oscar: 1.0, in pl" in written
    page.write_text("no markers")
    with pytest.raises(ValueError, match="needs the lines"):
        publishing.publish([walk()], page)


def test_hashed_names_agree_between_page_and_styles() -> None:
    page, style = (
        mutate("hashed names"),
        MUTATIONS["hashed names"].style(".btn:hover, #add { color: #fade00; width: 1.5em }"),
    )
    form, button, label, field = (page.select(tag)[0] for tag in ("form", "button", "label", "input"))
    assert form["id"] != "add"
    assert style == f".{button['class'][0]}:hover, #{form['id']} {{ color: #fade00; width: 1.5em }}"
    assert label["for"] == field["id"]


def test_buttons_become_divs_that_keep_their_words() -> None:
    page = mutate("div buttons")
    assert not page.select("button")
    assert [div.get_text() for div in page.select("[data-was=submit]")] == ["Add to cart"]


def test_the_first_size_is_sold_out_on_products_only() -> None:
    assert [one["value"] for one in mutate("first size sold out").select("form option")] == ["s", "m", "l"]
    bare = Place(path="/", add_form="#another", cookies={})
    assert not mutate("first size sold out", bare).select("option")


def test_only_the_checkout_goes_into_a_shadow_root() -> None:
    assert "attachShadow" in mutate("shadow checkout", CHECKOUT).select("body > script")[0].get_text()
    assert not mutate("shadow checkout").select("script")


def test_the_way_into_the_checkout_says_that_it_orders_only_before_the_checkout() -> None:
    assert "place order" in mutate("order label").select("body > script")[0].get_text()
    assert not mutate("order label", CHECKOUT).select("script")


def test_the_region_gate_opens_once() -> None:
    after = Place(path="/", add_form="#add", cookies={"region": "GB"})
    assert mutate("region gate").select("body > script")
    assert not mutate("region gate", after).select("script")


def test_a_strip_shows_every_step_that_has_a_picture_and_stays_small(tmp_path: Path) -> None:
    steps = []
    for place in range(6):
        noise = Image.effect_noise((1350, 940), 90).convert("RGB")
        noise.save(tmp_path / f"{place}.jpg")
        artifact = Artifact(path=f"{place}.jpg", sha256="0", bytes=1, mime="image/jpeg")
        steps.append(Step(intent=StepIntent.OPEN, did="Opened it", picture=artifact))
    steps.append(Step(intent=StepIntent.OPEN_CART, did="Opened the cart"))
    journey = JourneyEvidence(
        device=Device.DESKTOP, depth="cart", started_at=datetime(2026, 1, 2, tzinfo=UTC), steps=tuple(steps),
        ended="completed",
    )  # fmt: skip
    sheet = contact_sheet(tmp_path, journey)
    assert len(sheet) <= MOST_BYTES
    picture = Image.open(BytesIO(sheet))
    assert picture.width > 4 * WIDTH
    assert picture.height > 2 * WIDTH * 940 / 1350
    assert picture.height < 3 * WIDTH * 940 / 1350
