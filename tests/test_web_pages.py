"""What the dashboard shows: every page, in every language, with hostile strings, forged ids and lost folders."""

import html.parser
import shutil
from urllib.parse import quote

import pytest

from auditor.store import RunState, history, runs
from tests.web_place import EVIL, EVIL_SHOP, Web, filled, finding_in, web

__all__ = ["filled", "web"]
VOID = {"meta", "link", "input", "img", "br", "hr"}


class Page(html.parser.HTMLParser):
    """Tags of a page, and whether each is closed; scripts and event attributes that nobody wrote here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts: list[str] = []
        self.events: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes) -> None:
        given = dict(attributes)
        if tag == "script":
            self.scripts.append(given.get("src") or "inline")
        self.events += [name for name, _ in attributes if name.startswith("on") or name == "style"]
        self.events += [
            value for name, value in attributes if name == "href" and (value or "").startswith("javascript")
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes) -> None:
        pass

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def paths(web: Web) -> list[str]:
    audits = web.audits
    with web.store.begin() as connection:
        numbers = {shop: history.series_of(connection, shop)[0].id for shop in ("demo", EVIL_SHOP)}
        runs.add_run(
            connection, schedule="daily", shop="demo", slot=web.site.now(), wall=EVIL, starts=web.site.now(),
            state=RunState.FAILED, why=EVIL,
        )  # fmt: skip
        number = runs.latest(connection, 1)[0].id
        evil = history.open_findings(connection, EVIL_SHOP)[0].fingerprint
    shop = quote(EVIL_SHOP, safe="")
    return [
        "/", "/shops/demo", "/shops/new", f"/shops/{shop}", "/schedules", f"/runs/{number}", "/account",
        f"/audits/{audits[2]}", f"/audits/{web.evil}", f"/compare?before={audits[0]}&after={audits[2]}",
        f"/compare?before={audits[0]}&after={audits[1]}", f"/shops/{shop}/findings/{evil}",
        f"/shops/demo/series/{numbers['demo']}", f"/shops/{shop}/series/{numbers[EVIL_SHOP]}",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "pl", "fa"])
async def test_every_page_is_whole_and_no_string_of_a_shop_becomes_markup(web, language):
    async with web.client(**{"accept-language": language}) as client:
        for path in paths(web):
            answer = await client.get(path)
            assert answer.status_code == 200, (path, answer.text[:500])
            page = Page(answer.text)
            assert (page.open, page.wrong, page.events) == ([], [], []), path
            assert all(source.startswith("/static/") for source in page.scripts), path
            assert f'lang="{language}"' in answer.text
            assert ('dir="rtl"' in answer.text.split("<body>")[0]) == (language == "fa")


@pytest.mark.parametrize("language", ["pl", "fa"])
async def test_no_text_of_the_dashboard_is_left_in_english(web, language):
    from auditor.phrases import catalogue
    from auditor.phrases.__main__ import texts

    known = catalogue(language)
    own = [message.id for message in texts() if message.id]
    assert len(own) > 100
    missing = [
        one
        for one in own
        if isinstance(one, str)
        and known.gettext(one) == one
        and one not in ("Cron", "{severity}: {found}", "Trend", "Host", "operator")
    ]
    assert missing == []
    assert all(known.ngettext(*one, 5) not in one for one in own if not isinstance(one, str))


async def test_answers_carry_a_strict_policy_and_are_kept_nowhere(web):
    async with web.client() as client:
        answer = await client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/shops/none", "/audits/999", "/audits/0", "/audits/abc", "/audits/-1", "/audits/999999999999999999999999",
        "/runs/999", "/shops/demo/findings/ffffffffffffffff", "/shops/demo/findings/..%2f..", "/shops/demo/series/999",
        "/compare?before=1&after=999", "/compare?before=x&after=y", "/compare", "/nothing", "/shops/demo?before=abc",
        "/audits/999/report", "/static/1/../app.py", "/static/1/axe.min.js",
    ],
)  # fmt: skip
async def test_forged_ids_are_not_found_in_words(web, path):
    async with web.client() as client:
        answer = await client.get(path)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


async def test_series_and_findings_of_another_shop_are_not_found_under_this_one(web):
    with web.store.begin() as connection:
        number = history.series_of(connection, EVIL_SHOP)[0].id
    async with web.client() as client:
        assert (await client.get(f"/shops/demo/series/{number}")).status_code == 404
        assert (await client.get(f"/compare?before={web.audits[0]}&after={web.evil}")).status_code == 400


@pytest.mark.parametrize(
    "name",
    ["report.json", "../../auditor.db", "..%2f..%2fauditor.db", "%2e%2e/%2e%2e/auditor.db", "/etc/passwd", "report.html", "pages", ""],
)  # fmt: skip
async def test_nothing_but_pictures_leaves_a_run_folder(web, name):
    async with web.client() as client:
        assert (await client.get(f"/audits/{web.audits[2]}/files/{name}")).status_code == 404


async def test_a_link_out_of_the_run_folder_is_not_followed(web, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    (web.runs / "demo" / "last" / "out.png").symlink_to(secret)
    async with web.client() as client:
        assert (await client.get(f"/audits/{web.audits[2]}/files/out.png")).status_code == 404


async def test_pictures_and_the_report_are_sent_sandboxed(web):
    async with web.client() as client:
        page = (await client.get(f"/audits/{web.audits[2]}")).text
        picture = page.split('<img src="')[1].split('"')[0]
        answer = await client.get(picture)
        assert answer.headers["content-type"] == "image/jpeg"
        assert "sandbox" in answer.headers["content-security-policy"]
        report = await client.get(f"/audits/{web.audits[2]}/report")
        assert report.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


async def test_a_finding_has_its_evidence_its_history_and_its_reasons(web):
    async with web.client() as client:
        shop = (await client.get("/shops/demo")).text
        answer = await client.get(finding_in(shop))
    assert answer.status_code == 200
    assert answer.text.count("<h2") >= 3
    assert 'class="life"' in answer.text


async def test_pages_of_a_run_whose_folder_is_gone_say_so_and_keep_its_numbers(web):
    shutil.rmtree(web.runs / "demo")
    async with web.client() as client:
        for path in (f"/audits/{web.audits[2]}", f"/compare?before={web.audits[0]}&after={web.audits[2]}"):
            answer = await client.get(path)
            assert answer.status_code == 200
            assert "gone" in answer.text
        finding = await client.get(finding_in((await client.get("/shops/demo")).text))
        assert "gone" in finding.text


async def test_a_broken_file_is_shown_on_every_page(web):
    web.files_error = "schedules.yaml, line 3: <b>broken</b>"
    async with web.client() as client:
        for path in ("/", "/schedules"):
            assert "line 3: &lt;b&gt;broken" in (await client.get(path)).text
        assert (await client.get("/healthz")).json()["state"] == "degraded"


async def test_a_broken_file_of_accepted_findings_is_shown_and_written_by_nobody(web):
    web.site.accepted_file.write_text("version: 1\naccepted: [{shop: 1}]\n")
    async with web.client() as client:
        assert "accepted.yaml, line 2" in (await client.get("/shops/demo")).text
    assert "shop: 1" in web.site.accepted_file.read_text()


async def test_a_database_that_cannot_be_read_is_a_sentence(web):
    async with web.client() as client:
        assert (await client.get("/")).status_code == 200
        for path in web.runs.glob("auditor.db*"):
            path.write_bytes(b"no database" * 1000)
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "database" in answer.text


async def test_older_audits_are_on_further_pages(web):
    from auditor.store.indexing import index_run
    from tests.stores import PASSED, Shop

    many = Shop(web.runs, "many")
    with web.store.begin() as connection:
        for _ in range(23):
            index_run(connection, "many", many.audited([PASSED]))
    async with web.client() as client:
        first = (await client.get("/shops/many")).text
        older = first.split('href="?before=')[1].split("#")[0]
        second = (await client.get(f"/shops/many?before={older}")).text
    assert first.count('name="before"') == 20
    assert second.count('name="before"') == 3


async def test_openmetrics_escapes_names_of_shops(web):
    async with web.client() as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
    assert 'shop="\\"\'><script>' in answer.text
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert all(line.startswith("auditor_") and "} " in line for line in samples)


async def test_the_api_is_described_and_says_what_the_pages_say(web):
    async with web.client() as client:
        described = (await client.get("/api/openapi.json")).json()
        audits = (await client.get("/api/shops/demo/audits")).json()
        found = (await client.get("/api/shops/demo/findings")).json()
        series = (await client.get("/api/shops/demo/series")).json()
        points = (await client.get(f"/api/shops/demo/series/{series[0]['id']}")).json()["points"]
    assert {"/api/shops", "/api/audits/{audit}", "/api/shops/{shop}/runs", "/metrics", "/healthz"} <= set(
        described["paths"]
    )
    assert sorted(one["id"] for one in audits) == sorted(web.audits)
    assert {one["state"] for one in found} <= {"new", "still", "unjudged", "came_back"}
    assert points
    assert not {"folder", "password"} & set(audits[0])


async def test_a_queued_run_shows_its_progress_and_stops_asking_when_it_is_over(web):
    with web.store.begin() as connection:
        runs.add_run(
            connection, schedule="", shop="demo", slot=web.site.now(), wall="w", starts=web.site.now(),
            state=RunState.QUEUED,
        )  # fmt: skip
        claim = runs.claim(connection, "w", web.site.now())
        assert claim is not None
    log = web.runs / ".logs" / f"{claim.run.id}-1.log"
    log.parent.mkdir()
    log.write_text("visit 3/12 <script>x</script>\n")
    async with web.client(**{"HX-Request": "true"}) as client:
        going = (await client.get(f"/runs/{claim.run.id}")).text
        with web.store.begin() as connection:
            runs.finish(connection, claim, RunState.DONE, web.site.now(), why="done", folder=None, exit_code=0)
        over = (await client.get(f"/runs/{claim.run.id}")).text
    assert "hx-get" in going
    assert "visit 3/12 &lt;script&gt;" in going
    assert "<html" not in going
    assert "hx-get" not in over
