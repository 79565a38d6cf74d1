"""The statistics of repeated loads, and what the timed lane keeps of them."""

import pytest

from auditor.browser.timed_series import chosen, films_kept, with_load
from auditor.check import load_checks
from auditor.evaluate import judge
from auditor.evidence import Ended, FilmFrame, LcpPhases, PageEvidence, PaintTrial, Simulated, Timed, TimedLoad
from auditor.finding import Finding, Verdict
from auditor.fold import fold
from auditor.reading.causes import in_every_load
from auditor.reading.repeated import PAINTS, Repeated, interquartile, middle_load, repeated, value_of
from auditor.result import metrics
from reports.tables import NO_BREAK, metric_rows
from tests.factories import page_evidence, timing
from tests.factories.speed import cause, insight, load, timed


def lcps(*values: float) -> Timed:
    return timed(*(load(lcp=value) for value in values))


def lcp_of(*values: float) -> Repeated:
    found = repeated(lcps(*values), "lcp")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("samples", "states", "apart"),
    [
        ((2100, 2200, 2150), (), False),
        ((2200, 2100, 8300), (), True),
        ((2200, 2100, 8300, 8100, 2000), (2100, 8200), False),
        ((2000, 3000, 4000, 5000, 6000), (), False),  # evenly spread: noise, no states
        ((900, 910, 1300, 1310), (), False),  # a gap of less than half a second
        ((2000, 9000), (), False),  # two loads tell nothing
    ],
)
def test_two_states_are_told_from_noise_and_from_an_accident(
    samples: tuple[float, ...], states: tuple[float, ...], apart: bool
) -> None:
    found = lcp_of(*samples)
    assert (found.states, found.apart) == (states, apart)


def test_spread_is_the_interquartile_range() -> None:
    assert lcp_of(1000, 2000, 3000, 4000, 5000).spread == 2000
    assert interquartile((7.0,)) == 0


raced = [load(fcp=1900.0, lcp=lcp, steady_fcp=1850.0, steady_lcp=1900.0) for lcp in (8000.0,) * 3]


@pytest.mark.parametrize(
    ("tried", "first", "largest"),
    [
        (None, 1900, 8000),
        (PaintTrial(note="the browser ended"), 1900, 8000),
        (PaintTrial(fcp=False, lcp=False), 1900, 8000),
        (PaintTrial(fcp=True, lcp=False), 1850, 8000),
        (PaintTrial(fcp=True, lcp=True), 1850, 1900),
    ],
)
def test_a_file_that_raced_counts_unless_the_page_was_seen_to_paint_without_it(
    tried: PaintTrial | None, first: float, largest: float
) -> None:
    measured = timed(*raced, trial=tried)
    found = {name: repeated(measured, name) for name in PAINTS}
    assert [one and one.median for one in found.values()] == [first, largest]


def test_where_nothing_raced_the_steady_estimate_counts_in_all_loads_or_in_none() -> None:
    close = [load(fcp=900.0, lcp=lcp, steady_fcp=900.0, steady_lcp=2000.0) for lcp in (1500.0, 2050.0, 2090.0)]
    found = repeated(timed(*close), "lcp")
    assert found is not None
    assert (found.samples, found.method) == ((2000.0,) * 3, "simulated")
    older = repeated(timed(*close, load(fcp=900.0, lcp=1500.0)), "lcp")
    assert older is not None
    assert older.samples == (1500.0, 2050.0, 2090.0, 1500.0)


def test_loads_that_were_kept_with_an_estimate_of_a_day_are_read() -> None:
    known = {"fcp_ms": 1.0, "lcp_ms": 2.0, "tbt_ms": 0.0, "tti_ms": 2.0, "sure_fcp_ms": 1.0}
    assert Simulated.model_validate(known).fcp_ms == 1.0


def test_a_number_is_sure_only_clearly_beyond_its_limit_and_on_a_machine_of_our_own() -> None:
    assert lcp_of(4000, 4100, 4200).surely_above(2500)
    assert not lcp_of(4000).surely_above(2500)
    assert not lcp_of(2680, 2682, 2684).surely_above(2500), "three loads that agree by accident"
    assert lcp_of(2680, 2682, 2684).surely_above(2500, margin=0.0), "a limit of the shop's own holds as it stands"
    untried = repeated(timed(*raced), "lcp")
    assert untried is not None
    assert untried.samples == (8000.0,) * 3
    assert not untried.surely_above(2500), "by one of two estimates, and nobody knows which holds"
    late = [load(lcp=8000.0, steady_lcp=3900.0) for _ in range(3)]
    both = repeated(timed(*late), "lcp")
    assert both is not None
    assert both.surely_above(2500)
    shared = repeated(timed(*(load(lcp=4100.0, others=0.8) for _ in range(3))), "lcp")
    assert shared is not None
    assert not shared.surely_above(2500)


def test_blocked_time_is_sure_further_beyond_its_limit_than_a_paint() -> None:
    blocked = repeated(timed(*(load(tbt=590.0) for _ in range(3))), "tbt")
    assert blocked is not None
    assert not blocked.surely_above(200), "between good and poor"
    assert blocked.surely_above(190)
    assert blocked.surely_above(500, margin=0.0)


def test_where_loads_do_not_agree_most_of_them_decide_once_there_are_enough() -> None:
    quick, slow = 2570.0, 3170.0
    assert not lcp_of(quick, slow, slow).surely_above(2500), "three loads are too few to outvote one"
    assert lcp_of(quick, slow, slow, slow, slow).surely_above(2500)
    assert not lcp_of(quick, quick, slow, slow, slow).surely_above(2500)
    assert lcp_of(*[quick] * 4, *[slow] * 5).surely_above(2500), "more are not made"
    assert not lcp_of(*[quick] * 5, *[slow] * 4).surely_above(2500)


@pytest.mark.parametrize(
    ("samples", "undecided"),
    [
        ((3170, 3170, 3170), False), ((2570, 3170, 3170), True), ((2570, 2570, 3170), True), ((2570, 2570, 2570), False),
        ((2570, 3170, 3170, 3170, 3170), False), ((2570, 2570, 3170, 3170, 3170), True), ((2570, 3170), False),
        ((2570,) * 4 + (3170,) * 5, False),
    ],
)  # fmt: skip
def test_loads_on_both_sides_of_a_limit_leave_a_number_undecided(samples: tuple[float, ...], undecided: bool) -> None:
    assert lcp_of(*samples).undecided(2500) is undecided


def test_observed_numbers_stand_in_where_nothing_was_simulated() -> None:
    bare = timed(*(load(seen_lcp=value).model_copy(update={"traced": None}) for value in (700.0, 800.0)))
    found = repeated(bare, "lcp")
    assert found is not None
    assert (found.method, found.median) == ("observed", 750)
    assert repeated(None, "lcp") is None


def test_time_to_first_byte_is_observed_with_either_method() -> None:
    found = repeated(timed(), "ttfb")
    assert found is not None
    assert found.method == "observed"


def test_the_load_that_speaks_for_all_has_the_picture_of_most() -> None:
    def shows(lcp: float, name: str) -> TimedLoad:
        return load([insight("LCPDiscovery")], lcp=lcp, lcp_url=f"https://shop.example/{name}.jpg")

    kept = timed(wanted=3).model_copy(update={"loads": ()})
    for one in (shows(2000, "hero"), shows(2100, "banner"), shows(2400, "hero")):
        kept = with_load(kept, one)
    middle = middle_load(kept)
    assert middle is not None
    assert middle.traced is not None
    assert middle.traced.lcp_url == "https://shop.example/hero.jpg"


def test_only_the_load_in_the_middle_keeps_its_insights() -> None:
    kept = timed(load(lcp=1000), wanted=3).model_copy(update={"loads": ()})
    for value in (1000, 5000, 3000):
        kept = with_load(kept, load([insight("Cache")], lcp=value))
    assert [len(one.traced.insights) for one in kept.loads] == [0, 0, 1]
    assert middle_load(kept) == kept.loads[2]


def test_every_load_keeps_what_it_blames() -> None:
    font = cause("/inter.woff2", wasted_ms=250, facts={"family": "Inter"})
    slow, quick = insight("FontDisplay", font), insight("FontDisplay", font.model_copy(update={"wasted_ms": 20}))
    blocked = insight("RenderBlocking", savings={"fcp": 400, "lcp": 500})
    kept = timed(load(lcp=1000), wanted=3).model_copy(update={"loads": ()})
    for found in ([slow, blocked], [slow, blocked], [quick, blocked]):
        kept = with_load(kept, load(found))
    assert in_every_load(kept, "RenderBlocking", 500)
    assert not in_every_load(kept, "RenderBlocking", 501)
    assert in_every_load(kept, "FontDisplay Inter", 20)
    assert not in_every_load(kept, "FontDisplay Inter", 200), "one load had it at once"
    assert not in_every_load(kept, "ForcedReflow shop", 1)
    one = with_load(timed(load(), wanted=1).model_copy(update={"loads": ()}), load([blocked]))
    assert not in_every_load(one, "RenderBlocking", 300), "a single load is never enough"
    shared = kept.model_copy(update={"loads": tuple(each.model_copy(update={"others": 0.9}) for each in kept.loads)})
    assert not in_every_load(shared, "RenderBlocking", 300)


def test_a_load_that_failed_is_kept_with_its_reason() -> None:
    kept = with_load(lcps(1000, 1100), load().model_copy(update={"observed": None, "traced": None, "note": "gone"}))
    found = repeated(kept, "lcp")
    assert found is not None
    assert len(found.samples) == 2
    assert kept.why == "", "both loads that were wanted have their numbers"
    assert with_load(kept.model_copy(update={"wanted": 3}), kept.loads[-1]).why == "gone"
    assert with_load(kept, load(), "no engine").why == "no engine"


def test_the_lane_takes_loaded_visits_and_no_more_of_a_template_than_asked() -> None:
    lost = page_evidence("cart", visit_fields={"ended": Ended.TIMED_OUT})
    visits = [page_evidence("product", url=f"/p/{n}") for n in range(3)] + [lost, page_evidence("home")]
    assert len(chosen(visits, None)) == 4
    assert [visit.page.template for visit in chosen(visits, 1)] == ["product", "home"]


def test_timed_numbers_take_the_place_of_untimed_ones() -> None:
    visit: PageEvidence = page_evidence("product", timing=timing(lcp_ms=9000, inp_ms=40), timed=lcps(2100, 2300, 2200))
    by_name = {metric.name: metric for metric in metrics([visit])}
    assert (by_name["lcp"].median, by_name["lcp"].method, by_name["lcp"].samples) == (
        2200,
        "simulated",
        (2100, 2300, 2200),
    )
    assert by_name["cls"].method == "observed"
    assert by_name["inp"].method == "untimed"
    assert len(by_name) == len(metrics([visit]))


def test_both_states_of_a_page_are_in_the_result() -> None:
    visit = page_evidence("product", timed=lcps(2200, 2100, 8300, 8100, 2000))
    (lcp,) = (metric for metric in metrics([visit]) if metric.name == "lcp")
    assert lcp.states == (2100, 8200)


LCP = next(spec for spec in load_checks() if spec.id == "speed/lcp-slow")


def lcp_finding(loads: Timed | None, **measured: object) -> Finding:
    visit = page_evidence("product", timing=timing(lcp_ms=9000, lcp_selector="h1", **measured), timed=loads)
    (finding,) = fold((judge(LCP, visit),), {LCP.id: LCP})
    return finding


def test_a_finding_of_timed_loads_is_the_same_one_as_that_of_an_untimed_visit_but_not_indicative() -> None:
    timed_one, untimed = lcp_finding(lcps(4300, 4400, 4500)), lcp_finding(None)
    assert timed_one.fingerprint == untimed.fingerprint
    assert (timed_one.indicative, untimed.indicative) == (False, True)
    assert timed_one.verdict is Verdict.FAILED
    assert untimed.verdict is Verdict.NEEDS_REVIEW, "one sample, however late, of a machine that others use"


def test_a_finding_names_the_parts_of_the_largest_paint_where_they_are_known() -> None:
    phases = LcpPhases(ttfb_ms=180, load_delay_ms=420, load_ms=160, render_delay_ms=90)
    slow = load([insight("LCPBreakdown")], lcp=4400)
    known = slow.model_copy(update={"traced": slow.traced.model_copy(update={"phases": phases})})
    assert "420 ms until the element's file" in lcp_finding(timed(load(lcp=4300), known, load(lcp=4500))).found
    bare = lcp_finding(lcps(4300, 4400, 4500)).found
    assert "4400 ms" in bare
    assert "{" not in bare


@pytest.mark.parametrize(
    ("values", "wanted", "filmed"),
    [
        ((2100, 2300, 8300, 2200, 8100), 3, [2300, 8300]),
        ((2100, 2200, 2300), 3, [2200]),
        ((2100, 2200, 8300), 3, [2100, 2200, 8300]),
        ((2100, 2200), 3, [2100, 2200]),
    ],
    ids=["two states", "one state", "perhaps two", "not over yet"],
)
def test_a_film_is_kept_of_each_state(values: tuple[float, ...], wanted: int, filmed: list[float]) -> None:
    loads = [load(lcp=value, film=(FilmFrame(at_ms=10, picture=f"{value}.webp"),)) for value in values]
    kept = films_kept(timed(*loads, insights=[insight("Cache")], wanted=wanted))
    assert [value_of(one, "lcp", "simulated") for one in kept.loads if one.film] == filmed


def test_the_report_shows_both_states_and_what_was_shared() -> None:
    steady = page_evidence("product", timed=lcps(2100, 2300, 2200))
    states = page_evidence("home", timed=lcps(2200, 2100, 8300, 8100, 2000))
    busy = page_evidence("cart", timed=timed(*(load(others=0.9) for _ in range(3))))
    rows = {row.page: row for row in metric_rows(metrics([steady, states, busy]), ())}
    shown = {page: row.values["lcp"].replace(NO_BREAK, " ") for page, row in rows.items()}
    assert shown == {"/lamps/arc-lamp": "2.2 s (100 ms)", "/": "2.1 s or 8.2 s", "/cart": "1.5 s (0 ms)"}
    assert {page for page, row in rows.items() if row.shared} == {"/cart"}
    assert {row.loads for row in rows.values()} == {3, 5}
