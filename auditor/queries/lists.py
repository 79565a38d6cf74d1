"""Which product lists a journey may browse."""

from collections.abc import Iterable

from auditor.evidence import PageFacts, Template
from auditor.reading.one_each import list_facts, one_each

MOST = 5


def product_lists(pages: Iterable[PageFacts]) -> tuple[str, ...]:
    """Addresses of category pages: those that go on, have the most products and are nearest to the home page first."""
    found = one_each((one for one in pages if one.template is Template.CATEGORY and one.status == 200), list_facts)
    ranked = sorted(
        found,
        key=lambda one: (
            "?" in one.url,
            not one.signals.has_next_page,
            -one.signals.cards,
            99 if one.depth is None else one.depth,
            one.key,
        ),
    )
    return tuple(one.final_url or one.url for one in ranked[:MOST])
