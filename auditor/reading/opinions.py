"""Customers' reviews of a product: the average, the number, and whether they can be sorted through."""

import re

from auditor.evidence import PageEvidence
from auditor.lexicon import Concept, digits_folded, mentions
from auditor.reading.description import product_of
from auditor.reading.main_text import lines, lines_about, main_runs, main_text
from auditor.reading.structured import as_list, plain, text_of

WIDGETS = re.compile(
    r"yotpo|trustpilot|judge\.?me|bazaarvoice|stamped\.io|okendo|reviews\.io|feefo|loox|trustedshops|powerreviews"
    r"|ekomi|opineo|ceneo|trustmate|reevoo|avis-verifies|skeepers|rivyo|fera\.ai|kiyoh|webwinkelkeur|heureka",
    re.IGNORECASE,
)
_STARS = re.compile(r"(?:^|[-_.#\s>])(?:star|stars|rating|star-rating|review)s?(?:$|[-_.:\s>])")
_WRITTEN = re.compile(r"(?:^|[-_.#\s>])(?:reviews?|testimonials?|opinions?)(?:$|[-_.:\s>])", re.IGNORECASE)
_AVERAGE = re.compile(r"(?<![\d.,])[0-5][.,]\d{1,2}\s*(?:/|of|out of|z|von|sur|de|su|av|van|از|من)\s*(?:5|10)\b")
_OF_STARS = re.compile(
    rf"{_AVERAGE.pattern}|(?<![\d.,])[0-5](?:[.,]\d{{1,2}})?(?![\d.,])\s*(?:/\s*5\b|★|⭐|stars?|gwiazd\w*|sterne?"
    r"|étoiles?|estrellas?|stelle|ستاره|نجوم)|(?<![\d.,])[0-5][.,]\d{1,2}(?![\d.,])",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"^[^\w(]*([1-5])(?![.,٫]?\d)\s*(?:★|⭐|stars?|gwiazd\w*|sterne?|étoiles?|estrellas?|stelle|ستاره|نجوم)?\W*(?:\d{1,6}|\d{1,3}\s?%)?\W*$",
    re.IGNORECASE,
)


def lines_of_customers(page: PageEvidence) -> frozenset[str]:
    """Lines that stand in an element named after reviews: what a customer tells is no promise of the shop."""
    return frozenset(line for run in main_runs(page) if _WRITTEN.search(run.selector) for line in lines(run.text))


def rating_data(page: PageEvidence) -> dict[str, str]:
    """``average`` and ``count`` of the product's aggregateRating, as written; empty where there is none."""
    for rating in as_list(product_of(page).get("aggregateRating")):
        if isinstance(rating, dict):
            facts = plain(rating)
            count = text_of(facts.get("reviewCount")) or text_of(facts.get("ratingCount"))
            return {"average": text_of(facts.get("ratingValue")), "count": count}
    return {}


def review_count(page: PageEvidence) -> int | None:
    count = rating_data(page).get("count", "")
    return int(float(count)) if re.fullmatch(r"\d+(?:\.0+)?", count) else None


def speaks_of_reviews(page: PageEvidence, language: str | None) -> bool:
    """A word for reviews in the main part, also where it says that there are none yet."""
    return bool(lines_about(main_text(page), Concept.REVIEWS, language))


def has_review_parts(page: PageEvidence) -> bool:
    """Stars or a rating by structure: data, class names of pictures and texts, a known widget among the requests."""
    if rating_data(page) or uses_widget(page):
        return True
    named = [run.selector for run in main_runs(page)]
    inside = ("main", "other")
    named += [image.selector for image in (page.images.items if page.images else ()) if image.region in inside]
    named += [link.selector for link in (page.links.items if page.links else ()) if link.region in inside]
    return any(_STARS.search(selector.lower()) for selector in named)


def uses_widget(page: PageEvidence) -> bool:
    """A review service that fills its part of the page by script, or inside a frame."""
    asked = [request.url for request in (page.requests.items if page.requests else ())]
    asked += [frame.url for frame in (page.frames.items if page.frames else ())]
    return any(WIDGETS.search(url.split("?")[0]) for url in asked)


def average_shown(page: PageEvidence) -> str | None:
    """A visible text that gives an average, as “4.5 / 5”."""
    return next((run.text for run in main_runs(page) if _AVERAGE.search(digits_folded(run.text))), None)


def count_shown(page: PageEvidence, language: str | None) -> bool:
    """Whether a number stands with a word for reviews, or in brackets after stars; that of the stars is none."""
    said = lines_about(main_text(page), Concept.REVIEWS, language)
    if any(re.search(r"\d", _OF_STARS.sub(" ", digits_folded(line))) for line in said):
        return True
    return any(re.search(r"^\(\s*[\d.,\s]+\)$", digits_folded(run.text).strip()) for run in main_runs(page))


def levels_shown(page: PageEvidence) -> int:
    """How many of the five levels of stars have a line of their own."""
    text = digits_folded(main_text(page))
    found = {match[1] for line in text.splitlines() if (match := _LEVEL.match(line.strip()))}
    return len(found)


def can_be_sorted(page: PageEvidence, language: str | None) -> bool:
    """A sort or filter control in the lower part of the page, among the reviews."""
    low = page.document.viewport_height if page.document else 0
    fields = page.controls.fields if page.controls else ()
    buttons = page.controls.buttons if page.controls else ()
    named = [(f"{field.label} {field.name}", field.box) for field in fields if field.visible]
    named += [(button.name, button.box) for button in buttons if button.visible]
    return any(
        box is not None
        and box.y > low
        and any(mentions(name, concept, language) for concept in (Concept.SORT, Concept.FILTER))
        for name, box in named
    )
