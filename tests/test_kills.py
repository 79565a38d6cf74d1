"""Servers that are killed at random moments lose no slot: a small sample of ``python -m benchmarks.kills``."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.server
def test_killed_servers_lose_no_slot_run_none_twice_and_leave_nothing_behind():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", "3", "7"], cwd=ROOT, capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counted = re.fullmatch(
        r"3 kills over [\d.]+ simulated days, (\d+) slots, \d+ of them begun again: "
        r"0 lost, 0 still waiting, 0 run twice, 0 corrupt, 0 processes left",
        done.stdout.strip(),
    )
    assert counted, done.stdout
    assert int(counted[1]) > 0
