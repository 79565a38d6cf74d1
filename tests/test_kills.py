"""Servers that are killed at random moments lose no slot: a small sample of ``python -m benchmarks.kills``."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.json_lines import read_lines
from benchmarks.kills.record import FOUND, Found, section

ROOT = Path(__file__).parent.parent


@pytest.mark.server
def test_killed_servers_lose_no_slot_run_none_twice_and_leave_nothing_behind(tmp_path):
    command = [sys.executable, "-m", "benchmarks.kills", "3", "--seed", "7", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    counted = re.fullmatch(
        r"3 kills over [\d.]+ simulated days, (\d+) slots, \d+ of them begun again: "
        r"0 lost, 0 still waiting, 0 run twice, 0 corrupt, 0 processes left",
        done.stdout.strip(),
    )
    assert counted, done.stdout
    assert int(counted[1]) > 0
    (kept,) = read_lines(tmp_path / "kills.jsonl", FOUND)
    assert kept.told == done.stdout.strip()
    assert kept.told in section([kept])


def test_lost_slots_are_named_and_make_the_benchmark_fail():
    found = Found(
        load=1.0, kills=2, seed=1, days=0.5, slots=9, again=1, lost=("hourly 2026-03-27 06:00: no row",), waiting=0,
        twice=0, broken=0, left=0,
    )  # fmt: skip
    assert not found.holds
    assert found.model_copy(update={"lost": ()}).holds
    assert "  * lost: hourly 2026-03-27 06:00: no row" in section([found]).splitlines()
