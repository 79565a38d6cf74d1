"""The benchmark of noise counts what the product's own trends say of recorded and of planted numbers."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.between import put_between
from benchmarks.noise import publishing
from benchmarks.noise.judging import lines_of, marked, smallest, told
from benchmarks.noise.recording import Number, Recorded, append, read

PAGES = ("/p/lamp",)


def recorded(many: int = 30, *, spread: float = 0.03, busy: int = 0) -> list[Recorded]:
    """``busy``: so many of the first audits had to share the machine."""
    chance = random.Random(5)
    return [
        Recorded(
            at=datetime(2026, 1, 2, tzinfo=UTC) + timedelta(hours=place), took_s=40, load=0.0, others=0.3,
            ended="complete", epoch="one", browser="Chromium 1.2", loads=6,
            numbers=tuple(
                Number(page=page, template="product", device="mobile", name=name, method="simulated",
                       median=2000 * chance.gauss(1, spread), shared=place < busy)
                for page in PAGES for name in ("lcp", "fcp")
            ),
        )
        for place in range(many)
    ]  # fmt: skip


def test_calm_numbers_are_not_marked_and_a_planted_change_is():
    lines = lines_of(recorded(), all_count=False)
    calm, planted = marked(lines), marked(lines, 0.4)
    assert (calm.of, planted.of) == (2 * 30, 30)
    assert calm.hits / calm.of < 0.1
    assert planted.hits == planted.of
    assert told(lines, 0.4).hits > told(lines).hits == 0


def test_a_change_in_the_middle_of_what_was_recorded_is_not_smoothed_away():
    runs = recorded()
    later = [
        run.model_copy(update={"numbers": tuple(one.model_copy(update={"median": 3 * one.median}) for one in run.numbers)})
        for run in runs[20:]
    ]  # fmt: skip
    share = marked(lines_of([*runs[:20], *later], all_count=False), turned=False)
    assert share.hits == share.of == 2


def test_runs_that_the_product_leaves_out_leave_too_few_to_judge_unless_they_are_asked_for():
    runs = recorded(busy=28)
    left = marked(lines_of(runs, all_count=False))
    assert left.unknown == left.of
    assert marked(lines_of(runs, all_count=True)).unknown == 0


def test_the_smallest_change_that_is_seen_shrinks_with_the_runs_after_it():
    found = smallest(lines_of(recorded(), all_count=False))
    assert found[1] is None, "one run proves nothing"
    steps = [step for step in (found[3], found[5], found[10]) if step is not None]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] < 0.3


def test_what_was_recorded_is_kept_a_line_each_and_failed_audits_do_not_count(tmp_path: Path):
    one = recorded(1)[0]
    for each in (one, one.model_copy(update={"ended": "partial"}), one):
        append(tmp_path / "new" / "runs.jsonl", each)
    assert read(tmp_path / "new" / "runs.jsonl") == [one, one]


def test_the_tables_go_between_their_markers_and_nowhere_else(tmp_path: Path):
    page = tmp_path / "accuracy.md"
    page.write_text("# A\n<!-- noise: generated -->\nold\n<!-- noise: end -->\nrest\n")
    put_between("noise", publishing.section(recorded(24, busy=1)), page)
    text = page.read_text()
    assert (text.startswith("# A\n"), text.endswith("\nrest\n"), "old" in text) == (True, True, False)
    assert "| LCP +40%: marked within 10 runs | ≥ 99 % | 100.0% (24 of 24) | 100.0% (24 of 24) |" in text
    assert "before there are 23" in publishing.section(recorded(9))
    with pytest.raises(ValueError, match="needs the lines"):
        put_between("kills", "", page)
