"""SPD-001 and those after it, against the operator's own limits."""

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.api import (
    Certainty,
    Judgement,
    NotApplicable,
    NotRecorded,
    Page,
    Problem,
    Requests,
    Severity,
    Timed,
    Timing,
    Visit,
    _,
    check,
)
from auditor.reading.budgets import holding, spent
from auditor.reading.performance import performance
from auditor.reading.repeated import repeated
from auditor.settings import SpeedBudget

_UNITS = {"cls": "", "performance": " points", "kib": " KiB", "requests": ""}
_NAMES = {"performance": "performance score", "kib": "size of {kind}", "requests": "requests for {kind}"}
_KINDS = {
    "total": "the page", "document": "documents", "script": "scripts", "stylesheet": "style sheets", "image": "images",
    "font": "fonts", "media": "media", "other": "other files", "third-party": "third parties",
}  # fmt: skip


@check(
    id="speed/over-budget",
    row="SPD-001",
    severity=Severity.SERIOUS,
    title=_("The page exceeds a budget of the shop's own"),
    why=_("The team agreed on this limit; a page beyond it is slower or heavier than was meant to be."),
    fix=_("Find out what was added since the page last kept it, or agree on another limit."),
    found=_("{what}: {value}, and the budget is {limit}"),
    source="https://web.dev/articles/performance-budgets-101",
    scored=False,
)
def over_budget(
    timed: Timed | None,
    requests: Requests | None,
    timing: Timing | None,
    page: Page,
    visit: Visit,
    *,
    budgets: Iterable[Any] = (),
    profile: str = "web-vitals",
) -> Judgement:
    wanted = holding((SpeedBudget.model_validate(one) for one in budgets), page, visit.device)
    if not wanted:
        raise NotApplicable("no budget is set for such a page")
    known = [one for budget in wanted for one in _value(budget, timed, requests, timing, profile)]
    if not known:
        raise NotRecorded(timed.why if timed and timed.why else "nothing that a budget limits was measured")
    for budget, value, sure in known:
        limit = float(budget.max if budget.max is not None else budget.min or 0)
        if value < limit if budget.metric == "performance" else value > limit:
            name = _NAMES.get(budget.metric, budget.metric.upper()).format(kind=_KINDS[budget.kind])
            unit = _UNITS.get(budget.metric, " ms")
            digits = 3 if budget.metric == "cls" else 0
            yield Problem(
                values={
                    "what": name, "value": f"{value:.{digits}f}{unit}",
                    "limit": f"{limit:g}{unit}",
                },
                severity=Severity.MINOR if budget.level == "warn" else None,
                certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
                discriminator=f"{budget.metric} {budget.kind}",
                timed=True,
            )  # fmt: skip


def _value(
    budget: SpeedBudget, timed: Timed | None, requests: Requests | None, timing: Timing | None, profile: str
) -> Iterator[tuple[SpeedBudget, float, bool]]:
    """The budget, what was measured, and whether it is beyond the budget for sure; nothing where it was not."""
    if budget.metric == "kib" or budget.metric == "requests":
        if requests is not None:
            least, most = spent(budget, requests, timing)
            limit = budget.max or 0.0
            if not requests.truncated or least > limit:
                yield budget, least if least > limit else (least + most) / 2, least > limit
    elif budget.metric == "performance":
        scored = performance(timed, "lighthouse" if profile == "lighthouse" else "web-vitals")
        if scored is not None:
            yield budget, scored.median, len(scored.samples) > 1 and max(scored.samples) < (budget.min or 0)
    elif (loads := repeated(timed, budget.metric)) is not None and not loads.shared:
        yield budget, loads.median, loads.surely_above(budget.max or 0.0)
