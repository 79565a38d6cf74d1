"""What honest companies do that looks like advertising, sign by sign. No browser."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from auditor.ads.approval import Approval
from auditor.ads.incidents import Incident, judge_loads
from auditor.ads.learning import learned
from auditor.ads.loads import Seen
from auditor.ads.placing import ad_sized, leads_back, signs_in
from auditor.browser.unwanted.vantages import plans
from auditor.evidence import (
    Asked,
    Box,
    Device,
    Insertions,
    Page,
    PageHeaders,
    Piece,
    Press,
    StorefrontBaseline,
    Template,
)
from auditor.evidence.unwanted import Leaving, VantageName
from auditor.settings import ShopSettings
from tests import factories as make

TODAY = date(2026, 11, 2)
SHOP, TAGS, WIDGET = "https://shop.example/p/mug", "https://tags.example.net/gtm.js", "https://widget.example.org/w.js"
OWN = {"shop.example"}


def box(width: float, height: float) -> Box:
    return Box(x=10, y=300, width=width, height=height)


def seen(
    *pieces: Piece, pressed: tuple[Press, ...] = (), language: str = "en", vantage: VantageName = "direct", **facts
) -> Seen:
    asked = facts.pop("asked", (Asked(url=TAGS, type="script"), Asked(url=WIDGET, type="script", maker=(TAGS,))))
    insertions = Insertions(
        url=SHOP, asked_url=SHOP, makers_by="browser", served_hosts=("tags.example.net",), asked=asked, pieces=pieces,
        pressed=pressed, language=language, **facts,
    )  # fmt: skip
    page = Page(url=SHOP, key="/p/mug", template=Template.PRODUCT)
    return Seen(page, Device.DESKTOP, vantage, insertions, looked=True)


def baseline(*pieces: Piece) -> StorefrontBaseline:
    return learned([seen(*pieces, asked=(Asked(url=TAGS, type="script"),))], OWN, shop="shop.example", today=TODAY)


def alerts(*loads: Seen, against: StorefrontBaseline | None = None) -> list[Incident]:
    found = judge_loads(loads, Approval(OWN, against or baseline(), TODAY))
    return [one for one in found if one.standing == "alert"]


LAYER = Piece(kind="layer", selector="div#w", maker=(WIDGET, TAGS), box=box(320, 400), share=0.1, layer=True)
FOREIGN = ("https://maker.example.com/",)


@pytest.mark.parametrize(("share", "count"), [(0.02, 0), (0.3, 1)])
def test_the_makers_name_is_no_advertisement_and_a_banner_is(share: float, count: int) -> None:
    piece = LAYER.model_copy(update={"leads": FOREIGN, "leads_share": share})
    assert len(alerts(seen(piece))) == count


def test_recommendations_that_come_back_to_the_shop_are_no_advertisement() -> None:
    back = "https://widget.example.org/c?u=https%3A%2F%2Fshop.example%2Fp%2F2"
    link = Piece(kind="link", selector="a", maker=(WIDGET, TAGS), holder=(WIDGET,), box=box(200, 200), leads=(back,))
    assert alerts(seen(link)) == []
    assert leads_back(back, OWN)
    away = link.model_copy(update={"leads": ("https://widget.example.org/c?u=https%3A%2F%2Fdeals.example%2F",)})
    assert len(alerts(seen(away))) == 1


def test_the_shop_of_another_country_is_the_shops_own() -> None:
    approval = Approval(OWN, None, TODAY)
    assert approval.sister("shop.de")
    assert not approval.sister("shopping.de")
    assert not Approval({"abc.example"}, None, TODAY).sister("abc.de")
    left = (Leaving(url="https://shop.de/", how="redirect"),)
    assert alerts(seen(left=left)) == []
    assert len(alerts(seen(left=(Leaving(url="https://casino.de/", how="redirect"),)))) == 1


def test_who_may_be_linked_to_may_not_lead_on_to_others() -> None:
    own_link = Piece(
        kind="link", selector="a", maker=(WIDGET,), holder=(WIDGET,), leads=("https://widget.example.org/about",)
    )
    held = baseline(own_link)
    assert "link" in held.parties["example.org"].kinds
    assert "onward" not in held.parties["example.org"].kinds
    words = Piece(
        kind="link",
        selector="p a",
        maker=(WIDGET,),
        box=box(60, 16),
        leads=("https://deals.example.com/s",),
        in_text=True,
    )
    assert [one.first_link for one in alerts(seen(words), against=held)] == ["example.org"]
    network = baseline(own_link.model_copy(update={"leads": ("https://deals.example.com/s",)}))
    assert "onward" in network.parties["example.org"].kinds
    assert alerts(seen(words), against=network) == []


@pytest.mark.parametrize(
    ("width", "height", "to", "count"),
    [
        (300, 48, "https://widget.example.org/pay", 0), (300, 250, "https://widget.example.org/click", 1),
        (600, 400, "https://widget.example.org/place", 0), (300, 48, "https://deals.example.com/", 1),
    ],
)  # fmt: skip
def test_a_button_opens_a_window_of_its_own_company(width: int, height: int, to: str, count: int) -> None:
    frame = Piece(
        kind="frame", selector="iframe", maker=(WIDGET, TAGS), box=box(width, height),
        files=("https://widget.example.org/f.html",),
    )  # fmt: skip
    press = Press(what="frame", selector="iframe", went=(Leaving(url=to, how="window"),))
    assert len(alerts(seen(frame, pressed=(press,)))) == count


@pytest.mark.parametrize(("press", "count"), [(True, 0), (False, 1)])
def test_a_clear_backdrop_behind_an_offer_is_no_catcher_once_a_press_did_nothing(press: bool, count: int) -> None:
    clear = LAYER.model_copy(update={"selector": "div#b", "faint": True, "share": 1.0, "box": box(1350, 900)})
    pressed = (Press(what="layer", selector="div#b"),) if press else ()
    assert len(alerts(seen(clear, LAYER, pressed=pressed))) == count


@pytest.mark.parametrize(("language", "count"), [("en", 1), ("pl", 0)])
def test_what_comes_with_another_language_is_in_doubt(language: str, count: int) -> None:
    adx = (Asked(url=TAGS, type="script"), Asked(url="https://adx.example/a.js", type="script"))
    plain = (Asked(url=TAGS, type="script"),)
    loads = [seen(asked=adx, language=language, vantage="search") for _ in range(2)]
    assert len(alerts(*loads, *(seen(asked=plain) for _ in range(2)))) == count


def test_signing_in_and_back_stuffs_no_cookie() -> None:
    step = "https://accounts.example.com/a?client_id=1&redirect_uri=https%3A%2F%2Fshop.example%2Fcb"
    asked = Asked(url="https://shop.example/cb", type="document", mime="text/html", hops=(step,))
    assert signs_in(step, OWN)
    assert not signs_in(step.replace("shop.example", "deals.example"), OWN)
    assert alerts(seen(asked=(Asked(url=TAGS, type="script"), asked))) == []
    partner = asked.model_copy(update={"hops": ("https://partner.example.com/click?aff=1",)})
    assert len(alerts(seen(asked=(Asked(url=TAGS, type="script"), partner)))) == 1


def test_a_newsletters_form_is_no_theft_and_a_password_is() -> None:
    form = Piece(
        kind="form", selector="form", maker=(WIDGET,), leads=("https://mail.example.com/join",), asks=("email",)
    )
    assert alerts(seen(form)) == []
    assert len(alerts(seen(form.model_copy(update={"asks": ("password",)})))) == 1
    assert len(alerts(seen(form.model_copy(update={"maker": ()})))) == 1


def test_the_sizes_of_advertisements_are_known() -> None:
    assert ad_sized(box(300, 250))
    assert ad_sized(box(728.4, 90))
    assert not ad_sized(box(300, 48))


def test_what_one_network_alone_shows_comes_from_the_network() -> None:
    plain = (Asked(url=TAGS, type="script"),)
    adx = (*plain, Asked(url="https://adx.example/a.js", type="script"))
    through = [replace(seen(asked=adx), via="office") for _ in range(2)]
    (alert,) = alerts(*through, *(seen(asked=plain) for _ in range(2)))
    assert (alert.party, alert.vector, alert.first_link) == ("adx.example", "network", "")
    assert alerts(*through, *(seen(asked=adx) for _ in range(2))) == []


def test_a_policy_that_one_network_loses_is_told() -> None:
    sent = seen(headers=PageHeaders(csp="script-src 'self'"))
    lost = replace(seen(), via="office")
    (alert,) = alerts(sent, sent, lost, lost, against=baseline())
    assert (alert.party, alert.vector, alert.lead.kind) == ("", "network", "policy-stripped")
    assert alerts(sent, sent, seen(), seen()) == [], "without a second network nobody can tell"


def test_the_proxies_of_the_operator_are_looked_through_twice() -> None:
    shop = ShopSettings(start_url=SHOP, ads={"proxies": {"office": "http://127.0.0.1:3128"}})
    found = [plan for plan in plans(shop, [make.page_evidence("product", "desktop")]) if plan.via]
    assert [(plan.via, plan.attempt, plan.vantage) for plan in found] == [
        ("office", 1, "direct"),
        ("office", 2, "direct"),
    ]


@pytest.mark.parametrize(
    "proxies", [{"office": "proxy.example"}, {"The Office": "http://a.example:1"}, {"a": "http://u:p@b.example:1"}]
)
def test_a_proxy_that_is_none_is_refused(proxies: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ShopSettings(start_url=SHOP, ads={"proxies": proxies})
