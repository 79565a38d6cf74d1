"""Reasons from the rank tests."""

from collections.abc import Iterable

from auditor.finding import Severity
from auditor.gate.policy import GatePolicy
from auditor.gate.verdict import Reason, TimingAnswer, mark_of

NAMES = {
    "lcp": "largest contentful paint", "fcp": "first contentful paint", "tbt": "total blocking time",
    "cls": "layout shift", "si": "speed index", "ttfb": "time to first byte",
}  # fmt: skip
FIXES = {
    "lcp": "Look at what this release puts before the largest element: server time, scripts, the picture itself.",
    "fcp": "Look for scripts and styles in the head that this release adds.",
    "tbt": "Look at the scripts that this release adds or that do more work while the page loads.",
    "cls": "Give what appears late its place from the start: width and height, or min-height.",
    "si": "Look at what this release shows later than before in the first view.",
    "ttfb": "Look at what the server does longer for these pages.",
}


def timing_reasons(policy: GatePolicy, answers: Iterable[TimingAnswer]) -> tuple[Reason, ...]:
    """One for each metric and device that became worse: over all pages where that is shown, else the pages."""
    worse: dict[tuple[str, str], list[TimingAnswer]] = {}
    for answer in answers:
        if answer.verdict == "worse" and policy.timing.action != "ignore":
            worse.setdefault((answer.metric, answer.device), []).append(answer)
    return tuple(_reason(policy, found) for found in worse.values())


def _reason(policy: GatePolicy, found: list[TimingAnswer]) -> Reason:
    main = next((answer for answer in found if answer.page is None), max(found, key=lambda one: one.shift))
    pages = tuple(answer.page for answer in found if answer.page is not None)
    where = "over all pages" if main.page is None else f"on {main.page}"
    return Reason(
        kind="timing", level="error" if policy.timing.action == "fail" else "warning", id=f"timing/{main.metric}",
        title=f"The {NAMES[main.metric]} has become worse", severity=Severity.SERIOUS, pages=pages,
        found=f"{where} {shown(main.metric, main.after)}, before {shown(main.metric, main.before)} "
        f"({main.shift:+.0%}, {main.loads} loads a side, p {'< 0.0001' if main.p < 0.0001 else f'= {main.p:.4f}'})",
        rule=f"timing: effect {policy.timing.effect:g}, level {policy.timing.level:g}",
        devices=(main.device,), fingerprint=mark_of("timing", main.metric, main.device), fix=FIXES[main.metric],
    )  # fmt: skip


def shown(metric: str, value: float) -> str:
    return f"{value:.3f}" if metric == "cls" else f"{value:,.0f} ms"
