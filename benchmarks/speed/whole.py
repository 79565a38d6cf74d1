"""A whole audit against Unlighthouse on the same pages, and audits of an unchanged shop one after the other."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from auditor.browser.finder import find_chromium
from auditor.cli.errors import EXIT_PARTIAL
from auditor.evidence import Device, Template
from auditor.sample import scaled_panel
from benchmarks.speed.record import Audited, Whole
from benchmarks.speed.tools import unlighthouse

AUDIT_SECONDS = 3600.0
SHORT = ("--depth", "pages", "--ads-pages", "0", "--max-pages", "20")
"""What flips is a matter of timed loads: journeys and visitors of other kinds are left out."""


def audited(folder: Path, runs: int, *more: str) -> float:
    """Seconds that the command takes, with all evidence, checks and reports; a partial audit counts.

    :raises RuntimeError: when it does not end well.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("auditor")), "audit", "--allow-private", "--speed-runs", str(runs),
            "--out", str(folder), "--quiet", *more,
        ],
        capture_output=True, text=True, timeout=AUDIT_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode not in (0, EXIT_PARTIAL):
        raise RuntimeError(f"the audit ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return time.perf_counter() - start


def panel_without_content(pages: int) -> dict[str, int]:
    """Pages by template. The storefronts have no pages of content: products take their places, or an audit of 12 pages
    would see 10."""
    panel = scaled_panel(pages)
    if freed := panel.pop(Template.CONTENT, 0):
        panel[Template.PRODUCT] += freed
    return {str(template): count for template, count in panel.items()}


def audit_of(name: str, turn: int, url: str, folder: Path, pages: int, runs: int) -> Whole:
    """An audit as it is by default, journeys and all; ``stages`` tell them apart."""
    load = os.getloadavg()[0]
    settings = folder.with_suffix(".yaml")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        json.dumps({"version": 1, "shops": {name: {"start_url": url, "panel": panel_without_content(pages)}}})
    )
    took = audited(folder, runs, "--max-pages", "60", "--config", str(settings), "--shop", name)
    report = _report(folder)
    keys = dict.fromkeys(page["key"] for page in report["pages"])
    timed = (json.loads(file.read_bytes()) for file in folder.glob("pages/*/timed.json"))
    return Whole(
        shop=name, load=load, turn=turn, tool="ours", pages=tuple(keys), runs=runs, seconds=round(took, 1),
        stages=report["run"]["stages"], ended=report["run"]["ended"], loads=sum(len(one["loads"]) for one in timed),
    )  # fmt: skip


def unlighthouse_of(mine: Whole, url: str, folder: Path, device: Device) -> Whole:
    """The pages of our audit ``mine``, in its turn.

    :raises RuntimeError: when it does not report on all pages.
    """
    load = os.getloadavg()[0]
    chromium = str(find_chromium().path)
    took = unlighthouse(url.rstrip("/"), mine.pages, device, chromium, folder / f"unlighthouse-{device}")
    return Whole(
        shop=mine.shop, load=load, turn=mine.turn, tool="unlighthouse", device=device, pages=mine.pages, runs=1,
        seconds=round(took, 1),
    )  # fmt: skip


def audit_again(name: str, url: str, folder: Path, paths: Sequence[str], runs: int) -> Audited:
    load = os.getloadavg()[0]
    addresses = folder.with_suffix(".txt")
    addresses.parent.mkdir(parents=True, exist_ok=True)
    addresses.write_text("".join(f"{urljoin(url, path)}\n" for path in paths))
    took = audited(folder, runs, url, "--panel", str(len(paths)), *SHORT, "--urls", str(addresses))
    found = [finding for finding in _report(folder)["findings"] if finding["area"] == "speed"]
    said = {
        verdict: {
            one["fingerprint"]: f"{one['check']} ({one['template'] or 'shop'}): {one['found']}"
            for one in found
            if one["verdict"] == verdict
        }
        for verdict in ("failed", "needs_review")
    }
    return Audited(
        shop=name, load=load, seconds=round(took, 1), pages=len(paths), failed=said["failed"],
        doubted=said["needs_review"],
    )  # fmt: skip


def _report(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
    return loaded
