"""Manuals, data sheets and other files that come with a product."""

from urllib.parse import urlsplit

from auditor.evidence import Link, PageEvidence
from auditor.lexicon import Concept, mentions
from auditor.reading.main_text import FRAME


def manual_link(page: PageEvidence, language: str | None) -> Link | None:
    """A link in the content to a PDF file, or one that is named as a manual."""
    for link in page.links.items if page.links else ():
        if link.region in FRAME:
            continue
        if urlsplit(link.url).path.lower().endswith(".pdf"):
            return link
        if len(link.name) <= 80 and mentions(link.name, Concept.MANUAL, language):
            return link
    return None
