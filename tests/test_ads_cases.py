"""A few cases of the suite, each on a page of a loopback shop in the auditor's own browser. All of them, judged in more
ways, are ``python -m benchmarks.ads``."""

import asyncio
from typing import NamedTuple

import pytest

from auditor.ads.incidents import Incident
from auditor.ads.loads import Seen
from auditor.evidence import StorefrontBaseline
from benchmarks.ads.judging import judge
from tests.ads_cases.cases import BENIGN, INJECTED
from tests.ads_cases.looking import clean_baseline, judged, looking
from tests.ads_cases.site import Case

# One worker records for all of them.
pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(180), pytest.mark.xdist_group("ads cases")]
SAMPLE = ("I05", "I09", "I18", "S02", "B05", "L01")
CASES = [case for case in (*INJECTED, *BENIGN) if case.name.split()[0] in SAMPLE]
HOOKS = "hooks"


class Recorded(NamedTuple):
    baseline: StorefrontBaseline
    loads: dict[str, tuple[Seen, ...]]
    wrote: dict[str, list[str]]


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    async def all_cases() -> Recorded:
        async with looking() as eyes:
            baseline = await clean_baseline(eyes)
            loads, wrote = {}, {}
            for case in CASES:
                eyes.site.wrote.clear()
                loads[case.name] = await eyes.at(case)
                wrote[case.name] = [entry for entry in eyes.site.wrote if entry.startswith("shop.test")]
            loads[HOOKS] = await eyes.at(_case("I05"), without=("DOM.setNodeStackTracesEnabled",), press=False)
            return Recorded(baseline, loads, wrote)

    return asyncio.run(all_cases())


def _case(name: str) -> Case:
    return next(case for case in INJECTED if case.name.startswith(name))


def _alerts(incidents: tuple[Incident, ...]) -> list[Incident]:
    return [one for one in incidents if one.standing == "alert"]


def test_the_sample_is_of_cases_that_there_are() -> None:
    assert {case.name.split()[0] for case in CASES} == set(SAMPLE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_told_as_it_should_be_under_any_names_and_writes_nothing(case: Case, recorded: Recorded) -> None:
    row = judge(case, recorded.loads[case.name], recorded.wrote[case.name], recorded.baseline)
    assert row.wrong == ""


def test_the_buy_button_and_links_were_pressed_and_the_maker_told_by_the_browser(recorded: Recorded) -> None:
    seen = recorded.loads[_case("I05").name][0].insertions
    assert {"buy", "link", "search"} <= {press.what for press in seen.pressed}
    assert (seen.makers_by, seen.refused_calls) == ("browser", ())


def test_without_the_browsers_record_hooks_name_the_maker(recorded: Recorded) -> None:
    loads = recorded.loads[HOOKS]
    seen = loads[0].insertions
    assert seen.makers_by == "hooks"
    assert "DOM.setNodeStackTracesEnabled" in seen.refused_calls
    alert = _alerts(judged(loads, recorded.baseline))[0]
    assert (alert.party, alert.vector, alert.first_link) == ("adx.test", "third-party-tag", "stars.test")
