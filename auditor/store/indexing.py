"""From a run folder to rows of the index. The folder stays the truth: all of this can be made again from it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from auditor.check import CheckSpec
from auditor.compare import by_check
from auditor.evidence import Template
from auditor.finding import Finding, Outcome, Verdict
from auditor.result import AuditResult, Environment, Metric
from auditor.run_folder import RunFolder, RunFolderError
from auditor.score import score
from auditor.store.index_tables import (
    INDEX_TABLES,
    area_scores,
    audits,
    check_sets,
    findings,
    samples,
    series,
    sightings,
)
from auditor.store.life import Known, Life, occurrences_at, places_of, states_of, states_of_absent

MOST_FOUND = 500
MOST_PAGE = 500


def epoch_of(environment: Environment) -> str:
    """What must be equal for numbers to share a line: browser major and kind, auditor version, system and cores."""
    major = environment.browser.rpartition(" ")[2].split(".")[0]
    browser = f"{major} {environment.browser_source}".strip()
    words = environment.system.split() or ["?"]
    version = ".".join(environment.auditor.split(".")[:2])
    return f"browser {browser}, auditor {version}, {words[0]} {words[-1]}, {environment.cores} cores"[:255]


def index_run(
    connection: Connection, shop: str, folder: RunFolder, specs: Mapping[str, CheckSpec] | None = None
) -> int | None:
    """The audit's row, made unless it is there; None for a folder without a result.

    A run that is older than the newest indexed one of its shop gets its numbers, but changes no finding's life.
    ``specs`` let the overall be told that the checks of the run before would give.
    """
    try:
        result = folder.result()
    except RunFolderError:
        return None
    there = select(audits.c.id).where(audits.c.shop == shop, audits.c.run_id == result.run.id)
    if (found := connection.execute(there).scalar_one_or_none()) is not None:
        return int(found)
    try:
        outcomes = tuple(folder.outcomes())
    except RunFolderError:
        outcomes = ()
    before = _newest(connection, shop)
    audit = _add_audit(connection, shop, folder, result, _same_checks(connection, before, result, outcomes, specs))
    if result.scores.areas:
        connection.execute(
            insert(area_scores),
            [
                {"audit": audit, **area.model_dump(include={"area", "score", "coverage"})}
                for area in result.scores.areas
            ],
        )
    _add_samples(connection, shop, audit, result)
    if result.run.ended != "failed" and (before is None or before.started_at <= result.run.started_at):
        _live(connection, shop, audit, result, by_check(outcomes), before)
    return audit


def rebuild(connection: Connection, folders: Iterable[tuple[str, Path]], specs: Mapping[str, CheckSpec]) -> int:
    """Empty the index and make it again from ``(shop, run folder)``; the number of audits."""
    for table in INDEX_TABLES:
        connection.execute(delete(table))
    dated = []
    for shop, path in folders:
        try:
            dated.append((RunFolder.open(path).run().started_at, shop, path))
        except RunFolderError:
            continue
    indexed = (index_run(connection, shop, RunFolder(path), specs) for _, shop, path in sorted(dated))
    return sum(audit is not None for audit in indexed)


def _newest(connection: Connection, shop: str) -> Row[Any] | None:
    return connection.execute(
        select(audits)
        .where(audits.c.shop == shop, audits.c.ended != "failed")
        .order_by(audits.c.started_at.desc(), audits.c.id.desc())
        .limit(1)
    ).first()


def _checks_of(connection: Connection, before: Row[Any] | None) -> frozenset[str]:
    if before is None:
        return frozenset()
    asked = connection.execute(select(check_sets.c.checks).where(check_sets.c.id == before.check_set)).scalar_one()
    return frozenset(asked.split("\n")) - {""}


def _same_checks(
    connection: Connection, before: Row[Any] | None, result: AuditResult, outcomes: tuple[Outcome, ...],
    specs: Mapping[str, CheckSpec] | None,
) -> int | None:  # fmt: skip
    earlier = _checks_of(connection, before)
    if not specs or not earlier or not outcomes or earlier == frozenset(result.outcomes):
        return None
    same = {name: spec for name, spec in specs.items() if name in earlier}
    return score([outcome for outcome in outcomes if outcome.check in same], same).overall


def _add_audit(
    connection: Connection, shop: str, folder: RunFolder, result: AuditResult, same_checks: int | None
) -> int:
    run, environment = result.run, result.run.environment
    failed = Counter(finding.severity.value for finding in result.findings if finding.verdict is Verdict.FAILED)
    row = {
        "shop": shop, "run_id": run.id, "folder": str(folder.path), "started_at": run.started_at,
        "ended_at": run.ended_at, "ended": run.ended, "why": run.why, "release": run.release,
        "epoch": epoch_of(environment), "browser": environment.browser[:255], "auditor": environment.auditor[:63],
        "settings_digest": environment.settings_digest, "score_profile": result.scores.profile,
        "check_set": _check_set(connection, result.outcomes), "overall": result.scores.overall,
        "coverage": result.scores.overall_coverage, "overall_same_checks": same_checks,
        **{severity: failed[severity] for severity in ("critical", "serious", "moderate", "minor")},
        "review": len(result.findings) - failed.total(), "new": 0, "fixed": 0, "came_back": 0,
    }  # fmt: skip
    return int(connection.execute(insert(audits).values(**row).returning(audits.c.id)).scalar_one())


def _check_set(connection: Connection, checks: Iterable[str]) -> str:
    told = "\n".join(sorted(checks))
    digest = hashlib.sha256(told.encode()).hexdigest()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(check_sets).values(id=digest, checks=told).on_conflict_do_nothing())
    return digest


def _add_samples(connection: Connection, shop: str, audit: int, result: AuditResult) -> None:
    templates = {page.key: page.template.value for page in result.pages}
    known = {
        (row.page, row.device, row.name, row.method): row.id
        for row in connection.execute(select(series).where(series.c.shop == shop))
    }
    rows = {}
    for metric in result.metrics:
        if metric.name == "performance":
            continue  # made of the others, and the only number that grows as a page gets better
        key = (metric.page[:MOST_PAGE], metric.device.value, metric.name, metric.method)
        if key not in known:
            known[key] = _add_series(connection, shop, metric, templates.get(metric.page, Template.OTHER.value))
        rows[known[key]] = {
            "audit": audit, "series": known[key], "median": metric.median, "spread": metric.spread,
            "loads": len(metric.samples), "shared": metric.shared,
        }  # fmt: skip
    if rows:
        connection.execute(insert(samples), list(rows.values()))


def _add_series(connection: Connection, shop: str, metric: Metric, template: str) -> int:
    values = {
        "shop": shop, "page": metric.page[:MOST_PAGE], "template": template, "device": metric.device.value,
        "name": metric.name, "unit": metric.unit, "method": metric.method,
    }  # fmt: skip
    return int(connection.execute(insert(series).values(**values).returning(series.c.id)).scalar_one())


def _live(
    connection: Connection, shop: str, audit: int, result: AuditResult, after: Mapping[str, list[Outcome]],
    before: Row[Any] | None,
) -> None:  # fmt: skip
    """Carry the shop's findings on to this run."""
    known = _known(connection, shop)
    present = {finding.fingerprint: finding for finding in result.findings}
    here = states_of(present.values(), known, _outcomes_of(before), _checks_of(connection, before))
    gone = states_of_absent(known.values(), present, after)
    when, rows = result.run.started_at, []
    for name, (state, because) in here.items():
        finding = present[name]
        number = _put(connection, shop, finding, known.get(name), state, because, when)
        rows.append(_sighting(audit, number, state, finding.severity.value, finding.verdict.value))
    severities = {row.id: row for row in connection.execute(
        select(findings.c.id, findings.c.severity, findings.c.verdict).where(findings.c.shop == shop)
    )} if gone else {}  # fmt: skip
    for name, (state, because) in gone.items():
        number = known[name].id
        connection.execute(update(findings).where(findings.c.id == number).values(state=state, because=because))
        rows.append(_sighting(audit, number, state, severities[number].severity, severities[number].verdict))
    if rows:
        connection.execute(insert(sightings), rows)
    counts = Counter(state for state, _ in [*here.values(), *gone.values()])
    connection.execute(
        update(audits).where(audits.c.id == audit)
        .values(new=counts[Life.NEW], fixed=counts[Life.FIXED], came_back=counts[Life.CAME_BACK])
    )  # fmt: skip


def _known(connection: Connection, shop: str) -> dict[str, Known]:
    return {
        row.fingerprint: Known(
            id=row.id, fingerprint=row.fingerprint, state=Life(row.state), check=row.check,
            template=Template(row.template) if row.template else None, occurrences=occurrences_at(row.places),
        )
        for row in connection.execute(select(findings).where(findings.c.shop == shop))
    }  # fmt: skip


def _outcomes_of(before: Row[Any] | None) -> Mapping[str, list[Outcome]] | None:
    try:
        return by_check(RunFolder(Path(before.folder)).outcomes()) if before is not None else None
    except RunFolderError:
        return None


def _put(
    connection: Connection, shop: str, finding: Finding, known: Known | None, state: Life, because: str, when: Any
) -> int:
    row = {
        "severity": finding.severity.value, "verdict": finding.verdict.value, "found": finding.found[:MOST_FOUND],
        "state": state.value, "because": because, "places": places_of(finding.occurrences), "last_seen": when,
    }  # fmt: skip
    if known is not None:
        connection.execute(update(findings).where(findings.c.id == known.id).values(**row))
        return known.id
    row |= {
        "shop": shop, "fingerprint": finding.fingerprint, "check": finding.check, "row": finding.row,
        "area": finding.area.value, "template": finding.template.value if finding.template else None,
        "first_seen": when,
    }  # fmt: skip
    return int(connection.execute(insert(findings).values(**row).returning(findings.c.id)).scalar_one())


def _sighting(audit: int, finding: int, state: Life, severity: str, verdict: str) -> dict[str, Any]:
    return {"audit": audit, "finding": finding, "state": state.value, "severity": severity, "verdict": verdict}
