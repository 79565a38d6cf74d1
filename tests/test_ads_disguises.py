"""What disguises itself, and what only looks as if it did, sign by sign. No browser."""

from datetime import date
from typing import Any

import pytest

from auditor.ads.approval import Approval
from auditor.ads.baseline_file import approve
from auditor.ads.false_messages import imitates_system
from auditor.ads.incidents import Incident, judge_loads
from auditor.ads.parties import akin
from auditor.browser.unwanted.contents import asks_in, tucked_away
from auditor.browser.unwanted.experimental import STYLES
from auditor.browser.unwanted.pieces import PieceFinder
from auditor.browser.unwanted.snapshot import Document
from auditor.evidence import Asked, Piece, Press
from auditor.evidence.unwanted import Leaving
from tests.test_ads_honest import LAYER, OWN, TAGS, WIDGET, alerts, baseline, box, seen

AWAY = ("https://deals.example.com/go",)
Place = tuple[float, float, float, float]
Element = tuple[str, int, dict[str, str], Place, dict[str, str]]
"""Its name, the place of its parent, its attributes, its box and its styles."""
FRAME = Piece(kind="frame", selector="iframe", maker=(TAGS,), box=box(320, 44))


def kinds(incidents: list[Incident]) -> set[str]:
    return {sign.kind for one in incidents for sign in one.signs}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("chat.example", "chatcdn.example.net", True),
        ("chat.example", "chat.example.net", True),
        ("cdn-chat.example", "chat.example", True),
        ("tag.example", "tag.example", True),
        ("tag.example", "tagger.example", False),
        ("adx.example", "deals.example", False),
    ],
)
def test_companies_with_one_name_are_told(one: str, other: str, same: bool) -> None:
    assert akin(one, other) is same


@pytest.mark.parametrize(("home", "count"), [("partner.invalid", 1), ("widget-cdn.example", 0)])
def test_a_hidden_frame_of_the_makers_own_second_domain_is_not_slipped_in(home: str, count: int) -> None:
    maker = ("https://js.widget.example/w.js", TAGS)
    frame = FRAME.model_copy(update={"maker": maker, "hidden": True, "files": (f"https://{home}/sync",)})
    assert len(alerts(seen(frame))) == count


@pytest.mark.parametrize(("share", "count"), [(0.05, 0), (0.9, 1)])
def test_the_words_of_a_cookie_notice_do_not_excuse_one_large_link(share: float, count: int) -> None:
    notice = LAYER.model_copy(update={"consent": True, "leads": AWAY, "leads_share": share, "box": box(1350, 220)})
    assert len(alerts(seen(notice))) == count


@pytest.mark.parametrize(("maker", "count"), [((TAGS,), 1), (("https://js.securepay.invalid/v3.js",), 0)])
def test_a_frame_for_card_numbers_is_an_alert_where_others_put_it_in(maker: tuple[str, ...], count: int) -> None:
    frame = FRAME.model_copy(
        update={"maker": maker, "asks": ("card",), "files": ("https://js.securepay.invalid/f.html",)}
    )
    assert ("asks-secrets" in kinds(alerts(seen(frame)))) is bool(count)


def test_links_hidden_in_lots_are_one_incident() -> None:
    links = [
        Piece(kind="link", selector="a", box=box(9, 2), leads=(f"https://{name}.invalid/",), off_screen=True, text=name)
        for name in ("pills", "loans", "replica")
    ]
    (one,) = alerts(seen(*links))
    assert (one.party, set(one.leads)) == ("pills.invalid", {"pills.invalid"})


def test_a_newcomer_that_another_newcomer_brings_in_is_told_with_it() -> None:
    rates = Asked(url="https://rates.invalid/latest", type="fetch", maker=(WIDGET,))
    asked = (Asked(url=TAGS, type="script"), Asked(url=WIDGET, type="script", maker=(TAGS,)), rates)
    found = judge_loads((seen(asked=asked),), Approval(OWN, baseline(), date(2026, 11, 2)))
    assert [one.party for one in found if one.standing == "review"] == ["example.org"]
    approved = approve(baseline(), found[0], why="prices", by="anna", on=date(2026, 11, 2), until=date(2027, 1, 1))
    assert {"example.org", "rates.invalid"} <= set(approved.parties)
    later = judge_loads((seen(asked=asked),), Approval(OWN, approved, date(2026, 11, 3)))
    assert [one for one in later if one.standing == "review"] == []
    served = judge_loads(
        (seen(asked=(*asked[:2], rates.model_copy(update={"maker": ()}))),),
        Approval(OWN, baseline(), date(2026, 11, 2)),
    )
    assert {one.party for one in served if one.standing == "review"} == {"example.org", "rates.invalid"}


def test_a_program_that_opens_unasked_is_an_alert_and_a_telephone_is_not_recorded() -> None:
    gone = (Leaving(url="market://details?id=x", how="app"),)
    (one,) = alerts(seen(left=gone))
    assert one.lead.kind == "app-unasked"
    assert one.party == "example.org", "the one unknown company whose script runs"


def test_a_press_beside_the_page_that_opens_a_window_is_the_listeners_deed() -> None:
    press = Press(what="link", selector="body", went=(Leaving(url=AWAY[0], how="window"),), listeners=(WIDGET,))
    (one,) = alerts(seen(pressed=(press,)))
    assert (one.lead.kind, one.party) == ("window-on-press", "example.org")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Twój komputer został zablokowany. Zadzwoń do pomocy", True),
        ("Your computer has been locked", True),
        ("رایانهٔ شما قفل شد", True),
        ("Your Chrome is out of date", True),
        ("Press Windows + R, then CTRL + V", True),
        ("Unlocked phones and computer parts", False),
        ("Cookies are blocked in your settings", False),
        ("Free delivery from 50 EUR", False),
    ],
)
def test_messages_in_the_name_of_the_system_are_told(text: str, told: bool) -> None:
    assert imitates_system(text) is told


def page(*elements: Element) -> dict[str, Any]:
    """A snapshot."""
    strings: list[str] = []

    def text(value: str) -> int:
        if value not in strings:
            strings.append(value)
        return strings.index(value)

    plain = {
        "position": "static",
        "opacity": "1",
        "visibility": "visible",
        "font-size": "16px",
        "overflow-y": "visible",
    }
    nodes = {
        "parentIndex": [one[1] for one in elements],
        "nodeName": [text(one[0]) for one in elements],
        "nodeType": [3 if one[0] == "#text" else 1 for one in elements],
        "nodeValue": [text(one[2].get("value", "")) for one in elements],
        "attributes": [[text(part) for pair in one[2].items() for part in pair] for one in elements],
        "backendNodeId": list(range(1, len(elements) + 1)),
    }
    layout = {
        "nodeIndex": list(range(len(elements))),
        "bounds": [list(one[3]) for one in elements],
        "styles": [[text((plain | one[4]).get(name, "")) for name in STYLES] for one in elements],
    }
    document = {"nodes": nodes, "layout": layout, "documentURL": text("https://shop.example/p"), "baseURL": text("")}
    return {"documents": [document], "strings": strings}


BODY: Element = ("body", -1, {}, (0, 0, 1350, 2000), {})
LINE = (10, 10, 120, 20)


@pytest.mark.parametrize(
    ("around", "room", "styles", "place", "hidden"),
    [
        ({"overflow-y": "hidden"}, (10, 10, 1, 1), {}, LINE, True),
        ({"overflow-y": "hidden"}, (10, 10, 500, 0), {}, LINE, False),
        ({}, (10, 10, 500, 20), {"font-size": "1px"}, (10, 10, 14, 2), True),
        ({}, (10, 10, 500, 40), {"font-size": "0px"}, (10, 10, 32, 32), False),
        ({}, (10, 10, 500, 20), {}, LINE, False),
    ],
    ids=["cut to a dot", "closed accordion", "tiny letters", "picture with hidden words", "plain"],
)
def test_a_link_that_is_cut_off_or_written_too_small_is_tucked_away(
    around: dict[str, str], room: Place, styles: dict[str, str], place: Place, hidden: bool
) -> None:
    link = ("a", 1, {"href": "https://pills.example.com/"}, place, styles)
    snapshot = page(BODY, ("div", 0, {}, room, around), link)
    assert tucked_away(Document(snapshot, 0, 1350, 940), 2) is hidden


def test_links_of_drawings_and_the_fields_of_a_document_are_read() -> None:
    drawn: Element = ("a", 0, {"xlink:href": "https://deals.example.com/svg"}, LINE, {})
    field: Element = ("input", 0, {"autocomplete": "cc-number"}, LINE, {})
    snapshot = page(BODY, drawn, field)
    (link,) = PieceFinder(snapshot, (1350, 940), {"shop.example"}, (), None).all()
    assert link.facts["leads"] == ("https://deals.example.com/svg",)
    assert asks_in(Document(snapshot, 0, 1350, 940)) == ("card",)


@pytest.mark.parametrize(("html", "served"), [("<p>A mug of&nbsp;clay.</p>", True), ("<p></p>", False)])
def test_words_around_a_link_are_the_shops_where_its_html_holds_them(html: str, served: bool) -> None:
    paragraph: Element = ("p", 0, {}, (0, 0, 500, 40), {})
    words: Element = ("#text", 1, {"value": "A mug  of clay."}, LINE, {})
    link: Element = ("a", 1, {"href": "https://deals.example.com/"}, LINE, {})
    found = PieceFinder(page(BODY, paragraph, words, link), (1350, 940), {"shop.example"}, (), None, html).all()
    (one,) = [piece for piece in found if piece.kind == "link"]
    assert one.beside_served is served
    assert one.facts["in_text"]


def test_without_a_baseline_the_disguises_count_too() -> None:
    notice = LAYER.model_copy(update={"consent": True, "leads": AWAY, "leads_share": 0.9, "box": box(1350, 220)})
    found = judge_loads((seen(notice),), Approval(OWN, None, date(2026, 11, 2)))
    assert [one.standing for one in found] == ["alert"]
