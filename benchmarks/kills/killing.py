"""Kills servers at random moments over simulated days, and counts what became of their slots."""

import asyncio
import math
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta, tzinfo
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from types import SimpleNamespace
from typing import Self

import psutil

import auditor.schedule.running as running
import auditor.schedule.serving as serving
import auditor.schedule.working as working
from auditor.check import load_checks
from auditor.schedule.files import read_files
from auditor.schedule.serving import Server
from auditor.schedule.slots import slots_between
from auditor.store import RunState, Store, open_store
from auditor.store.runs import OPEN, RunRow, cursor_of, latest, move_cursor, open_runs
from benchmarks.kills.record import Found
from reports import write_reports
from tests.factories.results import sample

SPEED, CALM = 1200, 20
"""Simulated seconds in one: while servers are killed, and while the last ones catch up."""
BEGIN = datetime(2026, 3, 27, 5, 30, tzinfo=UTC)
"""Before the night in which Europe's clocks are set forward."""
SERVERS = 2
TICK_SECONDS = 0.1
LONGEST_LIFE = 2.0
DRAIN_SECONDS = 600.0
SCHEDULES = """version: 1
defaults: {misfire: run_all, catchup_window: 10d, retries: 10}
schedules:
  - {name: hourly, shop: lamps, cron: "0 * * * *", retry_delay: 10s}
  - {name: often, shop: rugs, cron: "*/20 * * * *", retry_delay: 10s}
  - {name: nightly, shop: mugs, cron: "30 2 * * *", timezone: Europe/Warsaw, retry_delay: 10s}
"""
SHOPS = "version: 1\nshops:\n" + "".join(
    f"  {name}: {{start_url: 'https://{name}.example/'}}\n" for name in ("lamps", "rugs", "mugs")
)
STAND_IN = """#!{python} -SE
import ctypes, os, random, shutil, sys, time
ctypes.CDLL(None).prctl(1, 9)
given = sys.argv[sys.argv.index("--out") + 1]
time.sleep(random.uniform(0.02, 0.25))
shutil.copytree("{finished}", given)
for name in ("run.json", "report.json"):
    path = os.path.join(given, name)
    text = open(path).read().replace("{run}", os.path.relpath(given, "{folder}").replace("/", "-"))
    open(path, "w").write(text)
"""


class Fast(datetime):
    """A clock that every server of one run agrees on. From ``calm`` on it runs so slowly that a slow machine, which
    audits less than becomes due while the clock is fast, can catch up: one number in memory that forks share."""

    started = 0.0
    calm = RawValue("d", math.inf)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        real, calm = time.time(), cls.calm.value
        seconds = (min(real, calm) - cls.started) * SPEED + max(0.0, real - calm) * CALM
        return cls.fromtimestamp((BEGIN + timedelta(seconds=seconds)).timestamp(), tz)


def run(kills: int, seed: int) -> Found:
    """Kill ``kills`` servers, then let the last ones do what is left, and count."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="auditor-kills-") as place:
        folder = Path(place)
        _prepare(folder)
        # Once, here: the forked servers find them loaded, and live long enough to work.
        load_checks()
        Fast.started, Fast.calm.value = time.time(), math.inf
        servers = [_start(folder) for _ in range(SERVERS)]
        for _ in range(kills):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            victim = servers.pop(chance.randrange(SERVERS))
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            servers.append(_start(folder))
        store = open_store(f"sqlite:///{folder / 'auditor.db'}")
        Fast.calm.value = time.time()
        until = Fast.now(UTC)
        _drain(store, until)
        for server in servers:
            os.kill(server, signal.SIGTERM)
        for server in servers:
            os.waitpid(server, 0)
        found = _count(kills, seed, folder, store, until)
        store.close()
        return found


def _prepare(folder: Path) -> None:
    (folder / "schedules.yaml").write_text(SCHEDULES)
    (folder / "shops.yaml").write_text(SHOPS)
    result, finished = sample(folder / "finished", pictures=False)
    write_reports(result, finished)
    stand_in = folder / "audit"
    stand_in.write_text(
        STAND_IN.format(python=sys.executable, finished=folder / "finished", run=result.run.id, folder=folder)
    )
    stand_in.chmod(0o755)
    store = open_store(f"sqlite:///{folder / 'auditor.db'}")
    with store.begin() as connection:
        for schedule in read_files(folder / "schedules.yaml", folder / "shops.yaml").schedules.schedules:
            move_cursor(connection, schedule.name, BEGIN)
    store.close()


def _start(folder: Path) -> int:
    """A process with a server in it; forked, so that it begins at once."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        asyncio.run(_serve(folder))
        code = 0
    finally:
        os._exit(code)


async def _serve(folder: Path) -> None:
    for module in (serving, working):
        vars(module)["datetime"] = Fast
    vars(running)["sys"] = SimpleNamespace(executable=str(folder / "audit"))
    os.chdir(folder)
    store = open_store(f"sqlite:///{folder / 'auditor.db'}")
    server = Server(
        store, folder / "schedules.yaml", folder / "shops.yaml", folder / "accepted.yaml", folder / "runs",
        lambda _line: None, tick_seconds=TICK_SECONDS,
    )  # fmt: skip
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    await server.serve()


def _drain(store: Store, until: datetime) -> None:
    """Until all slots that were due at ``until`` are over."""
    end = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < end:
        with store.begin() as connection:
            behind = any(run.slot <= until for run in open_runs(connection))
            seen = min(cursor_of(connection, name) or BEGIN for name in ("hourly", "often", "nightly"))
        if not behind and seen >= until:
            return
        time.sleep(0.2)


def _count(kills: int, seed: int, folder: Path, store: Store, until: datetime) -> Found:
    files = read_files(folder / "schedules.yaml", folder / "shops.yaml")
    with store.begin() as connection:
        rows = [row for row in latest(connection, 1_000_000) if row.slot <= until]
    due = {
        (schedule.name, slot.due)
        for schedule in files.schedules.schedules
        for slot in slots_between(schedule, BEGIN, until)
    }
    kept = {(row.schedule, row.slot): row for row in rows}
    waiting = [slot for slot, row in kept.items() if row.state in OPEN]
    done = [slot for slot, row in kept.items() if row.state is RunState.DONE]
    with sqlite3.connect(folder / "auditor.db") as database:
        broken = [row for row in database.execute("PRAGMA integrity_check") if row != ("ok",)]
        broken += list(database.execute("PRAGMA foreign_key_check"))
        audits = [run for (run,) in database.execute("SELECT run_id FROM audits")]
    database.close()
    slots = [re.sub(r"Z-\d+$", "Z", audit) for audit in audits]
    broken += [row for row in rows if row.state is RunState.DONE and not _whole(row)]
    return Found(
        load=round(os.getloadavg()[0], 1), kills=kills, seed=seed, slots=len(due),
        days=(until - BEGIN).total_seconds() / 86_400,
        lost=tuple(_told(slot, kept.get(slot)) for slot in sorted(due - {*done, *waiting})), waiting=len(waiting),
        again=sum(row.attempt > 1 for row in rows), broken=len(broken), left=len(_left(folder)),
        twice=len(rows) - len({(row.schedule, row.slot) for row in rows}) + len(slots) - len(set(slots)),
    )  # fmt: skip


def _told(slot: tuple[str, datetime], row: RunRow | None) -> str:
    state = f"{row.state.value} after {row.attempt} attempts: {row.why}" if row else "no row"
    return f"{slot[0]} {slot[1]:%Y-%m-%d %H:%M}: {state}"


def _whole(row: RunRow) -> bool:
    return bool(row.folder) and (Path(str(row.folder)) / "report.json").is_file()


def _left(folder: Path) -> list[int]:
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        command = " ".join(process.info["cmdline"] or ())
        if str(folder) in command and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found
