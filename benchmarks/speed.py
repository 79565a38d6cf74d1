"""Our timed loads against npm Lighthouse 13 on the same pages, one after the other in turn.

    python -m benchmarks.speed [--runs 3] [--pages 5] [--devices mobile,desktop] [--json FILE] [URL ...]

Without URLs it starts django-oscar. Lighthouse is installed once into a cache folder and runs in the Node that the
trace engine uses. Times of Lighthouse are those of its command, browser and all; ours those of a load with its context,
trace and judgement, in a browser that runs already. Medians, their differences, and how far single runs lie apart.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median, pstdev
from typing import Any

from auditor.audit import egress_policy
from auditor.browser.finder import find_chromium
from auditor.browser.session import BrowserSession
from auditor.browser.timed_lane import TIMED_ARGS
from auditor.browser.timed_load import timed_load
from auditor.egress import EgressProxy
from auditor.evidence import Device
from auditor.settings import ShopSettings
from auditor.speed.engine import TraceEngine
from auditor.speed.node_finder import find_node
from benchmarks.visits import oscar_panel

LIGHTHOUSE = "lighthouse@13.5.0"
LIGHTHOUSE_SECONDS = 180
METRICS = {
    "fcp": "first-contentful-paint",
    "lcp": "largest-contentful-paint",
    "tbt": "total-blocking-time",
    "si": "speed-index",
}
NEAR_SHARE, NEAR_MS = 0.2, 200.0


@dataclass
class Series:
    """Samples in ms by metric, and the seconds that each run took."""

    samples: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in METRICS})
    seconds: list[float] = field(default_factory=list)


def install_lighthouse() -> Path:
    cache = Path(os.environ.get("AUDITOR_TEST_CACHE") or Path(tempfile.gettempdir()) / f"auditor-test-{os.getuid()}")
    place = cache / LIGHTHOUSE.replace("@", "-")
    command = place / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not command.is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("benchmarks.speed needs npm to install Lighthouse: install Node with npm, then try again.")
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text('{"name": "lighthouse-for-comparison", "private": true}')
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([npm, "install", *quiet, LIGHTHOUSE], cwd=place, check=True, stdout=subprocess.DEVNULL)
    return command


async def lighthouse(command: Path, url: str, device: Device, chromium: str, into: Series) -> str:
    """One run; "" or why it gave no numbers."""
    preset = ["--preset=desktop"] if device is Device.DESKTOP else []
    asked = [
        str(find_node().path), str(command), url, "--output=json", "--quiet", "--only-categories=performance", *preset,
        "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    start = time.perf_counter()
    environment, pipe = {**os.environ, "CHROME_PATH": chromium}, asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*asked, stdout=pipe, stderr=pipe, env=environment)
    try:
        async with asyncio.timeout(LIGHTHOUSE_SECONDS):
            said, problem = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return f"no answer after {LIGHTHOUSE_SECONDS} s"
    seconds = time.perf_counter() - start
    try:
        audits: dict[str, Any] = json.loads(said)["audits"]
        values = {name: audits[audit]["numericValue"] for name, audit in METRICS.items()}
    except (ValueError, KeyError):
        return (problem.decode(errors="replace").strip().splitlines() or ["no result"])[-1][:200]
    into.seconds.append(seconds)
    for name, value in values.items():
        into.samples[name].append(float(value))
    return ""


async def compare(
    home: str, urls: Sequence[str], pages: int, devices: Sequence[Device], runs: int
) -> list[dict[str, Any]]:
    command = await asyncio.to_thread(install_lighthouse)
    found = await asyncio.to_thread(find_chromium)
    chromium = str(found.path or "")
    shop = ShopSettings(start_url=home, allow_private=True)
    rows = []
    async with (
        EgressProxy(egress_policy(shop)) as egress,
        BrowserSession(shop, proxy=egress.url) as session,
        TraceEngine() as engine,
        session.timing(TIMED_ARGS) as opens,
    ):
        await engine.ready()
        wanted = list(urls) or [page.url for page in await oscar_panel(session, home)][:pages]
        for url in wanted:
            for device in devices:
                ours, theirs = Series(), Series()
                for _run in range(runs):
                    start = time.perf_counter()
                    load = await timed_load(await opens(device), url, session.profile(device), shop, engine)
                    simulated = load.traced.simulated if load.traced else None
                    if simulated is None:
                        print(f"  ours gave no numbers: {load.note}")
                    else:
                        ours.seconds.append(time.perf_counter() - start)
                        for name in METRICS:
                            ours.samples[name].append(getattr(simulated, f"{name}_ms") or 0.0)
                    why = await lighthouse(command, url, device, chromium, theirs)
                    if why:
                        print(f"  Lighthouse gave no numbers: {why}")
                if ours.seconds and theirs.seconds:
                    rows.append(row(url, device, ours, theirs))
    return rows


def row(url: str, device: Device, ours: Series, theirs: Series) -> dict[str, Any]:
    """Prints the comparison of one page and device."""
    ratio = mean(ours.seconds) / mean(theirs.seconds)
    print(f"{url} on {device}: {mean(ours.seconds):.1f} s against {mean(theirs.seconds):.1f} s, {ratio:.2f} times")
    result: dict[str, Any] = {
        "url": url,
        "device": device,
        "ratio": ratio,
        "ours": ours.samples,
        "theirs": theirs.samples,
    }
    for name in METRICS:
        mine, other = median(ours.samples[name]), median(theirs.samples[name])
        near = abs(mine - other) <= max(NEAR_SHARE * other, NEAR_MS)
        result[name] = near
        print(
            f"  {name:4} ours {mine:6.0f} ms ({variation(ours.samples[name])}), Lighthouse {other:6.0f} ms"
            f" ({variation(theirs.samples[name])}): {mine - other:+6.0f} ms{'' if near else '  APART'}",
            flush=True,
        )
    return result


def variation(samples: Sequence[float]) -> str:
    """The coefficient of variation of single runs."""
    return f"cv {pstdev(samples) / mean(samples):.2f}" if mean(samples) else "cv -"


def summary(rows: Sequence[dict[str, Any]]) -> None:
    print(f"{len(rows)} pages and devices")
    for name in METRICS:
        print(f"  {name}: {sum(one[name] for one in rows)} of {len(rows)} within 20 % or 200 ms")
    print(f"  wall time: {median(one['ratio'] for one in rows):.2f} times Lighthouse's (aim 0.17)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--devices", default="mobile,desktop")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    devices = [Device(name) for name in given.devices.split(",")]

    def run(home: str) -> None:
        rows = asyncio.run(compare(home, given.urls, given.pages, devices, given.runs))
        summary(rows)
        if given.json:
            given.json.write_text(json.dumps(rows, indent=1))

    if given.urls:
        run(given.urls[0])
        return
    from tests.storefronts.shops import oscar

    with oscar() as shop:
        run(shop.url)


if __name__ == "__main__":
    main()
