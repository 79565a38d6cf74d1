"""In which language a shop's own words are, as against those of its goods."""

from auditor.lexicon import Concept, mentions, words

_INTERFACE = (
    Concept.ADD_TO_CART, Concept.CART, Concept.CHECKOUT, Concept.SEARCH, Concept.IN_STOCK, Concept.SHIPPING,
    Concept.RETURNS, Concept.CONTACT, Concept.REVIEWS, Concept.LOG_IN, Concept.ACCOUNT, Concept.TERMS, Concept.PRIVACY,
    Concept.IMPRINT, Concept.FAQ, Concept.ABOUT, Concept.QUANTITY, Concept.PRICE, Concept.WISHLIST, Concept.RELATED,
    Concept.HOME, Concept.MENU, Concept.ORDER_TRACKING, Concept.OPENING_HOURS, Concept.SORT, Concept.FILTER,
)  # fmt: skip
FEWEST = 4
CHANCE = 6
"""One word in so many may look like one of another language."""


def speaks_english(text: str, language: str) -> bool:
    """Whether the words by which a shop is used are English, and not those of ``language``, which has a lexicon."""
    english = sum(mentions(text, concept, "en") is not None for concept in _INTERFACE)
    own = sum(
        word is not None and word not in words(concept, "en")
        for concept in _INTERFACE
        for word in [mentions(text, concept, language)]
    )
    return english >= FEWEST and own * CHANCE <= english
