"""Whether a page of the checkout shows that other steps follow."""

import re

from auditor.interlock.clickable import PageState
from auditor.lexicon import Concept, fold, mentions

_COUNT = re.compile(r"(?<!\d)(\d)\D{1,12}(\d)(?!\d)")
_MOST = 9


def step_ahead(page: PageState) -> bool:
    """Whether the step indicator names a later step of delivery or payment, or counts at least two that follow.

    The last step that is counted may be the shop's thanks for the order: one that follows shows nothing.
    """
    ahead = page.steps[page.current + 1 :] if page.current is not None else ()
    named = any(
        mentions(step, concept, page.language)
        for step in ahead
        for concept in (Concept.PAYMENT_METHODS, Concept.PAY, Concept.SHIPPING, Concept.PLACE_ORDER)
    )
    return named or _counts_ahead(page)


def _counts_ahead(page: PageState) -> bool:
    said = [fold(text) for text in page.counts if mentions(text, Concept.STEP, page.language)]
    counted = [(int(found[1]), int(found[2])) for text in said if (found := _COUNT.search(text))]
    return bool(counted) and all(now + 2 <= last <= _MOST for now, last in counted)
