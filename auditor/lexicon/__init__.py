"""What shops call things, in 15 languages. Pure: read once from the package, no clock, network or disk afterwards."""

from auditor.lexicon.concepts import Concept
from auditor.lexicon.folding import base_language, digits_folded, fold
from auditor.lexicon.language import detect_language, script_of
from auditor.lexicon.matching import LANGUAGES, mentions, own_word, spoken, words
from auditor.lexicon.money import Money, has_currency, parse_price, sign_may_mean
from auditor.lexicon.paths import path_concepts, path_segments, url_words

__all__ = [
    "LANGUAGES",
    "Concept",
    "Money",
    "base_language",
    "detect_language",
    "digits_folded",
    "fold",
    "has_currency",
    "mentions",
    "own_word",
    "parse_price",
    "path_concepts",
    "path_segments",
    "script_of",
    "sign_may_mean",
    "spoken",
    "url_words",
    "words",
]
