"""Pages of a template judged one by one, and the share of them that has no problem."""

from collections.abc import Callable, Sequence

from auditor.check import Judgement, NotRecorded
from auditor.evidence import PageEvidence
from auditor.finding import Measure, Problem


def page_by_page(
    pages: Sequence[PageEvidence], problem_of: Callable[[PageEvidence], Problem | None], unrecorded: str
) -> Judgement:
    """A measure of the share of pages without a problem (0-1), and the problems.

    :raises NotRecorded: when there is no page, with ``unrecorded`` as the reason.
    """
    if not pages:
        raise NotRecorded(unrecorded)
    found = [problem for page in pages if (problem := problem_of(page))]
    yield Measure(value=round(1 - len(found) / len(pages), 4), unit="share", of=len(pages))
    yield from found
