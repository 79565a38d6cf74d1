"""The shop's search: its field, or the button that opens it."""

import re
from urllib.parse import parse_qsl, urlsplit

from auditor.evidence import Controls, Field, Form, Layout, Link, Links, Targets
from auditor.lexicon import Concept, mentions
from auditor.reading.addresses import leads_to
from auditor.reading.pressable import Pressable, pressables

SEARCH_NAMES = frozenset(
    [
        "q",
        "s",
        "k",
        "query",
        "search",
        "search_query",
        "searchterm",
        "search-term",
        "keyword",
        "keywords",
        "term",
        "szukaj",
        "fraza",
        "phrase",
        "text",
        "wyszukaj",
        "sq",
    ]
)
SEARCH_MARKS = re.compile(r"search|magnif|lupe\b|lupa\b|szukaj|suche\b|loupe|zoek|buscar")
NO_SEARCH = re.compile(r"newsletter|subscri|research|e-?mail|coupon|promo|filter|facet")
TEXT_TYPES = frozenset({"search", "text", ""})
_HEADING = re.compile(r"(?:^|[\s>])h[1-6](?:[.:#\[][^\s>]*)?$")


def search_fields(controls: Controls, language: str | None) -> tuple[Field, ...]:
    """Fields for searching the shop, visible or not. A newsletter field is none: something must say search."""
    return tuple(field for field in controls.fields if _searches(field, controls, language))


def search_buttons(
    controls: Controls, links: Links | None, targets: Targets | None, layout: Layout | None, language: str | None
) -> tuple[Pressable, ...]:
    """What may open or lead to the search, by word, class name or address."""
    found = [item for item in pressables(controls, targets, layout) if _opens_search(item, language)]
    for link in links.items if links else ():
        if link.visible and _leads_to_search(link, language):
            found.append(Pressable(link.selector, link.name, link.name, "", link.box, link.region))
    # A page of results is headed "Refine your search", and "Search" is a step of its trail.
    return tuple(item for item in found if item.region != "breadcrumb" and not _HEADING.search(item.selector))


def _searches(field: Field, controls: Controls, language: str | None) -> bool:
    if field.disabled or field.type.lower() not in TEXT_TYPES or field.tag not in ("input", "textarea"):
        return False
    if field.type == "search" or field.role in ("searchbox", "search"):
        return True
    form = controls.forms[field.form] if field.form is not None and field.form < len(controls.forms) else None
    about = " ".join(
        (field.selector, field.id, field.name, form.classes if form else "", form.id if form else "")
    ).lower()
    if NO_SEARCH.search(about) or (form and not _may_search(form)):
        return False
    words = (field.placeholder, field.label)
    return (
        (form is not None and (form.role == "search" or leads_to(form.action, Concept.SEARCH)))
        or field.name.lower() in SEARCH_NAMES
        or bool(SEARCH_MARKS.search(about))
        or any(word and len(word) <= 80 and mentions(word, Concept.SEARCH, language) for word in words)
    )


def _may_search(form: Form) -> bool:
    return not NO_SEARCH.search(urlsplit(form.action).path.lower())


def _opens_search(item: Pressable, language: str | None) -> bool:
    if NO_SEARCH.search(item.marks):
        return False
    return bool(SEARCH_MARKS.search(item.marks)) or (
        len(item.label) <= 40 and mentions(item.label, Concept.SEARCH, language) is not None
    )


def _leads_to_search(link: Link, language: str | None) -> bool:
    """Not the links that narrow down a search which was made already."""
    asked = any(name.lower() in SEARCH_NAMES for name, _value in parse_qsl(urlsplit(link.url).query))
    return (link.same_site and not asked) and (
        leads_to(link.url, Concept.SEARCH, alone=True)
        or (len(link.name) <= 40 and mentions(link.name, Concept.SEARCH, language) is not None)
    )
