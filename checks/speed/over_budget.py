"""SPD-001 and those after it, against the operator's own limits."""

from collections.abc import Iterable
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
from auditor.reading.budgets import holding, measured
from auditor.settings import SpeedBudget

_UNITS = {"cls": "", "performance": "", "kib": " KiB", "requests": ""}
_SCORE = _("Performance score")
_SIZES = {
    "total": _("Size of the page"), "document": _("Size of documents"), "script": _("Size of scripts"),
    "stylesheet": _("Size of style sheets"), "image": _("Size of images"), "font": _("Size of fonts"),
    "media": _("Size of media"), "other": _("Size of other files"), "third-party": _("Size of what third parties send"),
}  # fmt: skip
_COUNTS = {
    "total": _("Requests of the page"), "document": _("Requests for documents"), "script": _("Requests for scripts"),
    "stylesheet": _("Requests for style sheets"), "image": _("Requests for images"), "font": _("Requests for fonts"),
    "media": _("Requests for media"), "other": _("Requests for other files"),
    "third-party": _("Requests to third parties"),
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
    read = ((budget, measured(budget, timed, requests, timing, profile)) for budget in wanted)
    known = [(budget, *value) for budget, value in read if value is not None]
    if not known:
        raise NotRecorded(timed.why if timed and timed.why else "nothing that a budget limits was measured")
    for budget, value, sure in known:
        limit = float(budget.max if budget.max is not None else budget.min or 0)
        if value < limit if budget.metric == "performance" else value > limit:
            unit = _UNITS.get(budget.metric, " ms")
            digits = 3 if budget.metric == "cls" else 0
            yield Problem(
                values={
                    "what": _name(budget), "value": f"{value:.{digits}f}{unit}", "limit": f"{limit:g}{unit}",
                },
                severity=Severity.MINOR if budget.level == "warn" else None,
                certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
                discriminator=f"{budget.metric} {budget.kind}",
                timed=True,
            )  # fmt: skip


def _name(budget: SpeedBudget) -> str:
    """Metrics are called by their letters in every language."""
    kinds = {"kib": _SIZES, "requests": _COUNTS}.get(budget.metric)
    return kinds[budget.kind] if kinds else _SCORE if budget.metric == "performance" else budget.metric.upper()
