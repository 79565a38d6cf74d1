"""Getting into a preview, and what is kept the same from look to look."""

import gzip
import json
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from pydantic import SecretStr, ValidationError

from auditor.browser.pinning import foreign
from auditor.browser.session import BrowserSession
from auditor.cli.gate_sides import side_settings
from auditor.evidence import Device
from auditor.gate.conditions import conditions_of
from auditor.gate.policy import AccessReferences, GateConfig
from auditor.gate.redaction import Redactor
from auditor.gate.waiting import wait_until_up
from auditor.progress import Silent
from auditor.settings import Access, Pinned, ShopSettings
from tests.browser_site import page, serving

URL = "https://preview.shop.example/"
LONG_AGO = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


def settings(shop: dict[str, object] | None = None, secrets: list[str] | None = None, **given: object) -> ShopSettings:
    config = GateConfig(version=1, shop=shop or {})
    asked = {"profile": "ci-fast", "allow_private": None} | given
    return side_settings(config, asked, URL, AccessReferences(), [] if secrets is None else secrets, LONG_AGO)


def test_a_gate_walks_the_guests_journey_only_and_what_the_file_says_of_journeys_is_added():
    assert settings().journey.walk == ("buy",)
    shop = settings({"journey": {"variant": {"size": "M"}}, "speed": {"budgets": []}})
    assert (shop.journey.walk, shop.journey.variant, shop.speed.runs) == (("buy",), {"size": "M"}, 0)
    assert settings({"journey": {"walk": ["search", "buy"]}}).journey.walk == ("search", "buy")


def test_a_panel_in_the_file_is_taken_whole():
    assert settings({"panel": {"home": 1}}).panel == {"home": 1}


def test_both_sides_are_told_the_same_time_zone_and_locale():
    pinned = settings().pinned
    assert (pinned.clock, pinned.zone, pinned.locale) == (LONG_AGO, "UTC", "en-US")
    assert settings({"pinned": {"zone": "Europe/Warsaw"}}).pinned.clock == LONG_AGO
    with pytest.raises(ValidationError, match="no time zone"):
        Pinned(zone="Mars/Base")


def test_what_is_pinned_and_walked_is_part_of_what_sides_are_compared_by():
    plain = conditions_of(settings(), "ci-fast")
    assert plain["journeys"] == "buy"
    stubbed = settings({"pinned": {"third_parties": "stubbed", "keep": ["cdn.example.net"]}})
    assert conditions_of(stubbed, "ci-fast")["third parties"] == "stubbed, but cdn.example.net"
    later = stubbed.model_copy(update={"pinned": stubbed.pinned.model_copy(update={"clock": datetime.now(UTC)})})
    assert conditions_of(later, "ci-fast") == conditions_of(stubbed, "ci-fast"), "a baseline is older than a release"


@pytest.mark.parametrize(
    ("url", "strange"),
    [
        ("https://preview.example.com/p/lamp?x=1", False),
        ("http://example.com:8080/", False),
        ("https://cdn.example.com", False),
        ("https://assets.cdn.example.net/a.js", False),
        ("https://example.com.evil.example/", True),
        ("https://notexample.com/", True),
        ("https://evil.example/?https://example.com/", True),
        ("https://evil.example/example.com/", True),
        ("data:text/css,", False),
    ],
)
def test_a_stranger_is_known_by_its_site(url, strange):
    assert bool(foreign("https://preview.example.com/", ("cdn.example.net",)).match(url)) is strange


STATE = {
    "cookies": [],
    "origins": [
        {
            "origin": "https://preview.shop.example",
            "localStorage": [
                {"name": "auth", "value": json.dumps({"user": "me", "held": json.dumps({"t": "Canary-token-long-1"})})},
                {"name": "theme", "value": "dark"},
            ],
        },
        {"origin": "https://preview.shop.example:444", "localStorage": [{"name": "a", "value": "Canary-elsewhere-22"}]},
    ],
}


def test_of_a_storage_state_the_origins_local_storage_is_held_and_its_tokens_are_secrets(tmp_path):
    (tmp_path / "state.json").write_text(json.dumps(STATE))
    secrets: list[str] = []
    access = settings(None, secrets, storage_state=f"file:{tmp_path / 'state.json'}").access
    assert set(access.local_storage) == {"auth", "theme"}
    assert secrets == ["Canary-token-long-1"]
    assert "Canary" not in repr(access)


def test_packed_files_are_redacted_and_what_was_packed_by_half_is_removed(tmp_path):
    whole = gzip.compress(b"<p>Canary-token-1</p>" * 500, mtime=0)
    (tmp_path / "a.html.gz").write_bytes(whole)
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(json.dumps({"https://x/?Canary-token-1": 1}).encode(), mtime=0))
    (tmp_path / "c.html.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "d.jpg").write_bytes(b"\xff\xd8")
    Redactor(["Canary-token-1"]).files(tmp_path)
    assert gzip.decompress((tmp_path / "a.html.gz").read_bytes()) == b"<p>[secret]</p>" * 500
    assert json.loads(gzip.decompress((tmp_path / "b.json.gz").read_bytes())) == {"https://x/?[secret]": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html.gz", "b.json.gz", "d.jpg"]


@pytest.mark.server
async def test_a_preview_that_is_not_found_without_its_token_is_up_for_who_has_it():
    async def guarded(request: web.Request) -> web.Response:
        known = request.headers.get("X-Token") == "t0" and request.cookies.get("pass") == "c0"
        return web.Response(status=200 if known and "Authorization" in request.headers else 404)

    async with serving({"/": guarded}) as preview:
        shop = ShopSettings(start_url=f"{preview.url}/", allow_private=True)
        assert "answers 404" in await wait_until_up(shop, 0, Silent())
        access = Access(
            basic=SecretStr("me:pw"), headers={"X-Token": SecretStr("t0")}, cookies={"pass": SecretStr("c0")}
        )
        assert await wait_until_up(shop.model_copy(update={"access": access}), 0, Silent()) == ""


@pytest.mark.server
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:{}/", "the connection was refused"),
        ("https://127.0.0.1:{}/", "the connection was refused"),
        ("https://no-such-preview.invalid/", "its name is not known"),
    ],
)
async def test_a_preview_that_is_not_there_is_told_from_one_that_answers_with_an_error(url, says):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        shop = ShopSettings(start_url=url.format(unused.getsockname()[1]), allow_private=True)
        assert await wait_until_up(shop, 0, Silent()) == f"{shop.start_url.split('/')[2]} does not answer: {says}"


@pytest.mark.server
async def test_a_preview_that_comes_up_late_is_waited_for():
    asked = 0

    async def late(_request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=503 if asked == 1 else 200)

    async with serving({"/": late}) as preview:
        shop = ShopSettings(start_url=f"{preview.url}/", allow_private=True)
        assert await wait_until_up(shop, 60, Silent()) == ""
    assert asked == 2


@pytest.mark.browser
async def test_pages_are_told_the_pinned_time_keep_their_storage_and_get_nothing_from_strangers():
    async with serving() as elsewhere, serving() as preview:
        strange = elsewhere.url.replace("127.0.0.1", "localhost")
        elsewhere.pages["/t.js"] = web.Response(text="window.strange = 1", content_type="application/javascript")
        preview.pages["/"] = page(f"<script src='{strange}/t.js'></script><img id=dot src='{strange}/9x9.jpg'><p>x</p>")
        shop = ShopSettings(
            start_url=f"{preview.url}/",
            allow_private=True,
            access=Access(local_storage={"basket": SecretStr("seven")}),
            pinned=Pinned(clock=LONG_AGO, zone="Asia/Tehran", locale="fa-IR", third_parties="stubbed"),
        )
        async with BrowserSession(shop, proxy=None) as session:
            shopper = await session.shopper(Device.MOBILE)
            assert shopper.context is not None
            tab = await shopper.context.new_page()
            await tab.goto(shop.start_url)
            told = await tab.evaluate(
                "[Date.now(), +new Date, new Date().constructor === Date, new Date(5).getTime(), Date() === String(new Date),"
                " Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language, localStorage.basket,"
                " typeof strange, dot.naturalWidth, matchMedia('(prefers-reduced-motion: reduce)').matches]"
            )
    begins = LONG_AGO.timestamp() * 1000
    assert all(begins <= moment < begins + timedelta(minutes=1).total_seconds() * 1000 for moment in told[:2])
    assert told[2:] == [True, 5, True, "Asia/Tehran", "fa-IR", "seven", "undefined", 1, True]
    assert elsewhere.asked == []
