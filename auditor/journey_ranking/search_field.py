"""The field that searches the shop, and what opens it."""

from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.journey_ranking.marks import marks_of
from auditor.journey_ranking.view import possible
from auditor.lexicon import Concept, mentions
from auditor.reading.addresses import leads_to
from auditor.reading.search import NO_SEARCH, SEARCH_MARKS, SEARCH_NAMES, TEXT_TYPES


def search_fields(sight: Sight, language: str | None) -> tuple[FieldSeen, ...]:
    """Fields for searching, the likeliest first; those that are not shown come last."""
    scored = [(_score(field, sight, language), field) for field in sight.fields]
    found = [(score, field) for score, field in scored if score > 0]
    return tuple(field for _score_, field in sorted(found, key=lambda one: (not one[1].shown, -one[0], one[1].index)))


def _score(field: FieldSeen, sight: Sight, language: str | None) -> float:
    if field.disabled or field.tag not in ("input", "textarea") or field.type.lower() not in TEXT_TYPES:
        return 0.0
    form = sight.forms[field.form] if field.form is not None else None
    about = " ".join((field.selector, field.id, field.name, field.legend, form.names if form else "")).lower()
    if NO_SEARCH.search(about) or (form is not None and NO_SEARCH.search(form.action.lower())):
        return 0.0
    words = (field.placeholder, field.label)
    score = 0.5 if field.type == "search" else 0.0
    score += 0.4 if form is not None and leads_to(form.action, Concept.SEARCH) else 0.0
    score += 0.4 if field.name.lower() in SEARCH_NAMES else 0.0
    score += 0.3 if SEARCH_MARKS.search(about) else 0.0
    score += 0.3 if any(len(word) <= 80 and mentions(word, Concept.SEARCH, language) for word in words if word) else 0.0
    return score + (0.2 if score and field.region in ("header", "nav") else 0.0)


def search_openers(sight: Sight, language: str | None) -> tuple[Control, ...]:
    """Buttons and links that may show the field, the likeliest first."""
    found = [(score, control) for control in sight.controls if (score := _opens(control, language)) > 0]
    return tuple(control for _s, control in sorted(found, key=lambda one: (-one[0], one[1].index)))[:3]


def _opens(control: Control, language: str | None) -> float:
    if not possible(control) or NO_SEARCH.search(f"{marks_of(control)} {control.target}".lower()):
        return 0.0
    score = 0.4 if SEARCH_MARKS.search(f"{marks_of(control)} {control.selector}".lower()) else 0.0
    score += 0.4 if len(control.name) <= 40 and mentions(control.name, Concept.SEARCH, language) else 0.0
    score += 0.3 if control.target and leads_to(control.target, Concept.SEARCH, alone=True) else 0.0
    return score + (0.2 if score and control.region in ("header", "nav") else 0.0)
