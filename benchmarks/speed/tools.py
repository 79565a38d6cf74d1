"""Lighthouse and Unlighthouse from npm, in a cache of their own, run in the Node that the trace engine uses."""

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditor.evidence import Device
from auditor.speed.node_finder import find_node

LIGHTHOUSE, UNLIGHTHOUSE = "lighthouse@13.5.0", "unlighthouse@0.18.1"
LIGHTHOUSE_SECONDS, UNLIGHTHOUSE_SECONDS = 180.0, 1800.0
METRICS = {
    "fcp": "first-contentful-paint", "lcp": "largest-contentful-paint", "tbt": "total-blocking-time",
    "si": "speed-index", "cls": "cumulative-layout-shift",
}  # fmt: skip


def installed(package: str, inside: str) -> Path:
    """The file ``inside`` an npm package, which is installed once without running any script of it."""
    cache = Path(os.environ.get("AUDITOR_TEST_CACHE") or Path(tempfile.gettempdir()) / f"auditor-test-{os.getuid()}")
    place = cache / package.replace("@", "-")
    file = place / "node_modules" / inside
    if not file.is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(f"The benchmark needs npm to install {package}: install Node with npm, then try again.")
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text('{"name": "for-comparison", "private": true}')
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([npm, "install", *quiet, package], cwd=place, check=True, stdout=subprocess.DEVNULL)
    return file


async def lighthouse(url: str, device: Device, chromium: str) -> tuple[dict[str, float], float]:
    """Metrics (ms, ``cls``, and ``score`` of 0-100) and the seconds that the command took.

    :raises RuntimeError: when it gave no numbers; the message says why.
    """
    command = installed(LIGHTHOUSE, "lighthouse/cli/index.js")
    preset = ["--preset=desktop"] if device is Device.DESKTOP else []
    asked = [
        str(command), url, "--output=json", "--quiet", "--only-categories=performance", *preset,
        "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    said, seconds = await _ran(asked, LIGHTHOUSE_SECONDS, {"CHROME_PATH": chromium})
    try:
        found: dict[str, Any] = json.loads(said)
        values = {name: float(found["audits"][audit]["numericValue"]) for name, audit in METRICS.items()}
        return values | {"score": 100 * float(found["categories"]["performance"]["score"])}, seconds
    except (ValueError, KeyError, TypeError):
        raise RuntimeError((said.strip().splitlines() or ["no result"])[-1][:200]) from None


def unlighthouse(site: str, paths: Sequence[str], device: Device, chromium: str, folder: Path) -> float:
    """Seconds that it takes for these pages, one sample each.

    :raises RuntimeError: when it does not report on all of them.
    """
    command = installed(UNLIGHTHOUSE, "unlighthouse/bin/unlighthouse-ci.mjs")
    settings = {
        "site": site, "urls": list(paths), "outputPath": str(folder), "cache": False,
        "scanner": {
            "device": device.value, "samples": 1, "crawler": False, "sitemap": False, "robotsTxt": False,
            "dynamicSampling": False, "throttle": True,
        },
        "lighthouseOptions": {"onlyCategories": ["performance"]},
        "chrome": {"useSystem": False, "useDownloadFallback": False},
        "puppeteerOptions": {"executablePath": chromium, "args": ["--no-sandbox"]},
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "unlighthouse.config.json"
    config.write_text(json.dumps(settings))
    asked = [str(command), "--config-file", str(config), "--root", str(folder), "--reporter", "jsonSimple"]
    said, seconds = asyncio.run(_ran(asked, UNLIGHTHOUSE_SECONDS, {"CHROME_PATH": chromium}))
    reports = list(folder.rglob("lighthouse.json"))
    if len(reports) < len(paths):
        raise RuntimeError(f"{len(reports)} reports for {len(paths)} pages: {said.strip()[-300:]}")
    return seconds


async def _ran(arguments: Sequence[str], most: float, environment: dict[str, str]) -> tuple[str, float]:
    pipe, start = asyncio.subprocess.PIPE, time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        str(find_node().path), *arguments, stdout=pipe, stderr=asyncio.subprocess.STDOUT,
        stdin=asyncio.subprocess.DEVNULL, env={**os.environ, **environment},
    )  # fmt: skip
    try:
        async with asyncio.timeout(most):
            said, _none = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise RuntimeError(f"no answer after {most:g} s") from None
    return said.decode(errors="replace"), time.perf_counter() - start
