"""Files that are edited while the server runs: a broken one is said and shown, and the old one stays in force."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from auditor.schedule.serving import Server
from auditor.store import open_store

SHOPS = "version: 1\nshops:\n  demo: {start_url: 'https://shop.example/'}\n"
SCHEDULES = 'version: 1\nschedules:\n  - {name: yearly, shop: demo, cron: "0 0 1 1 *"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shops.yaml").write_text(SHOPS)
    (tmp_path / "schedules.yaml").write_text(SCHEDULES)
    return tmp_path


@asynccontextmanager
async def serving(folder: Path, said: list[str]) -> AsyncIterator[Server]:
    store = open_store(f"sqlite:///{folder / 'auditor.db'}")
    schedules, shops, accepted = (folder / name for name in ("schedules.yaml", "shops.yaml", "accepted.yaml"))
    server = Server(store, schedules, shops, accepted, folder / "runs", said.append, tick_seconds=0.05)
    running = asyncio.ensure_future(server.serve())
    try:
        yield server
    finally:
        server.stop()
        await running
        store.close()


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("schedules.yaml", SCHEDULES.replace("0 0 1 1 *", "0 0 1 1 1")),
        ("schedules.yaml", SCHEDULES.replace("demo", "gone")),
        ("schedules.yaml", "{"),
        ("shops.yaml", "version: 1\nshops: {}\n"),
    ],
)
async def test_a_file_that_breaks_while_serving_changes_nothing_until_it_is_mended(folder, name, text):
    said = []
    good = (folder / name).read_text()
    async with serving(folder, said) as server:
        before = server.files
        (folder / name).write_text(text)
        await until(lambda: server.files_error)
        assert name in server.files_error
        assert server.files is before
        assert sum("stays in force" in line for line in said) == 1
        (folder / name).write_text(good + "\n")
        await until(lambda: not server.files_error)
        assert server.files == before


async def test_a_file_that_is_removed_while_serving_changes_nothing(folder):
    said = []
    async with serving(folder, said) as server:
        (folder / "schedules.yaml").unlink()
        await until(lambda: server.files_error)
        assert [one.name for one in server.files.schedules.schedules] == ["yearly"]
