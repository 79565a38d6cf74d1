"""A dashboard over a shop whose every string is hostile, and a client for it."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from auditor.finding import Verdict
from auditor.schedule.files import Files
from auditor.schedule.model import Schedules, Shops
from auditor.store import history, open_store
from auditor.store.index_tables import audits
from auditor.store.indexing import index_run
from auditor.web import people
from auditor.web.app import make_app
from auditor.web.people import Role
from auditor.web.site import Site
from tests.factories.results import declared as declared_checks
from tests.factories.results import outcomes, sample, visits
from tests.stores import FAILED, PASSED, Shop, judged, metric

EVIL = "\"'><script>alert(1)</script>{{7*7}}\u202e"
EVIL_SHOP = EVIL.replace("/", "")
NAME = "Lampy <b>i</b> \u202emeble"
PASSWORD = "correct horse battery"


class Web:
    """The shop ``demo`` has three audits, of which the last has pictures; ``evil`` has hostile strings everywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.runs = folder, folder / "runs"
        self.store = open_store(f"sqlite:///{self.runs / 'auditor.db'}")
        with self.store.begin() as connection:
            for row in connection.execute(select(audits.c.id, audits.c.folder)).all():
                here = str(self.runs / Path(row.folder).parent.name / Path(row.folder).name)
                connection.execute(update(audits).where(audits.c.id == row.id).values(folder=here))
            self.audits = [row.id for row in reversed(history.audits_of(connection, "demo", 9))]
            self.evil = next(iter(history.audits_of(connection, EVIL_SHOP, 1))).id
        schedules = [{"name": "daily", "shop": "demo", "cron": "0 6 * * *", "timezone": "Europe/Warsaw"}]
        shops = {
            "demo": {"start_url": "https://shop.example/", "name": NAME},
            "new": {"start_url": "https://example.com/"},
        }
        self.files = Files(
            Schedules.model_validate({"version": 1, "schedules": schedules}),
            Shops.model_validate({"version": 1, "shops": shops}),
        )
        self.files_error = ""
        self.site = Site(
            self.store, self.runs, folder / "accepted.yaml", lambda: (self.files, self.files_error),
            hosts=frozenset({"web.test"}),
        )  # fmt: skip

    def user(self, name: str = "anna", role: Role = Role.OPERATOR) -> None:
        with self.store.begin() as connection:
            people.add_user(connection, name, PASSWORD, role, datetime.now(UTC))

    @asynccontextmanager
    async def client(self, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
        transport = httpx.ASGITransport(make_app(self.site), raise_app_exceptions=True, client=("127.0.0.1", 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://web.test", headers=headers) as client:
            yield client

    async def logged_in(
        self, client: httpx.AsyncClient, name: str = "anna", password: str = PASSWORD
    ) -> httpx.Response:
        return await client.post("/login", data={"name": name, "password": password})


def fill(folder: Path) -> None:
    """Write the run folders and the database, once for all tests of a module."""
    demo, evil = Shop(folder / "runs"), Shop(folder / "runs", "evil")
    folders = [demo.audited([PASSED], [metric(2000)]), demo.audited([FAILED], [metric(2100)])]
    result, last = sample(folder / "runs" / "demo" / "last")
    last.write_result(result)
    last.write_outcomes(outcomes(visits(), declared_checks()))
    last.write_text("report.html", "<!doctype html><script>alert(1)</script>")
    place = f"/p/{EVIL}"
    bad = judged(Verdict.FAILED, place, selector=f"#a{EVIL}", values={"text": EVIL})
    hostile = evil.audited([bad], [metric(2000, page=place)], why=EVIL, release=EVIL)
    store = open_store(f"sqlite:///{folder / 'runs' / 'auditor.db'}")
    with store.begin() as connection:
        for one in (*folders, last):
            index_run(connection, "demo", one)
        index_run(connection, EVIL_SHOP, hostile)
    store.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    fill(folder)
    return folder


@pytest.fixture
def web(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    # A hash that takes its full time would make most of the time of these tests.
    monkeypatch.setattr(people, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    made = Web(tmp_path)
    yield made
    made.store.close()


def csrf_in(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found, "the page has no form of ours"
    return found[1]


def finding_in(text: str) -> str:
    """The address of the first finding that a page links."""
    found = re.search(r'href="(/shops/[^"/]+/findings/[0-9a-f]{16})"', text)
    assert found, "the page links no finding"
    return found[1]
