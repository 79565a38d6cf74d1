"""What a product page tells, to compare one device with another."""

from collections import Counter

from auditor.evidence import PageEvidence
from auditor.lexicon import Concept
from auditor.reading.description import own_words
from auditor.reading.gallery import distinct_pictures
from auditor.reading.main_text import lines_about, main_text
from auditor.reading.opinions import speaks_of_reviews
from auditor.reading.prices import current_prices
from auditor.reading.promises import return_days
from auditor.reading.purchase import buy_button
from auditor.reading.visits import language_read

KINDS = ("price", "buy button", "further pictures", "description", "reviews", "delivery", "returns")
SOME_WORDS = 20


def told_by(page: PageEvidence) -> frozenset[str]:
    """The KINDS of things that a page tells, folded parts included where something opens them."""
    page = _reachable(page)
    assert page.texts
    assert page.document
    assert page.controls
    language = language_read(page.document, page.texts)
    text = main_text(page)
    button = buy_button(page.controls, page.document, language)
    told = {
        "price": bool(current_prices(page.texts, page.document, button.box if button else None)),
        "buy button": button is not None,
        "further pictures": page.renditions is not None and distinct_pictures(page) > 1,
        "description": own_words(page) >= SOME_WORDS,
        "reviews": speaks_of_reviews(page, language),
        "delivery": bool(
            lines_about(text, Concept.SHIPPING, language) or lines_about(text, Concept.LEAD_TIME, language)
        ),
        "returns": bool(lines_about(text, Concept.RETURNS, language) or return_days(text, language)),
    }
    return frozenset(kind for kind, is_there in told.items() if is_there)


def _reachable(page: PageEvidence) -> PageEvidence:
    """Without the folded lines that nothing opens."""
    assert page.texts
    unopened = Counter(page.texts.unopened.splitlines())
    kept = []
    for line in page.texts.folded.splitlines():
        if unopened[line] > 0:
            unopened[line] -= 1
        else:
            kept.append(line)
    return page.model_copy(update={"texts": page.texts.model_copy(update={"folded": "\n".join(kept)})})
