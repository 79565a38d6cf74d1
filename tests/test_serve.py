"""`auditor serve` as an operator runs it: slots become runs, a killed server loses none, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.demo import serve
from auditor.store import RunState, open_store, runs
from auditor.store.runs import RunRow
from tests.test_janitor import running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 200.0


class Place:
    """A folder with the operator's files, and the database beside the runs."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        (folder / "shops.yaml").write_text(
            f"version: 1\nshops:\n  demo:\n    start_url: {url}\n    allow_private: true\n    devices: [mobile]\n"
            "    depth: pages\n    speed: {runs: 0}\n    ads: {pages: 0}\n    max_pages: 3\n    panel: {home: 1}\n"
        )
        (folder / "schedules.yaml").write_text(
            'version: 1\nschedules:\n  - name: minutely\n    shop: demo\n    cron: "* * * * *"\n    retry_delay: 0s\n'
        )
        self.store = open_store(f"sqlite:///{folder / 'runs' / 'auditor.db'}")

    def owe(self) -> None:
        """Make one slot due: as if the server had been there until two minutes ago."""
        with self.store.begin() as connection:
            runs.move_cursor(connection, "minutely", datetime.now(UTC) - timedelta(minutes=2))

    def rows(self) -> tuple[RunRow, ...]:
        with self.store.begin() as connection:
            return runs.latest(connection, 50)

    def row(self, state: RunState) -> RunRow | None:
        return next((run for run in self.rows() if run.state is state), None)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serve(language="en") as shop:
        made = Place(tmp_path, shop.url)
        yield made
        made.store.close()


@contextmanager
def serving(place: Place) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", "from auditor.cli import main; main()", "serve", "--web", "127.0.0.1:0"]
    server = subprocess.Popen(command, cwd=place.folder, stderr=subprocess.PIPE, text=True)
    try:
        yield server
    finally:
        if server.poll() is None:
            server.kill()
        server.communicate()


def until(condition: Callable[[], object], server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert server.poll() is None, server.stderr and server.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.1)


def of_audits(place: Place) -> list[int]:
    """Processes that work in the place: audits and their browsers."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            at = os.readlink(entry / "cwd")
        except OSError:
            continue
        if at == str(place.folder) and running(int(entry.name)):
            found.append(int(entry.name))
    return found


def test_a_due_slot_is_audited_though_the_server_is_killed_in_the_middle_of_it(place):
    place.owe()
    with serving(place) as server:
        until(lambda: len(of_audits(place)) > 2, server)
        server.kill()
        server.wait()
        end = time.monotonic() + SECONDS
        while of_audits(place) and time.monotonic() < end:
            time.sleep(0.1)
        assert of_audits(place) == []
    slot = place.rows()[0].slot
    with serving(place) as server:
        until(lambda: (now := place.row(RunState.RUNNING)) and now.attempt == 2, server)
        server.send_signal(signal.SIGTERM)
        assert server.wait(SECONDS) == 0, "the first stop waits for the audit"
    taken_up = next(run for run in place.rows() if run.slot == slot)
    assert (taken_up.state, taken_up.attempt) == (RunState.DONE, 2)
    assert {"report.html", "report.json"} <= {path.name for path in (place.folder / str(taken_up.folder)).iterdir()}
    assert of_audits(place) == []
    slots = [run.slot for run in place.rows()]
    assert len(slots) == len(set(slots))
    assert max(slots) - min(slots) == timedelta(minutes=len(slots) - 1), "no slot between them is lost"


def test_a_shop_that_cannot_be_reached_is_a_failed_run_with_its_reason_and_no_retry(place):
    text = (place.folder / "shops.yaml").read_text()
    port = text.split("127.0.0.1:")[1].split("/")[0]
    (place.folder / "shops.yaml").write_text(text.replace(port, "9"))
    place.owe()
    with serving(place) as server:
        until(lambda: place.row(RunState.FAILED), server)
        server.send_signal(signal.SIGTERM)
        server.wait(SECONDS)
    failed = place.row(RunState.FAILED)
    assert failed is not None
    assert (failed.attempt, failed.exit_code) == (1, 3)
    assert "127.0.0.1" in failed.why
