"""SPD-012."""

from collections import Counter

from auditor.api import Certainty, Judgement, Measure, NotRecorded, Page, Problem, Severity, Template, Timed, _, check

POOR = 3
"""Our proposal."""

_WHERE_ANY_COUNTS = {Template.CART, Template.CHECKOUT}


@check(
    id="speed/runtime-errors",
    row="SPD-012",
    severity=Severity.MODERATE,
    title=_("Scripts of the page fail"),
    why=_("After an uncaught error a button, a filter or the cart may do nothing."),
    fix=_("Find the script in the browser's console, and mend or remove it."),
    found=_("{errors} errors on every load; the first: {error}"),
    source="https://developer.chrome.com/docs/lighthouse/best-practices/errors-in-console",
    scale="binary",
)
def runtime_errors(timed: Timed, page: Page, *, poor: int = POOR) -> Judgement:
    loads = [load for load in timed.loads if load.observed is not None]
    if len(loads) < 2:
        raise NotRecorded(timed.why or "errors must return: one load does not tell")
    counts = Counter(error for load in loads for error in dict.fromkeys(load.errors))
    lasting = [error for error, seen in counts.items() if seen > 1]
    yield Measure(value=float(len(lasting)), unit="count")
    if lasting:
        everywhere = any(counts[error] == len(loads) for error in lasting)
        yield Problem(
            values={"errors": len(lasting), "error": lasting[0]},
            middle=len(lasting) < poor and page.template not in _WHERE_ANY_COUNTS,
            certainty=Certainty.CERTAIN if everywhere else Certainty.NEEDS_REVIEW,
            discriminator="errors",
        )
