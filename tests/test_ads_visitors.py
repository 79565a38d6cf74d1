"""What visitors' browsers report: the script's size, the receiver's limits, the rate."""

import asyncio
import json
from datetime import date
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from pydantic import ValidationError
from starlette.applications import Starlette

from auditor.cli.ads import ads
from auditor.schedule.files import Files
from auditor.schedule.model import Schedules, Shops
from auditor.store import open_store
from auditor.visitors.receiver import ALL_MINUTE, CLIENT_MINUTE, MOST_BODY, MOST_CLIENTS, Limiter, make_receiver
from auditor.visitors.reports import MOST_DAY_BYTES, ReportFolder, VisitorReport, rate_of
from auditor.visitors.snippet import MOST_BYTES, compressed_bytes, snippet, tag
from auditor.web.app import make_app
from auditor.web.site import Site

SHOP = "https://shop.example"
DAY = date(2026, 11, 2)
AD = {"t": "div", "h": ["deals.example.com"], "a": 2, "c": 1}


def report(*events: dict[str, object], first: int = 1, met: int | None = None) -> dict[str, object]:
    return {"v": 1, "p": "product", "f": first, "i": bool(events) if met is None else met, "e": list(events)}


def asked(
    app: Starlette, method: str, headers: dict[str, str], content: bytes = b"", path: str = "/report"
) -> httpx.Response:
    async def once() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://visitors.test") as client:
            return await client.request(method, path, headers=headers, content=content)

    return asyncio.run(once())


def posted(client: Starlette, body: object, **headers: str) -> int:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return asked(client, "POST", {"Origin": SHOP, **headers}, sent).status_code


@pytest.fixture
def folder(tmp_path: Path) -> ReportFolder:
    return ReportFolder(tmp_path / "visitors")


@pytest.fixture
def client(folder: ReportFolder) -> Starlette:
    return make_receiver(folder, [SHOP + "/"])


def test_the_script_is_small_and_its_comments_stay_at_home() -> None:
    assert compressed_bytes() <= MOST_BYTES
    assert "//" not in snippet().replace("://", "")


def test_the_tag_escapes_what_it_is_given() -> None:
    assert "<b>" not in tag("https://shop.example/s.js", "https://shop.example/r", ('"><b>',))


def test_a_report_is_kept_and_read_again(client: Starlette, folder: ReportFolder) -> None:
    assert posted(client, report(AD)) == 204
    ((_, kept),) = folder.read()
    assert kept.e[0].h == ("deals.example.com",)


def test_only_the_shops_own_pages_may_report(client: Starlette, folder: ReportFolder) -> None:
    assert posted(client, report(), Origin="https://elsewhere.example") == 403
    answer = asked(client, "OPTIONS", {"Origin": SHOP, "Access-Control-Request-Method": "POST"})
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert not list(folder.read())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"{", 422), (b"[" * 4000, 422), (b"\xff\xfe", 422), (b"null", 422), (b"x" * (MOST_BODY + 1), 413),
        ({**report(), "user": "anna"}, 422), ({**report(), "p": "a page with words"}, 422), ({**report(), "v": 2}, 422),
        (report({**AD, "h": ["https://deals.example.com/?user=1"]}), 422), (report({**AD, "t": "x" * 99}), 422),
        (report(*[AD] * 11), 422),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(client: Starlette, folder: ReportFolder, body: object, status: int) -> None:
    assert posted(client, body) == status
    assert not list(folder.read())


def test_a_flood_is_cut_off_and_what_was_taken_is_kept(folder: ReportFolder) -> None:
    flooded = make_receiver(folder, [SHOP], Limiter(clock=lambda: 0.0))
    answers = [posted(flooded, report()) for _ in range(CLIENT_MINUTE + 5)]
    assert answers == [204] * CLIENT_MINUTE + [429] * 5
    assert len(list(folder.read())) == CLIENT_MINUTE


def test_a_flood_from_many_addresses_is_bounded_too() -> None:
    limiter = Limiter(clock=lambda: 0.0)
    taken = sum(limiter.takes(f"10.0.{number // 256}.{number % 256}") for number in range(ALL_MINUTE + MOST_CLIENTS))
    assert taken == ALL_MINUTE
    assert len(limiter._clients) <= MOST_CLIENTS


def test_a_bucket_fills_again_with_time() -> None:
    now = [0.0]
    limiter = Limiter(clock=lambda: now[0])
    assert sum(limiter.takes("a") for _ in range(100)) == CLIENT_MINUTE
    now[0] = 30.0
    assert sum(limiter.takes("a") for _ in range(100)) == CLIENT_MINUTE // 2


def test_a_full_day_takes_no_more(folder: ReportFolder) -> None:
    one = VisitorReport.model_validate(report())
    assert folder.add(one, DAY)
    (folder.path / f"{DAY}.jsonl").write_bytes(b"x" * (MOST_DAY_BYTES + 1))
    assert not folder.add(one, DAY)


def test_the_rate_counts_sessions_and_hides_rare_hosts(folder: ReportFolder) -> None:
    rare = {**AD, "h": ["rare.example.org"]}
    for number in range(200):
        events = [AD] if number < 8 else [rare] if number < 10 else []
        folder.add(VisitorReport.model_validate(report(*events)), DAY)
        folder.add(VisitorReport.model_validate(report(*events, first=0, met=0)), DAY)
    with (folder.path / f"{DAY}.jsonl").open("a") as lines:
        lines.write('{"v":1,"p":"pro')
    rate = rate_of(folder)
    assert rate is not None
    assert (rate.sessions, rate.met) == (200, 10)
    assert rate.low < 0.05 < rate.high
    assert rate.hosts == {"deals.example.com": 16}


def test_without_reports_there_is_no_rate_of_zero(tmp_path: Path) -> None:
    assert rate_of(ReportFolder(tmp_path)) is None
    told = CliRunner().invoke(ads, ["visitors", str(tmp_path)]).output
    assert "were not measured" in told
    assert "0" not in told.replace(str(tmp_path), "")


def test_the_rate_is_told_with_its_interval(folder: ReportFolder) -> None:
    for number in range(50):
        folder.add(VisitorReport.model_validate(report(*([AD] if number < 5 else []))), DAY)
    told = CliRunner().invoke(ads, ["visitors", str(folder.path)]).output
    assert "10.0 % of 50 sampled sessions" in told
    assert "95 % confidence: 4.3 to 21.4 %" in told


def test_the_tag_of_the_command_names_the_approved_companies(tmp_path: Path) -> None:
    file = tmp_path / "storefront-baseline.yaml"
    file.write_text("version: 1\nown: [shop-static.example]\nparties:\n  chat.example: {kinds: [script]}\n")
    told = CliRunner().invoke(ads, ["snippet", "--at", f"{SHOP}/visitors/", "--baseline", str(file)]).output
    assert 'data-known="shop.example shop-static.example chat.example"' in told
    assert 'src="https://shop.example/visitors/s.js"' in told


def test_an_address_that_is_none_is_refused() -> None:
    assert CliRunner().invoke(ads, ["snippet", "--at", "visitors"]).exit_code == 2


def test_a_report_with_more_than_it_should_tell_is_no_report() -> None:
    with pytest.raises(ValidationError):
        VisitorReport.model_validate({**report(), "e": [{**AD, "text": "cheap"}]})


def test_the_dashboards_server_takes_reports_where_it_was_asked_to(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    store = open_store(f"sqlite:///{tmp_path / 'runs' / 'auditor.db'}")
    daily = [{"name": "daily", "shop": "demo", "cron": "0 6 * * *", "timezone": "Europe/Warsaw"}]
    shops = {"demo": {"start_url": f"{SHOP}/"}}
    files = Files(
        Schedules.model_validate({"version": 1, "schedules": daily}),
        Shops.model_validate({"version": 1, "shops": shops}),
    )
    hosts = frozenset({"visitors.test"})
    try:
        place = (store, tmp_path / "runs", tmp_path / "accepted.yaml", lambda: (files, ""))
        with_it = make_app(Site(*place, hosts=hosts, visitors=tmp_path / "visitors", visitor_origins=(SHOP,)))
        without = make_app(Site(*place, hosts=hosts))
        body = json.dumps(report(AD)).encode()
        answers = [
            asked(app, "POST", {"Origin": SHOP}, body, "/visitors/report").status_code for app in (with_it, without)
        ]
    finally:
        store.close()
    assert answers == [204, 404]
    assert rate_of(ReportFolder(tmp_path / "visitors")) is not None
