"""What of a run is over the operator's budgets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy import Connection, Row

from auditor.schedule.model import Budget
from auditor.store import history
from auditor.store.alerts import Alert
from auditor.store.history import Point
from auditor.trends import EARLIER, RECENT, Trend, Value, recovered, trend

Over = dict[tuple[str, str], bool]
"""Of known alerts, whether they are over."""


def value_of(point: Point) -> Value:
    return Value(point.median, point.epoch, point.shared)


def named(budget: Budget) -> str:
    """How the subjects of its alerts begin."""
    return f"{budget.metric} {budget.path} "


def of_limits(rows: Iterable[Row[Any]], budgets: Iterable[Budget], known: Iterable[Alert]) -> tuple[list[Alert], Over]:
    """``max``: the worst matching page of this run alone. ``rows`` are the run's numbers."""
    rows = tuple(rows)
    bad, measured = [], set()
    for budget in (one for one in budgets if one.max is not None):
        limit = budget.max or 0.0
        matching = [row for row in rows if row.name == budget.metric and _is_at(row.page, budget) and not row.shared]
        for device in sorted({row.device for row in matching}):
            worst = max((row for row in matching if row.device == device), key=lambda row: row.median)
            subject = named(budget) + device
            measured.add(subject)
            if worst.median > limit:
                values: Mapping[str, str | float] = {
                    "metric": budget.metric, "device": device, "page": worst.page, "after": worst.median,
                    "limit": limit,
                }  # fmt: skip
                bad.append(
                    Alert("budget", subject, "{metric} {device}: {after} on {page}, the budget is {limit}", values)
                )
    broken = {one.subject for one in bad}
    asked = {(one.kind, one.subject) for one in known if one.kind == "budget"}
    return bad, {key: key[1] not in broken for key in asked if key[1] in measured}


def of_regressions(
    connection: Connection, shop: str, budgets: Iterable[Budget], known: Iterable[Alert]
) -> tuple[list[Alert], Over]:
    """``regression``: the page that got worst against its earlier runs, as surely as a trend says it, by more than the
    budget allows instead of by ``trends.EFFECT``."""
    budgets = [one for one in budgets if one.regression is not None]
    if not budgets:
        return [], {}
    values: dict[int, list[Value]] = defaultdict(list)
    for point in history.points_of(connection, shop, RECENT + EARLIER):
        values[point.series].append(value_of(point))
    rows = [row for row in history.series_of(connection, shop) if row.id in values]
    bad: list[Alert] = []
    over: Over = {}
    for budget in budgets:
        share = budget.regression or 0.0
        worse: dict[str, list[tuple[float, Row[Any], Trend]]] = defaultdict(list)
        for row in rows:
            if row.name == budget.metric and _is_at(row.page, budget):
                judged = trend(row.name, row.method, values[row.id], share)
                if judged.direction == "worse" and judged.before is not None and judged.after is not None:
                    worse[row.device].append((judged.after - judged.before, row, judged))
                known_one = _of_page(known, _subject(budget, row.device), row.page)
                if known_one is not None and known_one.values.get("epoch") == values[row.id][-1].epoch:
                    back = recovered(row.name, known_one.reference, values[row.id], share)
                    over["budget", known_one.subject] = back
        for device, found in worse.items():
            _, row, judged = max(found, key=lambda one: one[0])
            told: dict[str, str | float] = {
                "metric": budget.metric, "device": device, "page": row.page, "before": judged.before or 0.0,
                "after": judged.after or 0.0, "share": share, "epoch": values[row.id][-1].epoch,
            }  # fmt: skip
            sentence = "{metric} {device}: {before} → {after} on {page}, the budget allows {share} more"
            bad.append(Alert("budget", _subject(budget, device), sentence, told, judged.reference))
    return bad, over


def _subject(budget: Budget, device: str) -> str:
    return f"{named(budget)}{device} +{budget.regression:g}"


def _of_page(known: Iterable[Alert], subject: str, page: str) -> Alert | None:
    return next((one for one in known if one.subject == subject and one.values.get("page") == page), None)


def _is_at(page: str, budget: Budget) -> bool:
    return fnmatchcase(page, budget.path.replace("**", "*"))
