"""The suite of injected things and benign look-alikes, each on a page of a loopback shop in the auditor's own browser."""

import asyncio
import re
from typing import NamedTuple

import pytest

from auditor.ads.incidents import Incident
from auditor.ads.loads import Seen
from auditor.evidence import Insertions, StorefrontBaseline
from tests.ads_cases.benign import BENIGN
from tests.ads_cases.injected import INJECTED
from tests.ads_cases.looking import clean_baseline, judged, looking
from tests.ads_cases.site import CLEAN, Case

# One worker records for all of them.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.long,
    pytest.mark.timeout(1500),
    pytest.mark.xdist_group("ads cases"),
]
UNCHANGED_VISITS = 20


class Recorded(NamedTuple):
    baseline: StorefrontBaseline
    loads: dict[str, tuple[Seen, ...]]
    wrote_to_shop: list[str]


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    async def all_cases() -> Recorded:
        async with looking() as eyes:
            baseline = await clean_baseline(eyes)
            loads = {case.name: await eyes.at(case) for case in (*INJECTED, *BENIGN)}
            again = Case("again", "quiet", loads=CLEAN.loads * UNCHANGED_VISITS)
            loads["again"] = await eyes.at(again)
            return Recorded(baseline, loads, [entry for entry in eyes.site.wrote if entry.startswith("shop.test")])

    return asyncio.run(all_cases())


def _alerts(incidents: tuple[Incident, ...]) -> list[Incident]:
    return [one for one in incidents if one.standing == "alert"]


@pytest.mark.parametrize("case", INJECTED, ids=lambda case: case.name)
def test_an_injected_thing_alerts_with_its_vector_and_first_link(case: Case, recorded: Recorded) -> None:
    alerts = _alerts(judged(recorded.loads[case.name], recorded.baseline))
    assert [(one.vector, one.first_link) for one in alerts] == [(case.vector, case.first)]


@pytest.mark.parametrize("case", BENIGN, ids=lambda case: case.name)
def test_a_benign_look_alike_alerts_nobody(case: Case, recorded: Recorded) -> None:
    incidents = judged(recorded.loads[case.name], recorded.baseline)
    assert not _alerts(incidents)
    assert sum(one.standing == "review" for one in incidents) <= 1


@pytest.mark.parametrize("case", BENIGN, ids=lambda case: case.name)
def test_a_first_run_without_baseline_alerts_for_no_benign_thing(case: Case, recorded: Recorded) -> None:
    assert not _alerts(judged(recorded.loads[case.name], None))


def test_a_first_run_on_an_infected_shop_alerts_for_what_is_wrong_whoever_does_it(recorded: Recorded) -> None:
    found = {case.name[:3] for case in INJECTED if _alerts(judged(recorded.loads[case.name], None))}
    only_news = {"I14", "I15", "I16", "I20", "X04"}
    assert found >= {case.name[:3] for case in INJECTED} - only_news


@pytest.mark.parametrize("case", [*INJECTED, *BENIGN], ids=lambda case: case.name)
def test_other_names_of_all_hosts_change_no_verdict(case: Case, recorded: Recorded) -> None:
    loads, baseline = recorded.loads[case.name], recorded.baseline
    renamed = tuple(
        Seen(
            load.page,
            load.device,
            load.vantage,
            Insertions.model_validate_json(_renamed(load.insertions.model_dump_json())),
            looked=True,
        )
        for load in loads
    )
    other = StorefrontBaseline.model_validate_json(_renamed(baseline.model_dump_json()))
    told = [(one.standing, one.vector, one.score) for one in judged(loads, baseline)]
    assert sorted((one.standing, one.vector, one.score) for one in judged(renamed, other)) == sorted(told)


def _renamed(text: str) -> str:
    return re.sub(r"\b(?!shop\b)([a-z-]+)\.test\b", lambda match: match[1][::-1] + "q.test", text)


def test_twenty_visits_of_an_unchanged_shop_give_no_incident(recorded: Recorded) -> None:
    loads = recorded.loads["again"]
    assert len(loads) == UNCHANGED_VISITS
    assert [one for one in judged(loads, recorded.baseline) if one.standing != "log"] == []


def test_no_press_wrote_anything_to_the_shop(recorded: Recorded) -> None:
    assert any(press.what == "buy" for load in recorded.loads["B01 unchanged"] for press in load.insertions.pressed)
    assert recorded.wrote_to_shop == []


def test_the_maker_of_elements_is_told_by_the_browser(recorded: Recorded) -> None:
    seen = recorded.loads["I05 trusted vendor loads a fourth party"][0].insertions
    assert (seen.makers_by, seen.refused_calls) == ("browser", ())


async def test_without_the_browsers_record_hooks_name_the_maker() -> None:
    case = next(case for case in INJECTED if case.name.startswith("I05"))
    async with looking() as eyes:
        baseline = await clean_baseline(eyes)
        loads = await eyes.at(case, without=("DOM.setNodeStackTracesEnabled",), press=False)
    seen = loads[0].insertions
    assert seen.makers_by == "hooks"
    assert "DOM.setNodeStackTracesEnabled" in seen.refused_calls
    alert = _alerts(judged(loads, baseline))[0]
    assert (alert.party, alert.vector, alert.first_link) == ("adx.test", "third-party-tag", "stars.test")
