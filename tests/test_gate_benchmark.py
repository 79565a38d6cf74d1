"""The benchmark of the gate counts what it should, goes on where it was, and plants what it says."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.gate import publishing
from benchmarks.gate.__main__ import PLAN
from benchmarks.gate.record import append, read, still_wanted
from benchmarks.gate.releases import RELEASES, serving
from benchmarks.gate.trial import SETTINGS, Trial


def trial(release: str = "unchanged", setting: str = "pair", code: int = 0, **changed: object) -> Trial:
    facts = {
        "release": release, "setting": setting, "exit_code": code, "answer": "closed" if code == 1 else "open",
        "why": "because", "reasons": (), "warned": (), "took_s": 40.0, "others": 0.1,
        "browser": "1.2", "at": datetime(2026, 1, 2, tzinfo=UTC),
    }  # fmt: skip
    return Trial.model_validate(facts | changed)


RIGHT = trial("alt-removed", "short", 1, reasons=("A11Y-004",))
OTHER = trial("alt-removed", "short", 1, reasons=("growth/cls",))


@pytest.mark.parametrize(
    ("one", "found"),
    [(trial(), False), (trial(code=1, reasons=("timing/lcp",)), True), (trial(code=4), False), (RIGHT, True), (OTHER, False)],
)  # fmt: skip
def test_a_regression_counts_as_found_only_for_its_own_reason(one, found):
    assert one.found is found


def test_a_run_goes_on_where_it_was_with_all_kinds_alike(tmp_path: Path):
    file = tmp_path / "new" / "trials.jsonl"
    plan = {("unchanged", "pair"): 4, ("alt-removed", "short"): 2}
    for one in (trial(), trial(), trial(code=1)):
        append(file, one)
    assert still_wanted(plan, read(file)) == [("alt-removed", "short"), ("alt-removed", "short"), ("unchanged", "pair")]
    append(file, RIGHT)
    append(file, RIGHT)
    append(file, trial())
    assert still_wanted(plan, read(file)) == []


def test_what_is_published_tells_false_reds_misses_and_what_is_not_run_yet(tmp_path: Path):
    page = tmp_path / "accuracy.md"
    page.write_text(f"# A\n{publishing.BEGIN}\nold\n{publishing.END}\nrest\n")
    trials = [*[trial(others=0.7)] * 3, trial(code=1, reasons=("timing/lcp",)), trial(code=4), RIGHT, OTHER]
    publishing.publish(trials, {("unchanged", "pair"): 9}, page)
    text = page.read_text()
    assert text.startswith("# A\n")
    assert text.endswith("\nrest\n")
    assert "old" not in text
    assert "| all | 5 | 1 | 1 | 20% |" in text
    assert "| others used more | 3 | 0 | 0 | 0% |" in text
    assert "(`A11Y-004`) | short | 2 | 1 | 50% |" in text
    assert "4 are not run yet" in text
    assert "* unchanged (pair): timing/lcp" in text
    assert "* alt-removed (short): growth/cls" in text
    page.write_text("without markers")
    with pytest.raises(ValueError, match="needs the lines"):
        publishing.publish(trials, {}, page)


@pytest.mark.server
@pytest.mark.parametrize("name", ["script-300-kib", "lcp-20", "third-party", "layout-shift"])
def test_a_release_differs_from_the_shop_by_what_is_planted(name):
    with serving(RELEASES["unchanged"]) as shop:
        before = urlopen(shop.url).read().decode()
    with serving(RELEASES[name]) as shop:
        after = urlopen(shop.url).read().decode()
        size = len(urlopen(f"{shop.url}static/recommend.js").read()) if name == "script-300-kib" else None
    marks = {
        "script-300-kib": "recommend.js", "lcp-20": "campaign-0.css", "third-party": "tags.example.net",
        "layout-shift": "125px",
    }  # fmt: skip
    assert marks[name] in after
    assert marks[name] not in before
    assert size is None or 300 * 1024 <= size < 301 * 1024


def test_every_regression_has_a_gate_that_can_see_it():
    planned = {release: SETTINGS[setting] for release, setting in PLAN}
    for name, release in RELEASES.items():
        if release.reason:
            assert not release.timed or planned[name].profile == "ci"
            assert not release.walked or planned[name].walked
