"""Who may do what on the dashboard, and what keeps others out."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from auditor.acceptance import read_acceptances
from auditor.cli import cli
from auditor.store import runs
from auditor.web import people
from auditor.web.access import LOCAL, SESSION
from auditor.web.people import PeopleError, Role
from auditor.web.serving import Dashboard, WebError
from tests.web_place import PASSWORD, Web, csrf_in, filled, finding_in, web

__all__ = ["filled", "web"]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


async def accepting(web: Web, client, **form: str) -> int:
    page = (await client.get("/shops/demo")).text
    address = finding_in(page)
    given = {
        "csrf": csrf_in((await client.get(address)).text),
        "who": "Anna",
        "why": "as agreed",
        "until": "2099-01-01",
    }
    status: int = (await client.post(f"{address}/accept", data=given | form)).status_code
    return status


async def test_before_there_are_users_the_local_visitor_accepts_and_runs_and_takes_it_back(web):
    async with web.client() as client:
        assert await accepting(web, client) == 303
        (one,) = read_acceptances(web.site.accepted_file).accepted
        assert (one.who, one.why, str(one.until)) == ("Anna", "as agreed", "2099-01-01")
        address = f"/shops/demo/findings/{one.fingerprint}"
        page = (await client.get(address)).text
        assert "as agreed" in page
        assert (await client.post(f"{address}/withdraw", data={"csrf": csrf_in(page)})).status_code == 303
        assert read_acceptances(web.site.accepted_file).accepted == ()
        queued = await client.post("/shops/demo/run", data={"csrf": csrf_in(page)})
    assert queued.status_code == 303
    with web.store.begin() as connection:
        (run,) = runs.open_runs(connection)
    assert queued.headers["location"] == f"/runs/{run.id}"


async def test_asking_twice_for_an_audit_queues_one(web):
    async with web.client() as client:
        csrf = csrf_in((await client.get("/shops/demo")).text)
        for _ in range(2):
            await client.post("/shops/demo/run", data={"csrf": csrf})
    with web.store.begin() as connection:
        assert len(runs.open_runs(connection)) == 1


@pytest.mark.parametrize("form", [{"why": ""}, {"until": "soon"}, {"why": "a\nb"}])
async def test_a_wrong_acceptance_is_said_on_the_page_and_not_written(web, form):
    async with web.client() as client:
        assert await accepting(web, client, **form) == 400
    assert not web.site.accepted_file.exists()


@pytest.mark.parametrize("csrf", ["", "0" * 64, "undefined"])
async def test_a_form_of_another_site_is_refused(web, csrf):
    async with web.client() as client:
        await client.get("/")
        assert await accepting(web, client, csrf=csrf) == 403
        assert (await client.post("/shops/demo/run", data={"csrf": csrf})).status_code == 403
        foreign = await client.post(
            "/shops/demo/run", data={"csrf": csrf_in((await client.get("/shops/demo")).text)},
            headers={"origin": "https://evil.example"},
        )  # fmt: skip
        assert foreign.status_code == 403
    with web.store.begin() as connection:
        assert runs.open_runs(connection) == ()


async def test_a_name_that_points_here_from_elsewhere_is_not_answered(web):
    async with web.client(host="evil.example") as client:
        assert (await client.get("/")).status_code == 421


async def test_a_large_form_is_refused(web):
    async with web.client() as client:
        assert (await client.post("/login", data={"name": "x" * 100_000})).status_code == 413


async def test_with_users_nothing_is_shown_before_a_login(web):
    web.user()
    async with web.client() as client:
        for path in ("/", "/shops/demo", f"/audits/{web.audits[2]}/report", "/schedules"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")
        for path in ("/api/shops", "/metrics"):
            assert (await client.get(path)).status_code == 401
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.post("/shops/demo/run")).status_code == 401
        login = (await client.get("/login")).text
    assert "Lampy" not in login


async def test_a_login_gives_a_session_that_ends_with_the_logout(web):
    web.user()
    async with web.client() as client:
        answer = await web.logged_in(client)
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        page = await client.get("/account")
        assert "anna" in page.text
        secret = client.cookies[SESSION]
        assert secret.encode() not in b"".join(path.read_bytes() for path in web.runs.glob("auditor.db*"))
        await client.post("/logout", data={"csrf": csrf_in(page.text)})
        client.cookies.set(SESSION, secret)
        assert (await client.get("/")).status_code == 303


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_a_login_leads_nowhere_else(web, after):
    web.user()
    async with web.client() as client:
        answer = await client.post("/login", data={"name": "anna", "password": PASSWORD, "after": after})
    assert answer.headers["location"] == "/"


async def test_guessing_is_stopped_for_the_name_and_for_the_address(web):
    web.user()
    web.user("bob")
    async with web.client() as client:
        wrong = [(await web.logged_in(client, password=f"wrong-{n}")).status_code for n in range(people.REFUSALS)]
        assert set(wrong) == {401}
        assert (await web.logged_in(client)).status_code == 429, "even the right one, for a while"
        assert (await web.logged_in(client, "bob")).status_code == 429, "the address was stopped too"
    with web.store.begin() as connection:
        later = web.site.now() + people.REFUSALS_WITHIN + timedelta(seconds=1)
        assert people.log_in(connection, "anna", PASSWORD, "127.0.0.1", later)


async def test_roles_bound_what_one_may_do(web):
    web.user("vera", Role.VIEWER)
    web.user("adam", Role.ADMIN)
    async with web.client() as client:
        await web.logged_in(client, "vera")
        page = (await client.get("/account")).text
        assert "/run" not in (await client.get("/shops/demo")).text
        assert (await client.post("/shops/demo/run", data={"csrf": csrf_in(page)})).status_code == 403
        assert (await client.get("/users")).status_code == 403
    async with web.client() as client:
        await web.logged_in(client, "adam")
        assert "vera" in (await client.get("/users")).text


async def test_the_name_in_the_file_is_the_users_own(web):
    web.user()
    async with web.client() as client:
        await web.logged_in(client)
        assert await accepting(web, client, who="Somebody Else") == 303
    assert read_acceptances(web.site.accepted_file).accepted[0].who == "anna"


async def test_an_api_token_is_shown_once_bounded_by_its_role_and_can_be_revoked(web):
    web.user()
    async with web.client() as client:
        await web.logged_in(client)
        csrf = csrf_in((await client.get("/account")).text)
        page = (await client.post("/account/tokens", data={"csrf": csrf, "note": "<i>x</i>", "role": "viewer"})).text
        token = page.split('class="token">')[1].split("<")[0]
        assert token not in (await client.get("/account")).text
        refused = await client.post("/account/tokens", data={"csrf": csrf, "note": "x", "role": "admin"})
        assert "cannot be admin" in refused.text
        async with web.client(authorization=f"Bearer {token}") as program:
            assert (await program.get("/api/shops")).status_code == 200
            assert (await program.post("/api/shops/demo/runs")).status_code == 403
        await client.post(f"/account/tokens/{token[:12]}/revoke", data={"csrf": csrf})
        async with web.client(authorization=f"Bearer {token}") as program:
            assert (await program.get("/api/shops")).status_code == 401


async def test_a_program_asks_for_an_audit_with_a_token_and_never_with_a_session_alone(web):
    web.user()
    with web.store.begin() as connection:
        token = people.new_token(connection, "anna", Role.OPERATOR, "ci", timedelta(days=1), web.site.now())
    async with web.client() as client:
        await web.logged_in(client)
        assert (await client.post("/api/shops/demo/runs")).status_code == 403
    async with web.client(authorization=f"Bearer {token}") as program:
        answer = await program.post("/api/shops/demo/runs")
        assert answer.status_code == 202
        assert (await program.get(f"/api/runs/{answer.json()['id']}")).json()["state"] == "queued"
        assert (await program.post("/api/shops/none/runs")).status_code == 404


def test_tokens_and_sessions_end_with_their_time_and_their_user(web):
    web.user()
    with web.store.begin() as connection:
        token = people.new_token(connection, "anna", Role.VIEWER, "", timedelta(days=1), NOW)
        secret = people.log_in(connection, "anna", PASSWORD, "a", NOW)
        assert secret is not None
        assert people.of_token(connection, token, NOW + timedelta(hours=23))
        assert people.of_token(connection, token, NOW + timedelta(days=2)) is None
        assert people.of_session(connection, secret, NOW + people.SESSION_LASTS) is None
        assert people.remove_user(connection, "anna")
        assert people.of_token(connection, token, NOW) is None
        assert people.of_session(connection, secret, NOW) is None


@pytest.mark.parametrize(("name", "password"), [("Anna", PASSWORD), ("../x", PASSWORD), ("", PASSWORD), ("a", "short")])
def test_names_and_passwords_have_their_rules(web, name, password):
    with web.store.begin() as connection, pytest.raises(PeopleError):
        people.add_user(connection, name, password, Role.VIEWER, NOW)


async def test_where_others_can_reach_it_a_user_is_needed(web):
    with pytest.raises(WebError, match="auditor users add"):
        Dashboard(web.site, "0.0.0.0", 0)
    web.user()
    dashboard = Dashboard(web.site, "0.0.0.0", 0)
    dashboard.close()
    with web.store.begin() as connection:
        people.remove_user(connection, "anna")
    async with web.client() as client:
        assert (await client.get("/")).status_code == 303, "the last user's removal opens nothing"


async def test_a_taken_port_is_said(web):
    first = Dashboard(web.site, "127.0.0.1", 0)
    server = asyncio.ensure_future(first.serve())
    await asyncio.sleep(0)
    port = int(first.url.rstrip("/").rpartition(":")[2])
    first._socket.listen()
    with pytest.raises(WebError, match="Choose another by --web"):
        Dashboard(web.site, "127.0.0.1", port)
    first.stop()
    await server


async def test_the_local_cookie_is_for_this_site_only(web):
    async with web.client() as client:
        answer = await client.get("/")
        assert "SameSite=strict" in answer.headers["set-cookie"]
        client.cookies.set(LOCAL, "short")
        assert LOCAL in (await client.get("/")).headers["set-cookie"]


def test_users_are_made_listed_and_removed_on_the_command_line(web, monkeypatch):
    monkeypatch.setenv("ANNAS_PASSWORD", PASSWORD)
    store = ["--runs", str(web.runs)]
    run = CliRunner().invoke
    made = run(cli, ["users", "add", "anna", "--role", "admin", "--password", "env:ANNAS_PASSWORD", *store])
    assert made.exit_code == 0, made.output
    assert run(cli, ["users", "add", "anna", "--password", "env:ANNAS_PASSWORD", *store]).exit_code == 2
    assert "admin" in run(cli, ["users", "list", *store]).output
    token = run(cli, ["users", "token", "anna", *store]).output.strip()
    with web.store.begin() as connection:
        assert people.of_token(connection, token, web.site.now())
    assert run(cli, ["users", "remove", "anna", *store]).exit_code == 0
    assert run(cli, ["users", "remove", "anna", *store]).exit_code == 2
