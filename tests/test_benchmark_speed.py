"""What the benchmark of speed makes of loads, and how several goes add up."""

from pathlib import Path

import pytest

from auditor.evidence import Device
from benchmarks.between import markers
from benchmarks.speed.plan import PARTS, loads_wanted, overlaps_wanted
from benchmarks.speed.publishing import publish, sections
from benchmarks.speed.ratios import OURS_PER_TURN, Row, rows_of, two_groups
from benchmarks.speed.record import Audited, Chosen, Load, Overlapped, Slowed, Tool, Whole, append, read
from benchmarks.speed.whole import panel_without_content

METRICS = ("fcp", "lcp", "tbt", "si", "score")


def loads(tool: Tool, values: list[float], *, path: str = "/", took: float = 1.0) -> list[Load]:
    each = OURS_PER_TURN if tool == "ours" else 1
    return [
        Load(
            shop="oscar", path=path, device=Device.MOBILE, turn=place // each, tool=tool, seconds=took,
            values=dict.fromkeys(METRICS, value),
        )
        for place, value in enumerate(values)
    ]  # fmt: skip


def row(ours: list[float], theirs: list[float]) -> Row:
    (only,) = rows_of([*loads("ours", ours), *loads("lighthouse", theirs, took=10.0)])
    return only


@pytest.mark.parametrize(
    ("ours", "theirs", "near"),
    [
        ([2390.0], [2000.0, 2000.0], True),
        ([2410.0], [2000.0, 2000.0], False),
        ([390.0], [200.0, 200.0], True),
        ([410.0], [200.0, 200.0], False),
        ([2900.0], [1500.0, 1600.0, 2500.0, 2600.0], True),
    ],
)
def test_numbers_agree_within_a_fifth_200_ms_or_lighthouses_own_difference(
    ours: list[float], theirs: list[float], near: bool
) -> None:
    assert row(ours, theirs).near("lcp") is near


def test_the_spread_of_3_run_medians_is_set_against_that_of_single_runs() -> None:
    steady = [1000.0, 1010.0, 2000.0, 1000.0, 1020.0, 1900.0]
    assert row(steady, [1000.0, 1200.0]).spread_ratio == pytest.approx(0.0545, abs=0.002)
    assert row(steady[:3], [1000.0, 1200.0]).spread_ratio is None, "one median has no spread"


def test_paints_are_set_against_lanterns_and_against_those_of_a_slow_browser() -> None:
    pairs = [(1900.0, 1900.0), (8000.0, 1938.0)]
    ours = [
        one.model_copy(update={"values": dict.fromkeys(METRICS, lcp) | {"lantern_lcp": lantern}})
        for one, (lantern, lcp) in zip(loads("ours", [0.0, 0.0]), pairs, strict=True)
    ]
    slow = [
        Slowed(shop="oscar", path="/", device=Device.MOBILE, turn=turn, seconds=3, values={"lcp": 2000.0})
        for turn in range(3)
    ]
    said = sections([*ours, *loads("lighthouse", [1800.0, 1800.0]), *slow])
    assert "LCP differs by 2% (median of 1; most 2%); by Lantern's count of the same loads by 123%" in said["loads"]
    assert "| LCP | mobile | 4% (4%) | 148% (148%) | 10% (10%) |" in said["slowed"]
    assert "1 pages and devices, 3 slow loads each" in said["slowed"]
    assert "slowed" not in sections(slow), "there is nothing to compare with"


def test_pages_with_two_states_are_counted_apart() -> None:
    both = [2100.0, 2150.0, 8300.0, 8250.0]
    assert two_groups(both)
    assert not two_groups([2100.0, 2150.0, 2200.0, 8250.0])
    said = sections(
        [
            *loads("ours", both), *loads("lighthouse", [2000.0, 2000.0]),
            *loads("ours", [2000.0], path="/a"), *loads("lighthouse", [2000.0, 2000.0], path="/a", took=8.0),
        ]
    )["loads"]  # fmt: skip
    assert "1 have two states" in said
    assert "Of 1 agree: FCP 1, LCP 1, TBT 1" in said
    assert "worst 1.000" in said


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    paths = ("/", "/a", "/b")
    assert len(loads_wanted([], "oscar", paths, 2)) == 12
    first = loads_wanted([], "oscar", paths, 2)[0]
    append(tmp_path, [Chosen(shop="oscar", paths=paths), *loads("ours", [1.0] * 3)])
    assert first in loads_wanted(read(tmp_path), "oscar", paths, 2), "a turn that was cut off is made whole again"
    append(tmp_path, loads("lighthouse", [1.0]))
    left = loads_wanted(read(tmp_path), "oscar", paths, 2)
    assert first not in left
    assert len(left) == 11
    assert len(loads_wanted(read(tmp_path), "evershop", paths, 2)) == 12
    pairs = overlaps_wanted([], "oscar", paths, 1)
    assert [pair.paths for pair in pairs] == [("/", "/a")] * 2


def test_the_tables_say_what_an_audit_took_and_what_flips(tmp_path: Path) -> None:
    whole = Whole(
        shop="oscar", tool="ours", pages=("/",), runs=3, seconds=100, stages={"walk": 30_000, "time": 20_000}, loads=10
    )
    said = [Whole(shop="oscar", tool="unlighthouse", device=one, pages=("/",), runs=1, seconds=50) for one in Device]
    quicker = whole.model_copy(update={"turn": 1, "seconds": 60})
    said += [one.model_copy(update={"turn": 1}) for one in said]
    audits = [
        Audited(shop="oscar", seconds=30, pages=1, failed={"a": "speed/lcp-slow"}),
        Audited(shop="oscar", seconds=30, pages=1, failed={"a": "speed/lcp-slow", "b": "speed/font-hides-text"}),
    ]
    pairs = [
        Overlapped(
            shop="oscar", path="/", device=Device.MOBILE, turn=0, together=together, seconds=2 if together else 1.5,
            values=dict.fromkeys(METRICS, 110.0 if together else 100.0),
        )
        for together in (False, True)
    ]  # fmt: skip
    page = tmp_path / "performance.md"
    old = "".join("\n".join((*markers(f"speed {name}"), "")).replace("-->\n", "-->\nold\n", 1) for name in PARTS)
    page.write_text(f"before\n{old}after\n")
    publish([whole, quicker, *said, *audits, *pairs], page)
    text = page.read_text()
    assert "against 100 s of Unlighthouse: 1.00 times" in text
    assert "oscar: 0.80 times at the median of 2 turns" in text
    assert "has none of, 0.50." in text
    assert "2.00 s for each of 10 timed loads" in text
    assert "1 of 2 failed speed findings are not in all of them" in text
    assert "failed in 1, for review in 0: speed/font-hides-text" in text
    assert "| LCP | 1.10 |" in text
    assert "0.67 times as long at once" in text
    assert text.count("old") == 2, "no load was measured, so their parts stay"
    assert text.startswith("before")
    assert text.endswith("after\n")


@pytest.mark.parametrize("pages", [1, 4, 12, 40])
def test_a_whole_audit_of_a_shop_without_content_sees_as_many_pages_as_are_wanted(pages: int) -> None:
    panel = panel_without_content(pages)
    assert sum(panel.values()) == pages
    assert "content" not in panel
