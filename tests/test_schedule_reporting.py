"""Reports that a schedule writes into folders: of each run, and of a week or a month when it is over."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.schedule.model import Report, Schedule
from auditor.schedule.reporting import wanted, write_reports
from auditor.store import RunRow, RunState, Store, open_store, runs
from tests.factories.results import sample

SLOTS = ((2026, 10, 28), (2026, 10, 30), (2026, 11, 2), (2026, 11, 3))
"""Wednesday and Friday of week 44, Monday and Tuesday of week 45."""


@pytest.fixture
def store(tmp_path: Path):
    opened = open_store(f"sqlite:///{tmp_path / 'auditor.db'}")
    with opened.begin() as connection:
        for day in SLOTS:
            slot = datetime(*day, 6, tzinfo=UTC)
            runs.add_run(
                connection, schedule="daily", shop="demo", slot=slot, wall=f"{slot:%Y-%m-%d %H:%M}", starts=slot,
                state=RunState.DONE, folder=f"runs/demo/{slot:%d}", finished_at=slot,
            )  # fmt: skip
    yield opened
    opened.close()


def due(store: Store, place: int, folder: Path, **report: str) -> list[tuple[str, str]]:
    """What the run of that place makes due: the file, and the rest of the command after the run folder."""
    schedule = daily(Report.model_validate({"to": folder, **report}))
    with store.read() as connection:
        return [
            (one.out.name, " ".join(one.arguments[1:2] + one.arguments[6:]))
            for one in wanted(connection, schedule, rows(store)[place])
        ]


def daily(*reports: Report) -> Schedule:
    return Schedule(name="daily", shop="demo", cron="0 6 * * *", reports=reports)


def rows(store: Store) -> list[RunRow]:
    with store.read() as connection:
        return sorted(runs.latest(connection, 9), key=lambda row: row.slot)


def test_each_run_has_its_report_in_the_language_and_format_that_are_asked_for(store, tmp_path):
    (one,) = due(store, 0, tmp_path, format="pdf", locale="fa")
    assert one == ("demo-2026-10-28T06-00Z.pdf", "runs/demo/28 --digits native --calendar jalali")
    (tmp_path / one[0]).touch()
    assert due(store, 0, tmp_path, format="pdf", locale="fa") == [], "it is written already"


def test_a_week_is_told_by_the_first_run_after_it_against_the_run_before_it(store, tmp_path):
    assert [due(store, place, tmp_path, every="week") for place in (0, 1, 3)] == [[], [], []]
    assert due(store, 2, tmp_path, every="week") == [("demo-2026-W44.html", "runs/demo/30")]
    with store.begin() as connection:
        slot = datetime(2026, 10, 20, 6, tzinfo=UTC)
        runs.add_run(
            connection, schedule="daily", shop="demo", slot=slot, wall="", starts=slot, state=RunState.DONE,
            folder="runs/demo/20",
        )  # fmt: skip
    assert due(store, 3, tmp_path, every="week") == [("demo-2026-W44.html", "runs/demo/30 --compare runs/demo/20")]


def test_a_month_is_told_with_all_of_its_runs(store, tmp_path):
    assert due(store, 2, tmp_path, every="month") == [("demo-2026-10.html", "runs/demo/30 --period 2026-10")]
    assert due(store, 3, tmp_path, every="month") == []


@pytest.mark.server
def test_it_is_written_whole_and_what_cannot_be_written_is_said(store, tmp_path):
    result, folder = sample(tmp_path / "run", pictures=False)
    folder.write_result(result)
    with store.begin() as connection:
        connection.exec_driver_sql(f"UPDATE runs SET folder = '{folder.path}'")
    (tmp_path / "taken").touch()
    schedule = daily(
        Report(to=tmp_path / "out", format="md", locale="pl"), Report(to=tmp_path / "taken", format="md"),
        Report(to=tmp_path / "brand", format="md", brand=tmp_path / "none.yaml"),
    )  # fmt: skip
    said: list[str] = []
    number = rows(store)[0].id
    asyncio.run(write_reports(store, tmp_path / "runs", schedule, number, said.append, asyncio.Event()))
    (written,) = (tmp_path / "out").iterdir()
    assert written.name == "demo-2026-10-28T06-00Z.md"
    assert "Audyt" in written.read_text()
    assert [line.split(" was not written")[0].rsplit("/", 2)[1] for line in said] == ["taken", "brand"]
