"""Whole phrases of shops in 15 languages carry the meaning that checks ask for; sober neighbours of them do not."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auditor.lexicon import Concept, mentions

PHRASES: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(Path(__file__).with_name("shop_phrases.yaml"))
CASES = [(code, Concept(name)) for code, concepts in PHRASES.items() for name in concepts]


def _said(text: str, concept: Concept, language: str) -> str | None:
    """Numbers stand between the words of what is left: “only 3 left”."""
    bare = re.sub(r"\d+", " ", text) if concept is Concept.LOW_STOCK else text
    return mentions(text, concept, language) or mentions(bare, concept, language)


@pytest.mark.parametrize(("language", "concept"), CASES)
def test_phrases_of_shops_are_understood(language: str, concept: Concept) -> None:
    unread = [text for text in PHRASES[language][concept] if not _said(text, concept, language)]
    assert unread == []


@pytest.mark.parametrize(
    ("language", "concept", "text"),
    [
        ("en", Concept.URGENCY, "A warranty that lasts for ten years"),
        ("en", Concept.LOW_STOCK, "Shipping takes 2 to 4 working days"),
        ("pl", Concept.URGENCY, "Teraz w nowym kolorze"),
        ("pl", Concept.ACTIVITY, "Ten produkt ma 5 lat gwarancji"),
        ("de", Concept.LOW_STOCK, "Lieferung in 2 bis 4 Werktagen"),
        ("de", Concept.URGENCY, "Die Tasse ist spülmaschinenfest"),
        ("fa", Concept.LOW_STOCK, "۲۴ ماه گارانتی"),
        ("fa", Concept.ACTIVITY, "این کالا ۲ سال ضمانت دارد"),
        ("fr", Concept.LOW_STOCK, "Livraison en 3 jours ouvrés"),
        ("nl", Concept.LOW_STOCK, "Binnen 2 werkdagen in huis"),
        ("sv", Concept.LOW_STOCK, "Leverans inom 3 dagar"),
        ("ja", Concept.LOW_STOCK, "3営業日以内に発送"),
        ("ar", Concept.LOW_STOCK, "التوصيل خلال 3 أيام"),
    ],
)
def test_sober_phrases_press_nobody(language: str, concept: Concept, text: str) -> None:
    assert _said(text, concept, language) is None
