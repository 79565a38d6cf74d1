"""Which visits of a shop may be judged, and in which language a page can be read."""

from auditor.evidence import Document, Ended, PageEvidence, ShopEvidence, Template, Texts
from auditor.lexicon import Concept, base_language, detect_language, words
from auditor.reading.interface import interface_language

OVERLOAD = 2.5
"""Load average per core above which a late answer may be our machine's fault. Our proposal."""


def loaded(shop: ShopEvidence, *templates: Template) -> tuple[PageEvidence, ...]:
    """The visits that ended ``loaded``, of these templates or of all."""
    return tuple(
        visit
        for visit in shop.visits
        if visit.visit.ended is Ended.LOADED and (not templates or visit.page.template in templates)
    )


def language_read(document: Document | None, texts: Texts | None) -> str | None:
    """The language a page is written in, where its text tells; else the stated one, which is often a template's.

    English goods in a shop of another language leave its stated language standing: English words are always known.
    Where the words by which the shop is used are clearly of a language that it does not state, that is its language.
    """
    stated = document.lang if document else None
    told = detect_language(texts.all, stated) if texts else None
    read = stated if stated and told in (None, "en", base_language(stated)) else told
    return interface_language(texts.all, read) if texts else read


def language_of(visit: PageEvidence, shop: ShopEvidence) -> str | None:
    """The language of a visited page, else the shop's."""
    return language_read(visit.document, visit.texts) or shop.language


def understood(language: str | None) -> bool:
    """Whether there are words to look for in this language: without them nothing can be called absent."""
    code = base_language(language)
    return code == "en" or (code is not None and words(Concept.CART, code) != words(Concept.CART, "en"))
