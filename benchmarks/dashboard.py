"""How long the dashboard's pages take over years of history, and how large its index is.

``python -m benchmarks.dashboard [SHOPS RUNS FINDINGS] [--write]``: 50 shops × 365 runs × 300 findings, 216 numbers a
run, generated; the two newest runs of the shop that is looked at have a run folder with a report of as many findings.
Server time of each page, in this process, without the network.
"""

import asyncio
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import httpx

from auditor.schedule.files import Files
from auditor.schedule.model import Schedules, Shops
from auditor.store import open_store
from auditor.web.app import make_app
from auditor.web.site import Site
from benchmarks.between import put_between
from tests.factories.results import declared, outcomes, sample, visits

PAGES, DEVICES = 12, ("mobile", "desktop")
METRICS = ("ttfb", "fcp", "lcp", "cls", "tbt", "si", "inp", "bytes", "requests")
AREAS = ("navigation", "speed", "mobile", "imagery", "product", "checkout", "trust", "accessibility")
SEVERITIES = ("critical", "serious", "moderate", "minor")
TIMES = 5
SHOWN = (
    "all shops", "a shop", "a finding", "a series", "an audit", "two audits compared", "schedules", "API: shops",
    "API: findings of a shop", "`/metrics`",
)  # fmt: skip
START = datetime(2025, 11, 1, 6, tzinfo=UTC)


def _day(number: int) -> str:
    return (START + timedelta(days=number)).strftime("%Y-%m-%d %H:%M:%S.000000")


def _fingerprint(shop: int, finding: int) -> str:
    return hashlib.sha256(f"{shop} {finding}".encode()).hexdigest()[:16]


def fill(file: Path, shops: int, runs: int, findings: int) -> None:
    """Straight into the tables, as years of audits would have left them."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("INSERT INTO check_sets VALUES ('set', 'speed/lcp-slow')")
        for shop in range(shops):
            _fill_shop(connection, shop, runs, findings)
    connection.close()


def _with_folders(file: Path, runs: Path, audits: tuple[int, ...], fingerprints: list[str]) -> None:
    """Give audits their run folders, with a report of as many findings as the index has of each."""
    result, folder = sample(runs / "shop-1" / "newest", pictures=False)
    some = cycle(result.findings)
    told = tuple(next(some).model_copy(update={"fingerprint": name}) for name in fingerprints)
    folder.write_result(result.model_copy(update={"findings": told}))
    folder.write_outcomes(outcomes(visits(), declared()))
    with sqlite3.connect(file) as connection:
        for audit in audits:
            copied = shutil.copytree(folder.path, runs / "shop-1" / str(audit))
            connection.execute("UPDATE audits SET folder = ? WHERE id = ?", (str(copied), audit))
    connection.close()


def _fill_shop(connection: sqlite3.Connection, shop: int, runs: int, findings: int) -> None:
    name, first = f"shop-{shop}", shop * runs + 1
    put = connection.executemany
    put("INSERT INTO audits VALUES (" + ",".join("?" * 26) + ")", [
        (first + n, name, f"{name}-{n}", "", _day(n), _day(n), "complete", "24 visits to 12 pages were judged.", None,
         "browser 156, auditor 0.4, Linux x86_64, 4 cores", "156", "0.4", "d", "2026-11", "set", 60 + n % 30, 0.9, None,
         4, 20, 80, 150, 46, 3, 2, 1)
        for n in range(runs)
    ])  # fmt: skip
    put("INSERT INTO area_scores VALUES (?, ?, ?, ?)", (
        (first + n, area, 50 + (n + len(area)) % 50, 0.9) for n in range(runs) for area in AREAS
    ))  # fmt: skip
    number = shop * PAGES * len(DEVICES) * len(METRICS) + 1
    keys = [(page, device, metric) for page in range(PAGES) for device in DEVICES for metric in METRICS]
    put("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (
        (number + at, name, f"/product/{page}", "product", device, metric, "ms", "simulated")
        for at, (page, device, metric) in enumerate(keys)
    ))  # fmt: skip
    put("INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?)", (
        (first + n, number + at, 1000.0 + (n * 37 + at * 11) % 200, 20.0, 5, 0)
        for n in range(runs)
        for at in range(len(keys))
    ))  # fmt: skip
    base = shop * findings + 1
    put("INSERT INTO findings VALUES (" + ",".join("?" * 15) + ")", (
        (base + n, name, _fingerprint(shop, n), "imagery/alt-missing", "A11Y-004",
         "imagery", SEVERITIES[n % 4], "failed", "product", f"{n} of 61 pictures have no text alternative", "still", "",
         '[["/product/1","mobile",null]]', _day(0), _day(runs - 1))
        for n in range(findings)
    ))  # fmt: skip
    put("INSERT INTO sightings VALUES (?, ?, ?, ?, ?)", _sightings(first, base, runs, findings))


def _sightings(first: int, base: int, runs: int, findings: int) -> Iterator[tuple[Any, ...]]:
    for run in range(runs):
        for finding in range(findings):
            yield first + run, base + finding, "still" if run else "new", SEVERITIES[finding % 4], "failed"


async def timed(app: Any, paths: list[str]) -> dict[str, list[tuple[float, float]]]:
    """Seconds by the clock and of the processor, of each page."""
    found: dict[str, list[tuple[float, float]]] = {}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", timeout=60) as client:
        for path in paths:
            await client.get(path)
            for _ in range(TIMES):
                clock, used = perf_counter(), process_time()
                answer = await client.get(path)
                assert answer.status_code == 200, (path, answer.text[:300])
                found.setdefault(path, []).append((perf_counter() - clock, process_time() - used))
    return found


def main() -> None:
    given = [int(word) for word in sys.argv[1:] if word != "--write"]
    shops, runs, findings = given or (50, 365, 300)
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as folder:
        file = Path(folder) / "auditor.db"
        store = open_store(f"sqlite:///{file}")
        fill(file, shops, runs, findings)
        newest, some = 2 * runs, _fingerprint(1, 7)
        _with_folders(file, Path(folder), (newest - 1, newest), [_fingerprint(1, n) for n in range(findings)])
        with sqlite3.connect(file) as checkpoint:
            checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        checkpoint.close()
        size = file.stat().st_size / 1e6
        files = Files(
            Schedules.model_validate({"version": 1, "schedules": []}),
            Shops.model_validate({"version": 1, "shops": {"shop-1": {"start_url": "https://shop.example/"}}}),
        )
        app = make_app(Site(store, Path(folder), Path(folder) / "accepted.yaml", lambda: (files, "")))
        series = PAGES * len(DEVICES) * len(METRICS) + 3
        paths = [
            "/", "/shops/shop-1", f"/shops/shop-1/findings/{some}", f"/shops/shop-1/series/{series}",
            f"/audits/{newest}", f"/compare?before={newest - 1}&after={newest}", "/schedules", "/api/shops",
            "/api/shops/shop-1/findings", "/metrics",
        ]  # fmt: skip
        lines = [
            f"{shops} shops with {runs} runs of {findings} findings and {series - 3} numbers each, generated: the "
            f"index has {size:.0f} MB. Measured {datetime.now(UTC):%Y-%m-%d} in one process on {os.cpu_count()} cores "
            f"(load average {os.getloadavg()[0]:.1f}), {TIMES} times each.",
            "",
            "| page | server time, median | largest | processor, median |",
            "|---|---|---|---|",
        ]
        for name, seconds in zip(SHOWN, asyncio.run(timed(app, paths)).values(), strict=True):
            clock, used = ([one[place] * 1000 for one in seconds] for place in (0, 1))
            lines.append(f"| {name} | {median(clock):.0f} ms | {max(clock):.0f} ms | {median(used):.0f} ms |")
        store.close()
    print(*lines, sep="\n")
    if "--write" in sys.argv:
        put_between("dashboard", "\n".join(lines))


if __name__ == "__main__":
    main()
