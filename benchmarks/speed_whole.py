"""A whole audit against Unlighthouse on the same pages, and whether failed speed findings flip between audits."""

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from auditor.evidence import Device
from benchmarks.speed_tools import unlighthouse

AUDIT_SECONDS = 3600.0


def audited(url: str, folder: Path, pages: int, runs: int) -> float:
    """Seconds that the command takes, with all evidence, checks and reports.

    :raises RuntimeError: when it does not end well.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("auditor")), "audit", url, "--allow-private", "--depth", "pages",
            "--panel", str(pages), "--speed-runs", str(runs), "--max-pages", "60", "--out", str(folder), "--quiet",
        ],
        capture_output=True, text=True, timeout=AUDIT_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the audit ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return time.perf_counter() - start


def report_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
    return loaded


def whole(url: str, pages: int, runs: int, chromium: str, folder: Path) -> str:
    ours = audited(url, folder / "whole", pages, runs)
    report = report_of(folder / "whole")
    seen = list(dict.fromkeys(page["key"] for page in report["pages"]))
    stages = ", ".join(f"{name} {spent / 1000:.0f} s" for name, spent in report["run"]["stages"].items())
    theirs = 0.0
    for device in Device:
        theirs += unlighthouse(url.rstrip("/"), seen, device, chromium, folder / f"unlighthouse-{device}")
    return (
        f"whole audit of {len(seen)} pages on 2 devices, n = {runs}: {ours:.0f} s ({stages}) against {theirs:.0f} s of"
        f" Unlighthouse, {ours / theirs:.2f} times (limit 0.7)"
    )


def flips(url: str, audits: int, pages: int, runs: int, folder: Path) -> str:
    """Failed speed findings that not all audits of the unchanged shop have."""
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    for number in range(audits):
        place = folder / "flips" / str(number)
        audited(url, place, pages, runs)
        for finding in report_of(place)["findings"]:
            if finding["area"] == "speed" and finding["verdict"] == "failed":
                seen[finding["fingerprint"]] += 1
                names[finding["fingerprint"]] = f"{finding['check']} ({finding['template']}): {finding['found']}"
    flipped = {print_: count for print_, count in seen.items() if count < audits}
    lines = [
        f"{audits} audits of an unchanged shop: {len(flipped)} of {len(seen)} failed speed findings flip (limit 0)"
    ]
    lines += [f"  in {count} of {audits}: {names[print_]}" for print_, count in flipped.items()]
    return "\n".join(lines)
