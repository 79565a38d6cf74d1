"""Which budgets hold for a page, and what it spends."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from auditor.evidence import Device, Page, Request, Requests, Timed, Timing
from auditor.reading.performance import performance
from auditor.reading.repeated import repeated
from auditor.reading.transfer import sent_bytes
from auditor.settings import SpeedBudget

_KINDS = {"document", "script", "stylesheet", "image", "font", "media"}


def holding(budgets: Iterable[SpeedBudget], page: Page, device: Device) -> list[SpeedBudget]:
    """Of the entries of one file only the last one that fits."""
    fits = [budget for budget in budgets if _fits(budget, page, device)]
    last = {budget.file: budget.entry for budget in fits if budget.file}
    return [budget for budget in fits if not budget.file or budget.entry == last[budget.file]]


def _fits(budget: SpeedBudget, page: Page, device: Device) -> bool:
    parts = urlsplit(page.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return (
        budget.template in (None, page.template)
        and budget.device in (None, device)
        and _path_matches(budget.path, path)
        and (budget.url is None or re.search(budget.url, page.url[:2000]) is not None)
    )


def _path_matches(pattern: str, path: str) -> bool:
    """As robots.txt has it: from the start on, ``*`` for anything, ``$`` at the end for the end."""
    ends = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or at == len(path) or (len(pieces) > 1 and path.endswith(pieces[-1]))


def measured(
    budget: SpeedBudget, timed: Timed | None, requests: Requests | None, timing: Timing | None, profile: str
) -> tuple[float, bool] | None:
    """What the page spends of the budget, and whether that is beyond it for sure; None where it was not measured.

    :param profile: of the performance score: ``web-vitals`` or ``lighthouse``.
    """
    limit = budget.max or 0.0
    if budget.metric == "kib" or budget.metric == "requests":
        if requests is None:
            return None
        least, most = spent(budget, requests, timing)
        sure = least > limit
        return None if requests.truncated and not sure else (least if sure else (least + most) / 2, sure)
    if budget.metric == "performance":
        scored = performance(timed, "lighthouse" if profile == "lighthouse" else "web-vitals")
        if scored is None:
            return None
        return scored.median, len(scored.samples) > 1 and max(scored.samples) < (budget.min or 0)
    loads = repeated(timed, budget.metric)
    return None if loads is None or loads.shared else (loads.median, loads.surely_above(limit, margin=0.0))


def spent(budget: SpeedBudget, requests: Requests, timing: Timing | None) -> tuple[float, float]:
    """The least and the most that the page fetched of the budget's kind until it settled: KiB, or a number."""
    until = timing.settled_ms if timing and timing.settled_ms else float("inf")
    counted = [one for one in requests.items if one.started_ms <= until and _is_kind(budget.kind, one)]
    if budget.metric == "requests":
        return float(len(counted)), float(len(counted))
    sizes = [sent_bytes(one) for one in counted]
    return sum(low for low, _high in sizes) / 1024, sum(high for _low, high in sizes) / 1024


def _is_kind(kind: str, request: Request) -> bool:
    if kind == "total" or (kind == "third-party" and request.party == "third"):
        return True
    name = request.type.lower()
    return name == kind or (kind == "other" and name not in _KINDS)
