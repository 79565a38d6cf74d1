"""Budgets of a schedule: told when two runs break them, and when they are kept again."""

from auditor.notify import outbox
from auditor.schedule.files import Files
from auditor.schedule.model import Schedules
from auditor.store.alerts import alerts_of
from tests.stores import metric, server, store
from tests.test_schedule_alerting import CALM, files, place

__all__ = ["place", "server", "store"]


def test_a_budget_is_told_when_two_runs_break_it(place):
    budget = {"metric": "lcp", "path": "/p/**", "max": 2500}
    schedule = place.files.schedules.model_dump(mode="json")
    schedule["schedules"][0]["budgets"] = [budget]
    place.files = Files(Schedules.model_validate(schedule), place.files.shops)
    for lcp in (2400, 2600, 2700, 2400):
        place.run(metrics=[metric(lcp), metric(9000, page="/c/all")])
    assert [event for event, _ in place.told()] == ["regression", "recovered"]


def test_a_budget_for_a_regression_is_told_at_its_own_share_and_its_end_by_the_values_before(place):
    schedule = place.files.schedules.model_dump(mode="json")
    schedule["schedules"][0]["budgets"] = [{"metric": "lcp", "path": "/p/**", "regression": 0.5}]
    place.files = Files(Schedules.model_validate(schedule), place.files.shops)
    for lcp in (*CALM, 2700, 2710, 2690, 2700):
        place.run(metrics=[metric(lcp)])
    assert len(place.told()) == 1, "a third more is within the budget: only the trend tells it"
    for lcp in (3300, 3310, 3290, 3300):
        place.run(metrics=[metric(lcp)])
    with place.store.begin() as connection:
        body = outbox.newest(connection, 1)[0].body
    assert "the budget allows 50 % more" in body
    for _again in range(3):
        place.run(metrics=[metric(2000)])
    assert place.told()[-1] == ("recovered", "Demo: 2 things are well again")


def test_the_alert_of_a_budget_that_is_no_longer_set_ends_without_a_message(place):
    schedule = place.files.schedules.model_dump(mode="json")
    schedule["schedules"][0]["budgets"] = [{"metric": "lcp", "path": "/p/**", "max": 2500}]
    place.files = Files(Schedules.model_validate(schedule), place.files.shops)
    for lcp in (2400, 2600, 2700):
        place.run(metrics=[metric(lcp)])
    assert len(place.told()) == 1
    place.files = files()
    place.run(metrics=[metric(2700)])
    with place.store.begin() as connection:
        assert alerts_of(connection, "demo") == ()
    assert len(place.told()) == 1
