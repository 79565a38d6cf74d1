"""The benchmark that plants every defect of the demo shop in each language: how audits are counted and told."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.demo import DEFECTS
from benchmarks.planted.__main__ import Trial, read, section
from benchmarks.planted.audits import ELSEWHERE, Audited, groups, planted
from tests.defect_groups import Group

PAIR = Group([DEFECTS["image-alt-same"], DEFECTS["product-reviews-missing"]])


def _trial(**changes: Any) -> Trial:
    return Trial(
        language="fa", names=("a", "b"), lost={}, surplus={}, doubted=(), ended="", browser="150",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    ).model_copy(update=changes)  # fmt: skip


def test_every_defect_that_pages_show_is_in_one_group() -> None:
    names = [one.name for group in groups(planted()) for one in group.defects]
    assert sorted(names) == sorted(
        one.name for one in DEFECTS.values() if one.journey is None and one.name not in ELSEWHERE
    )


def test_what_is_lost_and_what_is_too_much_is_named() -> None:
    seen = Audited("", {"A11Y-004": "same", "NAV-001": "none"}, {}, frozenset())
    assert seen.surplus(PAIR) == {"NAV-001": "none"}
    assert seen.lost(PAIR) == {"PDP-011": "product-reviews-missing"}
    assert Audited("", seen.failed, {}, frozenset({"PDP-011"})).lost(PAIR) == {}


def test_a_doubt_counts_where_the_defect_cannot_be_proven() -> None:
    doubtful = next(one for one in DEFECTS.values() if one.doubtful and one.journey is None)
    doubted = Audited("", {}, dict.fromkeys(doubtful.expect, "perhaps"), frozenset())
    assert doubted.lost(Group([doubtful])) == {}
    assert doubted.lost(PAIR).keys() == {"A11Y-004", "PDP-011"}


def test_the_table_tells_the_languages_apart() -> None:
    text = section([
        _trial(), _trial(lost={"PDP-011": "b"}, doubted=("a",)), _trial(names=(), surplus={"NAV-001": "none"}),
        _trial(language="en", surplus={"TRU-001": "gone"}, untimed=("b",)),
    ])  # fmt: skip
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| ")}
    assert rows["fa"].startswith("| fa | 3/4 (")
    assert rows["fa"].endswith(" | 1 | 0 | 1 |")
    assert rows["en"].startswith("| en | 1/1 (")
    assert rows["en"].endswith(" | 0 | 1 | not audited |")
    assert "* en: not judged, for the machine was busy: b" in text
    assert "* fa, PDP-011 (b): not found" in text
    assert "* en, TRU-001 beside a, b: gone" in text
    assert "* fa, NAV-001 beside nothing: none" in text


def test_groups_that_are_no_more_are_not_counted(tmp_path: Path) -> None:
    names = tuple(one.name for one in groups(planted())[0].defects)
    file = tmp_path / "audits.jsonl"
    kept, gone = _trial(names=names), _trial(names=("no-such-defect",))
    file.write_text("".join(f"{one.model_dump_json()}\n" for one in (_trial(names=names, ended="late"), kept, gone)))
    assert read(file) == {("fa", names): kept}
