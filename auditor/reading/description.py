"""What a product page says of its own product, as against what all of the shop's pages say."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from auditor.evidence import PageEvidence, TextRun
from auditor.lexicon import Concept, fold, mentions
from auditor.reading.listing import main_product
from auditor.reading.main_text import count_words, lines, main_runs, words_of
from auditor.reading.structured import text_of

SHARED = 0.6
"""A text on so many of the shop's products is the shop's, not the product's."""

SENTENCE_WORDS = 6
"""Shorter texts are labels, names and buttons."""

POINT_WORDS = 2
"""Points of a list and values of a table may be short, as “100 % wool”."""

VALUE_WORDS = 8

_OPINIONS = re.compile(r"review|rating|comment|opini|recenz|testimonial|avis|bewert|feedback|question|faq")
_CARDS = re.compile(
    r"card|related|recommend|upsell|cross-?sell|carousel|recent|product-(?:grid|list|item|tile)|products?_pod"
)
_TALL_PX = 400


def own_words(page: PageEvidence, others: Sequence[PageEvidence] = ()) -> int:
    """Words of the texts that describe this product: by the larger of what is shown, what is folded and what the data
    say. Texts that other products share, opinions of customers and cards of other products are left out."""
    shared = shared_texts((page, *others)) if others else frozenset()
    shown = sum(words_of(run) for run in main_runs(page) if _describes(run) and fold(run.text) not in shared)
    folded = sum(
        count_words(line)
        for line in lines(page.texts.folded if page.texts else "")
        if count_words(line) >= SENTENCE_WORDS and fold(line[:200]) not in shared
    )
    return max(shown + folded, _in_data(page))


def shared_texts(pages: Sequence[PageEvidence]) -> frozenset[str]:
    """Texts, folded, that stand on most of the different pages."""
    distinct = {page.page.key: page for page in pages}.values()
    counted: Counter[str] = Counter()
    for page in distinct:
        said = {fold(run.text) for run in main_runs(page)}
        said |= {fold(line[:200]) for line in lines(page.texts.folded if page.texts else "")}
        counted.update(said)
    return frozenset(text for text, count in counted.items() if count > 1 and count >= SHARED * len(distinct))


def told_by_pictures(page: PageEvidence) -> bool:
    """A tall picture below the first two screens may hold the description, and so may a frame."""
    low = 1.2 * page.document.viewport_height if page.document else 0.0
    drawn = any(
        image.visible and image.box is not None and image.box.y > low and image.box.height >= _TALL_PX
        and image.card is None and not image.link_url and image.region in ("main", "other")
        for image in (page.images.items if page.images else ())
    )  # fmt: skip
    return drawn or any(
        frame.parent_url and not frame.url.startswith(("about:", "data:"))
        for frame in (page.frames.items if page.frames else ())
    )


def pairs_shown(page: PageEvidence) -> int:
    """Rows of a table or list that give a property and its value: cells, terms, or lines such as “Weight: 2 kg”."""
    runs = [run for run in main_runs(page) if not _OPINIONS.search(run.selector.lower())]
    cells = sum(one.tag in ("th", "dt") and other.tag in ("td", "dd") for one, other in pairwise(runs))
    heads = sum(run.tag in ("th", "dt") for run in runs)
    rows = {run.box.y for run in runs if run.tag == "td" and run.box}
    columns = {run.box.x for run in runs if run.tag == "td" and run.box}
    stated = sum(_is_pair(run.text) and run.chars <= 120 for run in runs)
    folded = sum(_is_pair(line) and len(line) <= 140 for line in lines(page.texts.folded if page.texts else ""))
    both = len(rows) if len(columns) == 2 else 0
    return max(cells, min(heads, len(rows)), both, stated, folded)


def _is_pair(text: str) -> bool:
    """Whether a line is a property and its value; a sentence may have a colon too."""
    sentence = text.rstrip().endswith((".", "!", "؟", "。")) and count_words(text) > VALUE_WORDS
    return not sentence and re.match(r"^[^:：]{2,40}[:：]\s*\S", text) is not None


def speaks_of(page: PageEvidence, concept: Concept, language: str | None) -> bool:
    """A word of the concept in what the shop says in the content; opinions of customers are left out."""
    own = [run.text for run in main_runs(page) if not _OPINIONS.search(run.selector.lower())]
    return any(mentions(text, concept, language) for text in (*own, page.texts.folded if page.texts else ""))


def product_of(page: PageEvidence) -> dict[str, Any]:
    """The page's own product by its structured data; empty where there is none."""
    headings = page.document.h1 if page.document else ()
    return (main_product(page.structured_data, headings) if page.structured_data else None) or {}


def pairs_in_data(page: PageEvidence) -> int:
    stated = product_of(page).get("additionalProperty")
    return len(stated) if isinstance(stated, list) else 0


def _describes(run: TextRun) -> bool:
    if run.region == "aside" or _OPINIONS.search(run.selector.lower()) or _CARDS.search(run.selector.lower()):
        return False
    return words_of(run) >= (POINT_WORDS if run.tag in ("li", "td", "dd") else SENTENCE_WORDS)


def _in_data(page: PageEvidence) -> int:
    return count_words(text_of(product_of(page).get("description")))
