"""A11Y-007."""

import re

from auditor.api import Certainty, Document, Judgement, NotApplicable, Problem, Severity, Texts, _, check
from auditor.lexicon import LANGUAGES, base_language, detect_language
from auditor.reading.interface import speaks_english

FEWEST_LETTERS = 200
"""Shorter pages are names and numbers (row A11Y-007)."""

TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:[-_][\w-]+)?")


@check(
    id="accessibility/language-wrong",
    row="A11Y-007",
    severity=Severity.MODERATE,
    title=_("The page does not say in which language it is written"),
    why=_("Screen readers speak it with the wrong voice, and browsers offer to translate it from the wrong language."),
    fix=_("Set the lang attribute of the html element to the language of the text."),
    shopwide=True,
    found=_("The text is in {told}, and the page says {stated}"),
    found_as={"none": _("The html element has no lang attribute"), "invalid": _("The lang attribute is “{stated}”")},
    source="https://www.w3.org/WAI/WCAG22/Understanding/language-of-page",
)
def language_wrong(document: Document, texts: Texts) -> Judgement:
    if document.text_chars < FEWEST_LETTERS:
        raise NotApplicable(f"the page has only {document.text_chars} letters of text")
    stated, told = document.lang or "", _told(texts.all, document.lang)
    values = {"told": told or "?", "stated": stated or "-"}
    if not stated.strip():
        yield Problem(values=values, discriminator="none")
    elif not TAG.fullmatch(stated.strip()):
        yield Problem(values=values, discriminator="invalid")
    elif told is not None and base_language(stated) != told:
        # English goods in a shop of another language, and languages that we cannot tell from their relatives.
        known = base_language(stated) in LANGUAGES
        goods_only = told == "en" and detect_language(texts.footer) != "en" and not speaks_english(texts.all, stated)
        doubt = goods_only or not known
        yield Problem(
            values=values,
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
            discriminator="differs",
        )


def _told(text: str, hint: str | None) -> str | None:
    """The language that the whole text and both its halves are in: a list of names may look like any.

    What a list repeats counts once: twenty times "In stock" would read as Dutch, where "in" is common too.
    """
    text = "\n".join(dict.fromkeys(line.strip() for line in text.splitlines()))
    middle = len(text) // 2
    found = {detect_language(part, hint) for part in (text, text[:middle], text[middle:])}
    return found.pop() if len(found) == 1 else None
