"""What a run shows to be wrong with its shop, and what of it is over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row

from auditor.finding import Severity, Verdict
from auditor.schedule.budgets import named, of_limits, of_regressions, value_of
from auditor.schedule.model import Budget
from auditor.store import history
from auditor.store.alerts import Alert, Crossing, alerts_of, cross
from auditor.store.life import Life
from auditor.trends import EARLIER, RECENT, Trend, Value, believed, pooled, recovered, trend

Key = tuple[str, ...]
"""Template, device, metric, method."""
_GRAVE = frozenset({Severity.CRITICAL, Severity.SERIOUS})


def crossed(
    connection: Connection, shop: str, audit: int, budgets: Iterable[Budget], accepted: Iterable[str]
) -> Crossing:
    """What this run opens, closes and brings under suspicion. ``accepted`` are fingerprints."""
    known = [alert for _, _, alert in alerts_of(connection, shop) if alert.kind in ("finding", "metric", "budget")]
    enforced = [one for one in budgets if one.level == "error"]
    bad: list[Alert] = []
    over: dict[tuple[str, str], bool] = {}
    for alerts, done in (
        _of_findings(history.findings_in(connection, audit), frozenset(accepted), known),
        _of_metrics(connection, shop, known),
        of_limits(history.samples_in(connection, audit), enforced, known),
        of_regressions(connection, shop, enforced, known),
    ):
        bad += alerts
        over |= done
    return cross(known, bad, over)


def _of_findings(
    rows: Iterable[Row[Any]], accepted: frozenset[str], known: Iterable[Alert]
) -> tuple[list[Alert], dict[tuple[str, str], bool]]:
    """A finding that may be older than its check is no news, nor is one that was accepted."""
    bad, over = [], {}
    had = {one.subject for one in known if one.kind == "finding"}
    for row in rows:
        state, name = Life(row.then), row.fingerprint
        grave = row.then_verdict == Verdict.FAILED and row.then_severity in _GRAVE
        if state in (Life.NEW, Life.CAME_BACK) and grave and not row.because and name not in accepted:
            bad.append(Alert("finding", name, "{severity}: {found}", {"severity": row.severity, "found": row.found}))
        if name in had and state is not Life.UNJUDGED:
            over["finding", name] = state is Life.FIXED or name in accepted or not grave
    return bad, over


def groups_of(connection: Connection, shop: str) -> dict[Key, list[Value]]:
    """The shop's newest numbers, pages of a template as one series, oldest first."""
    named = {row.id: row for row in history.series_of(connection, shop)}
    points = history.points_of(connection, shop, RECENT + EARLIER)
    order = {audit: place for place, audit in enumerate(dict.fromkeys(point.audit for point in points))}
    pages: dict[Key, dict[int, dict[int, Value]]] = defaultdict(lambda: defaultdict(dict))
    for point in points:
        row = named[point.series]
        key = (row.template, row.device, row.name, row.method)
        pages[key][point.series][order[point.audit]] = value_of(point)
    return {key: pooled(group.values()) for key, group in pages.items()}


def _of_metrics(
    connection: Connection, shop: str, known: Iterable[Alert]
) -> tuple[list[Alert], dict[tuple[str, str], bool]]:
    groups = groups_of(connection, shop)
    trends: dict[Key, Trend] = {key: trend(key[2], key[3], values) for key, values in groups.items()}
    bad = [_metric_alert(key, trends[key], groups[key]) for key in sorted(believed(trends))]
    now = {subject_of(key, values): (key, values) for key, values in groups.items() if values}
    over = {
        ("metric", alert.subject): recovered(now[alert.subject][0][2], alert.reference, now[alert.subject][1])
        for alert in known
        if alert.kind == "metric" and alert.subject in now
    }
    return bad, over


def _metric_alert(key: Key, one: Trend, values: list[Value]) -> Alert:
    told: dict[str, str | float] = {"metric": key[2], "template": key[0], "device": key[1]}
    told |= {"before": one.before or 0.0, "after": one.after or 0.0}
    sentence = "{metric} of {template} {device}: {before} → {after}"
    return Alert("metric", subject_of(key, values), sentence, told, one.reference)


def subject_of(key: Key, values: list[Value]) -> str:
    """Names its environment, so that one of another is never compared with it."""
    return f"{' '.join(key)} @ {values[-1].epoch if values else ''}"[:255]


def outdated(connection: Connection, shop: str, budgets: Iterable[Budget]) -> Iterator[Alert]:
    """Alerts of metrics that were measured in another environment, and of budgets that are no longer set: nothing more
    can be said of them."""
    kept = tuple(named(one)[:255] for one in budgets if one.level == "error")
    epochs = {values[-1].epoch for values in groups_of(connection, shop).values() if values}
    for _, _, alert in alerts_of(connection, shop):
        if alert.kind == "metric" and epochs and not any(alert.subject.endswith(f"@ {epoch}") for epoch in epochs):
            yield alert
        epoch = alert.values.get("epoch", "")
        if alert.kind == "budget" and (not alert.subject.startswith(kept) or (epoch and epoch not in epochs)):
            yield alert
