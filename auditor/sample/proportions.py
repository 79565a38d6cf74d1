"""How many pages of each template a panel of a given size holds."""

from auditor.evidence import Template
from auditor.settings import DEFAULT_PANEL

_FIRST = (Template.HOME, Template.PRODUCT, Template.CATEGORY, Template.CART, Template.SEARCH, Template.CONTENT)
_ONE_ONLY = {Template.HOME: 1, Template.CART: 1}


def scaled_panel(total: int) -> dict[Template, int]:
    """Counts per template for a panel of ``total`` pages in the proportions of 12: home 1, category 2, product 5,
    search and cart 1, content 2. Shared out by the Sainte-Laguë method; smaller panels lose the least telling
    templates first; a shop has one home page and one cart. Raises ValueError below 1."""
    if total < 1:
        raise ValueError("A panel needs at least one page: give --panel a number from 1.")
    counts = dict.fromkeys(_FIRST[:total], 1)
    for _ in range(total - len(counts)):
        open_ones = [template for template in counts if counts[template] < _ONE_ONLY.get(template, total)]
        counts[max(open_ones, key=lambda t: (DEFAULT_PANEL[t] / (2 * counts[t] + 1), DEFAULT_PANEL[t]))] += 1
    return {template: counts[template] for template in DEFAULT_PANEL if template in counts}
