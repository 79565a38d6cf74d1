"""A store on SQLite and on PostgreSQL, and run folders of a shop whose findings come and go."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.evidence import Device, Template
from auditor.finding import Outcome, Problem, Verdict
from auditor.fold import fold
from auditor.result import AuditResult, Metric, PageResult, outcome_counts
from auditor.run_folder import RunFolder
from auditor.score import score
from auditor.store import Store, open_store
from auditor.store.alert_tables import alerts, notifications
from auditor.store.index_tables import INDEX_TABLES
from auditor.store.people_tables import refusals, sessions, tokens, users
from auditor.store.tables import runs, schedules
from tests.databases import postgres, programs
from tests.factories.results import declared, run

FIRST = datetime(2026, 11, 1, 6, tzinfo=UTC)
CHECK = "product/price-unclear"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if programs() is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def store(request, tmp_path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'auditor.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server")
        opened = open_store(url)
        with opened.begin() as connection:
            for table in (*INDEX_TABLES, runs, schedules, alerts, notifications, sessions, tokens, refusals, users):
                connection.execute(table.delete())
    else:
        opened = open_store(url)
    yield opened
    opened.close()


def judged(verdict: Verdict = Verdict.PASSED, page: str = "/p/a", check: str = CHECK, **problem: object) -> Outcome:
    problems = (Problem.model_validate({"selector": ".price"} | problem),) if verdict is Verdict.FAILED else ()
    return Outcome(
        check=check, verdict=verdict, template=Template.PRODUCT, device=Device.MOBILE, page_key=page,
        problems=problems, score={"passed": 1.0, "failed": 0.0}.get(verdict.value),
    )  # fmt: skip


FAILED, PASSED = judged(Verdict.FAILED), judged()


def metric(median: float, name: str = "lcp", page: str = "/p/a", **fields: object) -> Metric:
    made = {
        "page": page, "device": "mobile", "name": name, "unit": "ms", "median": median, "spread": 20.0,
        "samples": [median], "method": "simulated",
    }  # fmt: skip
    return Metric.model_validate(made | fields)


class Shop:
    """Writes run folders, one a day."""

    def __init__(self, root: Path, name: str = "demo") -> None:
        self.root, self.name = root / name, name
        self._days = itertools.count()

    def audited(
        self, outcomes: Iterable[Outcome] = (PASSED,), metrics: Iterable[Metric] = (), **fields: Any
    ) -> RunFolder:
        day = FIRST + timedelta(days=next(self._days))
        folder = RunFolder.create(self.root / f"{day:%Y-%m-%dT%H-%M-%SZ}")
        folder.write_result(self.result(tuple(outcomes), tuple(metrics), day, **fields))
        folder.write_run(folder.result().run)
        folder.write_outcomes(outcomes)
        return folder

    def result(
        self, outcomes: tuple[Outcome, ...], metrics: tuple[Metric, ...], day: datetime, **fields: Any
    ) -> AuditResult:
        made = run(
            id=f"{self.name}-{day:%Y%m%dT%H%M%SZ}", started_at=day, ended_at=day + timedelta(minutes=4), **fields
        )
        pages = {one.page_key for one in outcomes if one.page_key} | {one.page for one in metrics}
        return AuditResult(
            run=made, findings=fold(outcomes, declared()), outcomes=outcome_counts(outcomes), checks={}, journeys=(),
            metrics=metrics, scores=score(outcomes, declared()), not_seen=(), discovery={},
            pages=tuple(
                PageResult(
                    url=f"https://shop.example{page}", key=page, template=Template.PRODUCT, because=(), reason="",
                    device=Device.MOBILE, ended="loaded", visit="v",
                )
                for page in sorted(pages)
            ),
        )  # fmt: skip
