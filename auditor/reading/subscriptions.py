"""Buying once or again and again: the choice between them, and what is said of it."""

import re

from auditor.evidence import Controls, Field, Texts
from auditor.lexicon import Concept, has_currency, mentions
from auditor.reading.main_text import lines_about

_ENDS = re.compile(
    r"cancel|any ?time|pause|rezygn|anulow|w każdej chwili|kündbar|kündig|annul|résili|disdi|annull|opzeg|avsluta"
    r"|zrušit|iptal|لغو|إلغاء|解約|取消", re.IGNORECASE,
)  # fmt: skip


def sold_by_subscription(controls: Controls, language: str | None) -> tuple[Field, ...]:
    """Choices in the content that are labelled as a subscription; newsletters are asked for elsewhere."""
    return tuple(
        field
        for field in controls.fields
        if field.type in ("radio", "checkbox")
        and field.region in ("main", "other", "aside")
        and _is_of_goods(field.label, language)
    )


def _is_of_goods(label: str, language: str | None) -> bool:
    """“Subscribe” is said of newsletters too: the longer word decides."""
    goods, news = mentions(label, Concept.SUBSCRIPTION, language), mentions(label, Concept.NEWSLETTER, language)
    return goods is not None and len(goods) >= len(news or "")


def preset(options: tuple[Field, ...], controls: Controls) -> Field | None:
    """The subscription that is chosen in advance where a single purchase could be: a tick, or one of several."""
    for field in options:
        others = [other for other in controls.fields if other.name == field.name and other not in options]
        if field.filled and (field.type == "checkbox" or others):
            return field
    return None


def says_how_to_end(texts: Texts, language: str | None) -> bool:
    return any(_ENDS.search(line) for line in lines_about(texts.main, Concept.SUBSCRIPTION, language)) or bool(
        _ENDS.search(texts.main) and mentions(texts.main, Concept.SUBSCRIPTION, language)
    )


def says_what_it_costs(texts: Texts, language: str | None) -> bool:
    return any(has_currency(line) for line in lines_about(texts.main, Concept.SUBSCRIPTION, language))
