"""Walked journeys in the reports: the strip of steps, how it ended, what it cost and what is left of it."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from auditor.evidence import Device
from auditor.evidence.journey import Blocker, StepIntent
from auditor.result import AuditResult, Journey
from auditor.run_folder import RunFolder
from reports.html import html_report
from reports.journey_words import BLOCKERS, INTENTS
from reports.journeys import MOST_STEPS, effort_rows
from reports.markdown import markdown_report
from reports.view import view_of
from tests.factories.journeys import bought, steps, stuck
from tests.factories.results import sample
from tests.test_reports import PAYLOADS


@pytest.fixture
def audited(tmp_path: Path) -> tuple[AuditResult, RunFolder]:
    return sample(tmp_path / "run", pictures=False)


def walking(result: AuditResult, *journeys: Journey) -> AuditResult:
    return result.model_copy(update={"journeys": journeys})


def html_of(audited: tuple[AuditResult, RunFolder], *journeys: Journey) -> BeautifulSoup:
    result, folder = audited
    return BeautifulSoup(html_report(view_of(walking(result, *journeys), folder), folder.path), "lxml")


def markdown_of(audited: tuple[AuditResult, RunFolder], *journeys: Journey, **options: int) -> str:
    result, folder = audited
    return markdown_report(view_of(walking(result, *journeys), folder), **options)


def told(tag: BeautifulSoup, selector: str) -> str:
    found = tag.select_one(selector)
    assert found is not None, f"nothing is {selector}"
    return " ".join(found.text.split())


def hostile_journey(text: str) -> Journey:
    fields = {"did": text, "because": [text], "reached": text, "effect": [text], "picture": text, "intent": text}
    return bought(
        ended="stuck", stuck_at=text, blocker=text, reached=text, why=text, product=text, guest=text,
        refused_requests=(text,), traces=(text,), beyond_robots=(text,), effort={text: 1.0, "clicks": 2},
        steps=tuple(step | fields for step in steps(Device.MOBILE)),
    )  # fmt: skip


def test_every_intent_and_blocker_has_words():
    assert set(INTENTS) == set(StepIntent)
    assert set(BLOCKERS) == set(Blocker)


def test_each_step_is_told_in_order_with_what_it_cost(audited):
    strip = html_of(audited, bought()).select(".strip.mobile > .step")
    assert [told(step, "h4") for step in strip[:4]] == [
        "1 Open the product page", "2 Close what covers the page", "3 Choose a variant",
        "4 Put the product into the cart",
    ]  # fmt: skip
    text = " ".join(strip[7].text.split())
    for part in (
        "Filled 3 fields",
        "Confirmed: the next step is shown",
        "The shop took 1.1 s",
        "1 click, 31 keys, 5 fields",
    ):
        assert part in text
    assert strip[4].select_one("details a")["href"] == "https://shop.example/cart"


def test_each_device_has_its_strip_with_pictures_of_its_shape(audited):
    folder = audited[1].path
    page = html_of(audited, bought(Device.DESKTOP, folder), bought(Device.MOBILE, folder))
    assert [told(article, "h3") for article in page.select(".journey")] == [
        "Buy as a guest, desktop", "Buy as a guest, phone",
    ]  # fmt: skip
    wide, tall = page.select_one(".strip.desktop img"), page.select_one(".strip.mobile img")
    assert int(wide["width"]) > int(wide["height"])
    assert int(tall["width"]) < int(tall["height"])
    assert tall["src"].startswith("data:image/jpeg;base64,")
    assert tall["alt"] == "Screenshot, phone, after step 1: Open the product page"
    assert len(page.select(".strip img")) == 24


def test_pictures_that_are_missing_broken_or_elsewhere_are_left_out(audited, tmp_path):
    Image.new("RGB", (412, 823)).save(tmp_path / "outside.jpg")
    broken = audited[1].path / "journeys" / "broken.jpg"
    broken.parent.mkdir()
    broken.write_bytes(b"\xff\xd8 no picture")
    names = (None, "journeys/gone.jpg", "journeys/broken.jpg", "../outside.jpg", str(tmp_path / "outside.jpg"))
    changed = tuple(step | {"picture": name} for step, name in zip(steps(Device.MOBILE), names, strict=False))
    page = html_of(audited, bought(steps=changed))
    assert page.select(".strip img") == []
    assert len(page.select(".step .nopicture")) == 5


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Stuck at “Choose the delivery”, because the shop offers no delivery there."),
        ({"blocker": None}, "Stuck at “Choose the delivery”."),
        ({"stuck_at": None}, "Stuck, because the shop offers no delivery there."),
        ({"stuck_at": "moon", "blocker": "dragon"}, "Stuck."),
        (
            {"ended": "forbidden", "stuck_at": "fill_address", "blocker": "interlock"},
            "Stopped for safety at “Give the address”, because going on might have placed an order.",
        ),
        ({"ended": "completed", "stuck_at": None, "blocker": None}, "Completed: a guest gets to the checkout."),
        ({"ended": "completed", "steps": steps(Device.DESKTOP)}, "Completed: a guest gets to the payment step."),
        ({"ended": "completed", "steps": steps(Device.DESKTOP, count=5)}, "Completed: a guest gets to the cart."),
        ({"ended": "completed", "steps": ()}, "Completed."),
    ],
)
def test_one_sentence_says_how_it_ended(audited, fields, sentence):
    assert told(html_of(audited, stuck(why="", **fields)), ".outcome") == sentence
    assert sentence in markdown_of(audited, stuck(why="", **fields))


def test_an_unconfirmed_step_is_marked(audited):
    page = html_of(audited, stuck())
    assert [told(step, "h4") for step in page.select(".step.unconfirmed")] == ["10 Choose the delivery"]
    assert "Nothing confirmed it." in told(page, ".step.unconfirmed")
    assert "no delivery to IR" in told(page, ".outcome bdi")


def test_what_was_refused_is_proof_of_no_order(audited):
    page = html_of(audited, bought())
    assert "0 orders were placed: what might have placed one was kept from leaving." in told(page, ".truth")
    assert "3 requests were kept from leaving" in told(page, ".truth summary")
    assert "POST https://shop.example/order: places an order × 2" in told(page, ".truth details")
    assert "nothing had to be kept from leaving" in told(html_of(audited, stuck()), ".truth")


def test_a_sign_of_an_order_is_never_called_no_order(audited):
    journey = bought(ended="forbidden", blocker="tripped", stuck_at="reach_payment")
    page, text = html_of(audited, journey), markdown_of(audited, journey)
    assert "There was a sign that an order was placed." in told(page, ".truth .mark")
    assert "There was a sign that an order was placed." in text
    assert "0 orders" not in page.text + text


def test_what_may_remain_and_which_pages_were_beyond_robots(audited):
    page = html_of(audited, bought(), stuck())
    first, second = (" ".join(each.text.split()) for each in page.select(".truth"))
    for part in (
        "Cart afterwardsemptied", "an abandoned checkout of a test identity", "https://shop.example/checkout",
        "2 pages that robots.txt keeps from crawlers were opened, as authorised", "صندلی گردو", "offered beside an account",
    ):  # fmt: skip
        assert part in first
    assert "not emptied: it may still hold the product" in second
    clean = html_of(audited, bought(cleaned_up=None, traces=(), beyond_robots=(), product="", guest=""))
    assert not re.search("Cart afterwards|May remain|robots|Product|guest", told(clean, ".truth"))


def test_effort_shows_ranges_units_and_only_the_own_device():
    effort = {"phone_high_s": 75.0, "phone_s_low": 52.5, "desktop_low_s": 1.0, "waits_ms": 1500.0, "keys": 1062.0,
              "taps_missed": 2.0, "clicks": float("nan"), "<b>": 1.0}  # fmt: skip
    assert effort_rows(effort, Device.MOBILE) == (
        ("Keys", "1,062"), ("Waiting for the shop", "1.5 s"), ("Hands-on time, estimated", "52.5 to 75 s"),
        ("Taps missed", "2"),
    )  # fmt: skip


def test_not_walked_journeys_stay_in_the_table(audited):
    result, _folder = audited
    page = html_of(audited, bought(), *(each for each in result.journeys if each.name != "buy"))
    assert len(page.select(".journey")) == 1
    rows = page.select("#journeys tbody tr")
    assert [told(row, "th") for row in rows] == ["Search for a product", "Browse to a product"]
    without = html_of(audited, *result.journeys)
    assert without.select(".journey") == []
    assert "## Journeys" not in markdown_of(audited, *result.journeys)
    assert html_of(audited, bought()).select("#journeys table") == []


def test_a_step_that_cannot_be_read_is_said_and_many_are_counted(audited):
    odd = (
        {},
        {"intent": "open", "waited_ms": -1},
        {"intent": "fly", "did": "Flew", "extra": 1},
        *steps(Device.MOBILE) * 4,
    )
    page = html_of(audited, bought(steps=odd))
    names = [told(step, "h4") for step in page.select(".step")]
    assert names[:3] == ["1 A step that cannot be read", "2 A step that cannot be read", "3 Another step"]
    assert len(names) == MOST_STEPS
    assert f"{len(odd) - MOST_STEPS} more steps are in report.json." in told(page, ".journey")
    assert "No step was recorded." in told(html_of(audited, stuck(steps=())), ".journey")


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_shop_stays_text_in_a_strip(audited, text):
    page = html_of(audited, hostile_journey(text))
    assert len(page.select(".step")) == 12
    assert page.select("script, iframe, object, embed, base, link, form, .journey img") == []
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert all(link["href"].startswith(("#", "https://", "http://")) for link in page.select("a[href]"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]", page.text)
    assert max(len(word) for word in page.body.text.split()) < 1300
    plain = BeautifulSoup(str(page.select_one(".journey")), "lxml")
    for isolated in plain.select("bdi"):
        isolated.decompose()
    assert not re.search(r"window|evil|x{50}|چراغ|count\)s", plain.text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_shop_stays_in_code_spans_of_a_list_of_steps(audited, text):
    written = markdown_of(audited, hostile_journey(text))
    outside = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", written)
    assert not re.search(r"<(?!https://)|@|!\[|javascript:|evil\.example|x{50}|window", outside)
    assert "1. Another step" in outside


def test_markdown_lists_the_steps_between_scores_and_findings(audited):
    text = markdown_of(audited, bought(), stuck())
    assert text.index("## Scores") < text.index("## Journeys") < text.index("## Findings")
    assert (
        "4. Put the product into the cart · `Pressed “افزودن به سبد خرید”, and the cart took it` · the shop took"
        in text
    )
    assert "10. Choose the delivery · `Pressed “ادامه”` · nothing confirmed it" in text
    assert "- 0 orders were placed. Requests kept from leaving: 3" in text
    assert "Hands-on time, estimated: 52.5 to 75 s" in text


def test_markdown_with_journeys_keeps_within_its_budget(audited):
    assert len(markdown_of(audited, *[bought()] * 60)) <= 65_536
