"""Which page the timed lane loads next, and when it loads one again."""

from auditor.browser.timed_turns import EXTRA_LOADS, HOPELESS, MAX_RETRIES, Turns
from auditor.evidence import PaintTrial, TimedLoad
from auditor.reading.repeated import MOST_LOADS
from tests.factories.speed import load, timed

EMPTY = timed().model_copy(update={"loads": (), "wanted": 3})
FAILED = TimedLoad(took_ms=10, note="the server answered 503 this time")


def turns(pages: int, runs: int = 3) -> Turns:
    return Turns([EMPTY.model_copy(update={"page_key": f"/{n}"}) for n in range(pages)], runs, "", None)


def made(lane: Turns, *loads: TimedLoad) -> list[int]:
    """The places that were loaded, with these loads in turn and quick ones after them."""
    places = []
    given = list(loads)
    while lane.queue:
        places.append(lane.next())
        lane.took(places[-1], given.pop(0) if given else load())
    return places


def test_what_raced_in_a_load_is_tried_once_and_before_more_loads_are_asked_for() -> None:
    lane = turns(1)
    for _run in range(3):
        lane.took(lane.next(), load(lcp=8000, steady_lcp=1900, steady_fcp=900))
        assert lane.wants_trial(0)
    assert not lane.queue, "by Lantern's paints it would be loaded again"
    lane.tried(0, PaintTrial(fcp=True, lcp=True))
    assert not lane.wants_trial(0)
    assert not lane.queue
    other = turns(1)
    other.took(other.next(), load(lcp=1910, steady_lcp=1900, steady_fcp=900))
    assert not other.wants_trial(0)


def test_all_pages_are_loaded_once_and_then_again() -> None:
    assert made(turns(3)) == [0, 1, 2] * 3


def test_a_load_that_failed_is_made_again_but_not_for_ever() -> None:
    untraced = load().model_copy(update={"traced": None, "note": "the trace was lost"})
    assert made(turns(1), untraced) == [0] * 4
    assert made(turns(1), *[untraced] * 9) == [0] * (3 + MAX_RETRIES)


def test_loads_that_are_made_again_are_no_more_of_those_that_were_planned() -> None:
    lane = turns(1)
    untraced = load().model_copy(update={"traced": None, "note": "the trace was lost"})
    assert lane.begun() == 0
    assert len(made(lane, *[untraced] * 2)) > lane.begun() == 3


def test_a_page_that_measures_nothing_is_left_alone_and_the_others_are_not() -> None:
    lane = turns(2)
    lane.next()
    for number in range(HOPELESS):
        lane.took(0, FAILED)
        assert (0 in lane.queue) is (number + 1 < HOPELESS)
    assert set(lane.queue) == {1}


def test_a_load_that_stands_apart_calls_for_others() -> None:
    lane = turns(1)
    assert made(lane, load(lcp=1000), load(lcp=1010), load(lcp=6000)) == [0] * (3 + EXTRA_LOADS)
    assert made(turns(1), load(lcp=1000), load(lcp=1010), load(lcp=1020)) == [0] * 3


def test_loads_that_do_not_agree_whether_a_number_is_good_call_for_others_until_most_of_them_do() -> None:
    assert made(turns(1), *(load(lcp=value) for value in (3000, 2600, 3010, 3020, 3030))) == [0] * 5, "4 to 1"
    between = [load(lcp=value) for value in (3000, 2600) * MOST_LOADS]
    assert made(turns(1), *between) == [0] * MOST_LOADS
    assert made(turns(1), *(load(lcp=value) for value in (2600, 2610, 2620))) == [0] * 3, "all within the margin"
    assert made(turns(1, runs=2), *between) == [0] * 2, "two loads are asked for by who wants it quick"
    shared = [load(lcp=value, others=0.9) for value in (3000, 2600, 3010)]
    assert made(turns(1), *shared) == [0] * 3, "on a busy machine more would tell nothing"


def test_a_page_whose_largest_picture_is_another_one_once_gets_more_loads() -> None:
    first, second = (load(lcp_url=f"https://shop.example/{name}.jpg") for name in ("a", "b"))
    assert made(turns(1), first, second, first, first, first) == [0] * 5
    others = [load(lcp_url=f"https://shop.example/{number}.jpg") for number in range(9)]
    assert made(turns(1), *others) == [0] * 3, "no picture comes again"


def test_a_load_that_is_not_judged_yet_may_still_decide() -> None:
    lane = turns(1)
    for value in (3000, 2600, 3010):
        lane.next()
        lane.took(0, load(lcp=value))
    lane.next()
    lane.next()
    lane.took(0, load(lcp=3020))
    assert not lane.queue
    lane.took(0, load(lcp=3030))
    assert not lane.queue


def test_a_page_that_fails_from_then_on_is_not_loaded_for_ever() -> None:
    assert len(made(turns(1), load(lcp=3000), load(lcp=2600), load(lcp=3010), *[FAILED] * 30)) <= MOST_LOADS


def test_the_last_load_looks_again_though_the_one_before_is_not_judged_yet() -> None:
    lane = turns(1)
    looked = []
    while lane.queue:
        place = lane.next()
        looked.append(lane.looks_again(place))
    assert looked == [False, False, True]
