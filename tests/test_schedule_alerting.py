"""Alerts: one message when something got worse and was confirmed, one when it is over, none for noise."""

from datetime import UTC, datetime, timedelta

import pytest

from auditor.acceptance import accept, acceptance
from auditor.finding import Verdict
from auditor.notify import outbox
from auditor.schedule.files import Files
from auditor.schedule.model import Schedules, Shops
from auditor.schedule.telling import RETEST_WALL, Telling
from auditor.store import RunState, Store, runs
from auditor.store.alerts import Alert, AlertState, alerts_of, cross
from auditor.store.indexing import index_run
from reports.language import Language, written_in
from reports.recorded import said
from tests.stores import FAILED, FIRST, PASSED, Shop, judged, metric, server, store

__all__ = ["server", "store"]
CALM = [2000.0 + wobble for wobble in (0, 30, -40, 55, -15, 25, -60, 10, 45, -30, 5, -20)]


def files(**notify: object) -> Files:
    made = {"to": "env:HOOK", "on": ["regression", "failed", "missed", "recovered"]} | notify
    schedule = {"name": "daily", "shop": "demo", "cron": "0 6 * * *", "notify": [made]}
    return Files(
        Schedules.model_validate({"version": 1, "schedules": [schedule], "dashboard_url": "https://audits.example/"}),
        Shops.model_validate(
            {"version": 1, "shops": {"demo": {"start_url": "https://shop.example/", "name": "Demo"}}}
        ),
    )  # fmt: skip


class Place:
    """A shop whose runs are indexed and told, as a worker does it."""

    def __init__(self, store: Store, tmp_path) -> None:
        self.store, self.shop, self.files = store, Shop(tmp_path / "runs"), files()
        self.accepted = tmp_path / "accepted.yaml"
        self.telling = Telling(self.accepted, lambda line: None)
        self.days = 0

    def run(self, outcomes=(PASSED,), metrics=(), wall="") -> None:
        folder = self.shop.audited(outcomes, metrics)
        day = FIRST + timedelta(days=self.days)
        self.days += 1
        with self.store.begin() as connection:
            audit = index_run(connection, "demo", folder)
            assert audit is not None
            self.telling.judged(connection, self.row(connection, day, wall), audit, self.files, day)

    def failed(self, why="blocked") -> None:
        day = FIRST + timedelta(days=self.days)
        self.days += 1
        with self.store.begin() as connection:
            self.telling.failed(connection, self.row(connection, day), why, self.files, day)

    def row(self, connection, day, wall="") -> runs.RunRow:
        runs.add_run(
            connection, schedule="daily", shop="demo", slot=day, wall=wall or f"{day:%Y-%m-%d %H:%M}", starts=day,
            state=RunState.DONE,
        )  # fmt: skip
        return runs.latest(connection, 1, "demo")[0]

    def told(self) -> list[tuple[str, str]]:
        with self.store.begin() as connection:
            return [(row.event, row.title) for row in reversed(outbox.newest(connection, 99))]

    def retests(self) -> int:
        with self.store.begin() as connection:
            return sum(run.wall == RETEST_WALL and run.state is RunState.QUEUED for run in runs.latest(connection, 99))


@pytest.fixture
def place(store, tmp_path) -> Place:
    return Place(store, tmp_path)


def test_a_new_grave_finding_is_confirmed_by_another_run_and_told_once_then_its_end(place):
    place.run()
    place.run([FAILED])
    assert (place.told(), place.retests()) == ([], 1)
    place.run([FAILED], wall=RETEST_WALL)
    place.run([FAILED])
    assert place.told() == [("regression", "Demo: 1 thing got worse")]
    place.run([PASSED])
    place.run([PASSED])
    assert [event for event, _ in place.told()] == ["regression", "recovered"]
    assert place.retests() == 1


def test_what_the_second_look_does_not_see_is_never_told(place):
    place.run()
    place.run([FAILED])
    place.run([PASSED], wall=RETEST_WALL)
    assert place.told() == []


def test_what_was_not_looked_at_again_stays_suspected(place):
    place.run()
    place.run([FAILED])
    place.run([judged(page="/p/other")], wall=RETEST_WALL)
    assert place.told() == []
    place.run([FAILED])
    assert len(place.told()) == 1


def test_findings_of_new_checks_of_the_first_run_and_small_ones_are_no_news(place):
    place.run([FAILED, judged(check="trust/phone-missing")])
    place.run([FAILED, judged(Verdict.FAILED, check="navigation/breadcrumb-missing")])
    place.run([FAILED, judged(Verdict.FAILED, check="navigation/breadcrumb-missing")])
    assert (place.told(), place.retests()) == ([], 0)


def test_an_accepted_finding_is_not_told(place):
    place.run()
    (finding,) = Shop(place.shop.root.parent, "x").result((FAILED,), (), FIRST).findings
    accept(place.accepted, acceptance(shop="demo", fingerprint=finding.fingerprint, who="Anna", why="known"))
    place.run([FAILED])
    place.run([FAILED])
    assert (place.told(), place.retests()) == ([], 0)


def test_a_metric_that_crossed_is_told_once_with_numbers_and_its_recovery_once(place):
    for lcp in (*CALM, 2700, 2710, 2690):
        place.run(metrics=[metric(lcp)])
    assert (place.told(), place.retests()) == ([], 1)
    for lcp in (2700, 2720, 2000, 2010, 1990, 2000):
        place.run(metrics=[metric(lcp)])
    assert place.told() == [("regression", "Demo: 1 thing got worse"), ("recovered", "Demo: 1 thing is well again")]
    with place.store.begin() as connection:
        body = outbox.newest(connection, 2)[1].body
    assert "Largest contentful paint of product pages on phone" in body
    assert "https://audits.example/shops/demo" in body


def test_a_failed_audit_is_told_once_until_one_is_judged_again(place):
    place.run()
    place.failed()
    place.failed()
    place.run()
    assert [event for event, _ in place.told()] == ["failed", "recovered"]


def test_missed_slots_are_told_once_with_their_number(place):
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with place.store.begin() as connection:
        for hour in range(3):
            runs.add_run(
                connection, schedule="daily", shop="demo", slot=now - timedelta(hours=hour), wall=f"w{hour}",
                starts=now, state=RunState.MISSED, finished_at=now,
            )  # fmt: skip
        place.telling.missed(connection, place.files, now)
        place.telling.missed(connection, place.files, now)
        (message,) = outbox.newest(connection, 9)
    assert "3 audits of daily were missed, the last one of w0" in message.body


def test_each_recipient_reads_its_own_language_and_only_what_it_wants(place):
    for locale, words in (("pl", "Demo: 1 rzecz się pogorszyła"), ("fa", "Demo: ۱ مورد بدتر شد")):
        place.files = files(locale=locale, on=["regression"], to=f"env:{locale}")
        place.run()
        place.run([FAILED])
        place.run([FAILED])
        place.run([PASSED])
        assert place.told()[-1] == ("regression", words)


def test_a_digest_goes_out_as_one_message_when_its_time_has_come(place):
    place.files = files(digest="daily")
    place.run()
    place.failed()
    place.run()
    when = FIRST + timedelta(days=place.days)
    with place.store.begin() as connection:
        assert outbox.take_due(connection, FIRST + timedelta(minutes=5)) == ()
        outbox.gather_digests(connection, when + timedelta(days=1))
        (digest,) = outbox.take_due(connection, when + timedelta(days=1))
    assert digest.title == "Demo: the audit failed (+1)"
    assert "well again" in digest.body


@pytest.mark.parametrize(
    ("every", "expected"),
    [("daily", "2026-11-21 07:00"), ("weekly", "2026-11-23 07:00"), ("monthly", "2026-12-01 07:00")],
)
def test_a_digest_has_its_next_time(every, expected):
    found = outbox.next_digest(every, datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == expected


def test_crossing_is_pure_and_leaves_alone_what_was_not_looked_at():
    suspected, open_ = Alert("finding", "a", "x"), Alert("finding", "b", "x", state=AlertState.OPEN)
    assert cross([suspected, open_], [], {}).closed == ()
    assert cross([open_], [open_], {("finding", "b"): False}).opened == ()


def test_an_alert_of_another_environment_ends_without_a_message(place):
    for lcp in (*CALM, 2700, 2710, 2690, 2700):
        place.run(metrics=[metric(lcp)])
    assert len(place.told()) == 1
    environment = place.shop.result((), (), FIRST).run.environment.model_copy(update={"browser": "Chromium 200.0"})
    folder = place.shop.audited([PASSED], [metric(2000)], environment=environment)
    with place.store.begin() as connection:
        audit = index_run(connection, "demo", folder)
        day = FIRST + timedelta(days=90)
        place.telling.judged(connection, place.row(connection, day), audit, place.files, day)
        assert alerts_of(connection, "demo") == ()
    assert len(place.told()) == 1


def test_what_an_audit_found_and_why_it_failed_are_told_in_the_language_of_the_reader(place):
    place.files = files(locale="pl")
    place.run()
    place.failed("no page of the shop could be judged")
    with place.store.begin() as connection:
        body = outbox.newest(connection, 1)[0].body
    assert "could be judged" not in body
    with written_in(Language("pl")):
        assert said("no page of the shop could be judged") in body
