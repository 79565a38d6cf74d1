"""In which language a shop's own words are, as against those of its goods."""

from functools import lru_cache
from itertools import islice

from auditor.lexicon import LANGUAGES, Concept, base_language, detect_language, mentions, own_word, spoken, words

_INTERFACE = (
    Concept.ADD_TO_CART, Concept.CART, Concept.CHECKOUT, Concept.SEARCH, Concept.IN_STOCK, Concept.SHIPPING,
    Concept.RETURNS, Concept.CONTACT, Concept.REVIEWS, Concept.LOG_IN, Concept.ACCOUNT, Concept.TERMS, Concept.PRIVACY,
    Concept.IMPRINT, Concept.FAQ, Concept.ABOUT, Concept.QUANTITY, Concept.PRICE, Concept.WISHLIST, Concept.RELATED,
    Concept.HOME, Concept.MENU, Concept.ORDER_TRACKING, Concept.OPENING_HOURS, Concept.SORT, Concept.FILTER,
)  # fmt: skip
FEWEST = 4
CHANCE = 6
"""One word in so many may look like one of another language."""
PLAIN = 6
"""So many words of the stated language, and no other is looked for."""
_READ = 20_000


@lru_cache(maxsize=64)
def interface_language(text: str, stated: str | None) -> str | None:
    """The language of the words by which a shop is used, where they clearly are not those of the ``stated`` one.

    A template often says ``lang="en"`` of a shop in another language, and goods may have English descriptions. Else
    the stated language, also where it has no lexicon. Reads the first 20,000 characters.
    """
    text = text[:_READ]
    said = spoken(stated)[0] if stated else None
    no_lexicon = said == "en" and base_language(stated) != "en"
    if no_lexicon or (said and _count(text, said, PLAIN) >= PLAIN):
        return stated
    found = {code: _count(text, code) for code in LANGUAGES}
    ranked = sorted((code for code in LANGUAGES if code != "en"), key=lambda code: -found[code])
    best, second = ranked[0], ranked[1]
    rivals = max(found["en"], found[second], found.get(said or "", 0) if said != best else 0)
    clear = found[best] >= FEWEST and found[best] >= 2 * rivals
    return best if clear and detect_language(text, best) in (None, "en", said, best) else stated


def _count(text: str, language: str, most: int | None = None) -> int:
    """Of how many concepts, up to ``most``, a word of this language stands in the text that is not an English one as
    well."""
    named = (concept for concept in _INTERFACE if own_word(text, concept, language) is not None)
    return len(tuple(islice(named, most)))


def speaks_english(text: str, language: str) -> bool:
    """Whether the words by which a shop is used are English, and not those of ``language``, which has a lexicon."""
    english = sum(mentions(text, concept, "en") is not None for concept in _INTERFACE)
    own = sum(
        word is not None and word not in words(concept, "en")
        for concept in _INTERFACE
        for word in [mentions(text, concept, language)]
    )
    return english >= FEWEST and own * CHANCE <= english
