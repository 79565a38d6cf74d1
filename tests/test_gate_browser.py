"""`auditor gate` as a pipeline runs it: a baseline, a harmless change, a regression, a repair, a protected preview."""

import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from aiohttp import web

from auditor.demo import serve
from tests.browser_site import Site, page, serving
from tests.test_janitor import running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
CONFIG = """version: 1
name: demo
shop:
  depth: pages
  max_pages: 8
  panel: {home: 1, product: 1}
accepted: accepted.yaml
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "auditor-gate.yaml").write_text(CONFIG)
    return tmp_path


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("auditor")), *arguments]


def run(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=place, env=os.environ | environment, capture_output=True, text=True, timeout=290
    )


def gate(place: Path, url: str, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(
        place, "gate", "--url", url, "--allow-private", "--config", "auditor-gate.yaml", "--out", "gate", "--quiet",
        "--wait", "0", *more, **environment,
    )  # fmt: skip


def told(place: Path) -> Any:
    return json.loads((place / "gate" / "gate.json").read_text())


def test_the_story_of_a_release(place):
    with serve(language="en") as shop, serve(language="en", defects=["image-alt-missing"]) as worse:
        made = run(
            place,
            "baseline",
            "create",
            "--url",
            shop.url,
            "--allow-private",
            "--config",
            "auditor-gate.yaml",
            "--quiet",
        )
        assert made.returncode == 0, made.stderr
        against = ("--baseline", "auditor-baseline.json")

        same = gate(place, shop.url, *against)
        assert same.returncode == 0, same.stdout + same.stderr
        assert told(place)["answer"] == "open"

        closed = gate(place, worse.url, *against, "--explain")
        assert closed.returncode == 1, closed.stdout + closed.stderr
        assert len(closed.stdout.splitlines()) <= 5
        errors = told(place)["errors"]
        assert {error["row"] for error in errors} == {"A11Y-004"}
        assert (place / "gate" / "again" / "report.json").is_file(), "what closes the gate is looked at twice"

        for error in errors:
            accepted = run(
                place, "baseline", "accept", error["fingerprint"], "--reason", "next sprint", "--until", "2099-01-01",
                "--config", "auditor-gate.yaml",
            )  # fmt: skip
            assert accepted.returncode == 0, accepted.stderr
        opened = gate(place, worse.url, *against)
        assert opened.returncode == 0, opened.stdout + opened.stderr
        assert told(place)["accepted"][0]["why"] == "next sprint"


def test_what_can_not_be_judged_exits_3_with_the_reason(place):
    with serve(language="en", defects=["login-wall"]) as shop:
        wall = gate(place, shop.url)
    assert wall.returncode == 3
    assert "--auth" in wall.stdout
    gone = gate(place, shop.url)
    assert gone.returncode == 3
    assert "does not answer: the connection was refused" in gone.stdout


async def test_a_preview_that_leads_to_a_log_in_elsewhere_is_not_judged(place):
    async with serving() as sso, serving() as preview:
        sso.pages["/login"] = page(
            "<h1>Sign in</h1><form method=post><input name=u><input type=password name=p></form>"
        )
        there = {"Location": f"{sso.url.replace('127.0.0.1', 'localhost')}/login"}
        preview.pages["/"] = web.Response(status=302, headers=there)
        done = await asyncio.to_thread(gate, place, preview.url, "--explain")
    assert done.returncode == 3, done.stdout + done.stderr
    assert told(place)["candidate"]["pages"] == 0
    assert "access is given" in done.stdout


TIMED = """version: 1
name: demo
shop: {depth: pages, max_pages: 4, panel: {home: 1}}
gate: {seconds: 280, timing: {metrics: [ttfb]}}
"""


def test_a_release_that_is_slower_closes_the_gate_by_loads_in_turns(place):
    (place / "auditor-gate.yaml").write_text(TIMED)
    with serve(language="en") as shop, serve(language="en", defects=["speed-very-slow-server"]) as slower:
        done = gate(place, slower.url, "--base", shop.url, "--profile", "ci")
    report = told(place)
    assert done.returncode == 1, done.stdout + done.stderr
    assert [error["id"] for error in report["errors"]] == ["timing/ttfb"]
    (whole,) = report["timing"]
    assert whole["loads"] == 5, "that much is certain at the first look"
    assert whole["after"] > whole["before"]
    assert report["seed"] is not None


CANARIES = {"LOGIN": "warden:Canary-basic-71", "TOKEN": "X-Preview: Canary-header-82", "PASS": "pass=Canary-cookie-93"}
GIVEN = ("--auth", "env:LOGIN", "--header", "env:TOKEN", "--cookie", "env:PASS", "--storage-state", "file:state.json")


def shop_pages() -> dict[str, str]:
    links = '<nav><a href="/p/lamp">Lamp</a> <a href="/contact">Contact</a></nav>'
    product = '<h1>Lamp</h1><p class="price">$20.00</p><form action="/cart"><button>Add to cart</button></form>'
    return {"/": page(links + "<h1>Lamps and more</h1>"), "/p/lamp": page(links + product), "/contact": page(links)}


async def test_secrets_reach_the_preview_only_and_are_nowhere_in_the_outputs(place):
    async with serving() as elsewhere, serving() as preview:
        # Cookies know no ports: another host is another name.
        script = elsewhere.url.replace("127.0.0.1", "localhost") + "/t.js"

        def guarded(text: str):
            async def answer(request: web.Request) -> web.Response:
                sent = (
                    request.headers.get("X-Preview"),
                    request.cookies.get("pass"),
                    "Authorization" in request.headers,
                )
                if sent != ("Canary-header-82", "Canary-cookie-93", True):
                    return web.Response(status=401, headers={"WWW-Authenticate": 'Basic realm="preview"'})
                echo = f"<p>You sent {request.headers['X-Preview']}</p><script src='{script}'></script>" + ECHO
                return web.Response(text=text + echo, content_type="text/html")

            return answer

        preview.pages.update({path: guarded(text) for path, text in shop_pages().items()})
        state = {"origins": [{"origin": preview.url, "localStorage": [{"name": "held", "value": "Canary-storage-04"}]}]}
        (place / "state.json").write_text(json.dumps({"cookies": [], **state}))
        asked = ("--url", preview.url, "--allow-private", "--config", "auditor-gate.yaml", "--quiet", *GIVEN)
        made = await asyncio.to_thread(run, place, "baseline", "create", *asked, **CANARIES)
        assert made.returncode == 0, made.stdout + made.stderr
        against = ("--baseline", "auditor-baseline.json", "--github")
        told_by = {"GITHUB_OUTPUT": str(place / "outputs"), "GITHUB_STEP_SUMMARY": str(place / "summary.md")}
        done = await asyncio.to_thread(gate, place, preview.url, *GIVEN, *against, **CANARIES, **told_by)
        assert done.returncode == 0, done.stdout + done.stderr
        assert told(place)["candidate"]["pages"] >= 1
        assert_not_told(elsewhere)
    (place / "state.json").unlink()
    seen = dict(contents(place))
    assert any(b"[secret]" in content and path.suffix == ".gz" for path, content in seen.items()), "pages show secrets"
    assert [path for path, content in seen.items() if b"Canary" in content] == []
    assert "Canary" not in made.stdout + made.stderr + done.stdout + done.stderr


ECHO = "<p id=held></p><script>held.textContent = localStorage.held</script>"


def contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield path, gzip.decompress(content) if path.suffix == ".gz" else content


def assert_not_told(elsewhere: Site) -> None:
    assert elsewhere.asked, "the other host was asked for its script"
    assert not any("Canary" in str(headers) for _host, _path, headers in elsewhere.asked)


@pytest.fixture
def slow() -> Iterator[str]:
    with serve(language="en", defects=["slow-product"]) as shop:
        yield shop.url


def test_a_cancelled_job_leaves_nothing_behind(place, slow):
    process = subprocess.Popen(
        command("gate", "--url", slow, "--allow-private", "--config", "auditor-gate.yaml", "--out", "gate"),
        cwd=place, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr
    for line in process.stderr:
        if line.startswith("visit"):
            break
    children = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert children
    assert not [pid for pid in children if running(pid)]
