"""Weighs the clues of a page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.classify.address import from_address
from auditor.classify.clues import Clue
from auditor.classify.structure import MANY_CARDS, from_data, from_structure
from auditor.evidence import PageFacts, Template
from auditor.lexicon import LANGUAGES, Concept, base_language, mentions
from auditor.platforms import Platform
from auditor.platforms.detection import detect_pages
from auditor.settings import ShopSettings

_LEAST = 1.5
_NOTHING = ("nothing says what it is",)
_TITLES: tuple[tuple[Concept, Template], ...] = (
    (Concept.CART, Template.CART),
    (Concept.CHECKOUT, Template.CHECKOUT),
    (Concept.NO_RESULTS, Template.SEARCH),
    (Concept.SEARCH, Template.SEARCH),
    (Concept.LOG_IN, Template.ACCOUNT),
    (Concept.REGISTER, Template.ACCOUNT),
    (Concept.ACCOUNT, Template.ACCOUNT),
    (Concept.RETURNS, Template.CONTENT),
    (Concept.SHIPPING, Template.CONTENT),
    (Concept.TERMS, Template.CONTENT),
    (Concept.PRIVACY, Template.CONTENT),
    (Concept.CONTACT, Template.CONTENT),
    (Concept.ABOUT, Template.CONTENT),
    (Concept.FAQ, Template.CONTENT),
    (Concept.SIZE_GUIDE, Template.CONTENT),
)
_SHORT_TITLE = 60
_CODES = {
    *LANGUAGES,
    "da",
    "no",
    "nb",
    "fi",
    "hu",
    "ro",
    "bg",
    "el",
    "sk",
    "sl",
    "hr",
    "sr",
    "lt",
    "lv",
    "et",
    "uk",
    "ru",
    "he",
    "ko",
    "vi",
    "th",
    "id",
}


def classify(
    facts: PageFacts, shop: ShopSettings, *, home_url: str, platform: Platform | None = None
) -> tuple[Template, tuple[str, ...]]:
    """The template of a page and the reasons for it, strongest first.

    The operator's patterns (``shop.templates``: globs on path and query) decide first, then the home address, then
    the sum of clues. ``platform`` is a hint that may be missing.
    """
    ruled = _ruled(facts, shop)
    if ruled:
        return ruled
    if facts.status >= 400 or facts.status == 0:
        return Template.OTHER, (f"it answered with status {facts.status}" if facts.status else "it did not answer",)
    if facts.content_type and "html" not in facts.content_type.lower():
        return Template.OTHER, (f"it is no HTML page but {facts.content_type.split(';')[0]}",)
    leads_home = facts.depth == 0 or not facts.redirects
    if _same(facts.url, home_url) or (leads_home and _same(facts.final_url, home_url)):
        return Template.HOME, ("it is the start page",)
    if _is_language_root(facts.url):
        return Template.HOME, ("it is the start page of one language",)
    if _same(facts.final_url, home_url):
        return Template.OTHER, ("it leads back to the start page",)
    return _weighed(facts, platform)


def classified(pages: Iterable[PageFacts], shop: ShopSettings, *, home_url: str) -> tuple[PageFacts, ...]:
    """All pages with their template and reasons. The platform is taken from the pages themselves."""
    known = tuple(pages)
    platform = detect_pages(known).platform
    found = []
    for page in known:
        template, because = classify(page, shop, home_url=home_url, platform=platform)
        found.append(page.model_copy(update={"template": template, "because": because}))
    return tuple(found)


def _weighed(facts: PageFacts, platform: Platform | None) -> tuple[Template, tuple[str, ...]]:
    scores: dict[Template, float] = defaultdict(float)
    clues = list(_clues(facts, platform))
    for clue in clues:
        scores[clue.template] += clue.weight
    best = max(scores, key=lambda template: scores[template], default=Template.OTHER)
    if scores.get(best, 0.0) < _LEAST:
        if facts.from_card and facts.signals.price_like and facts.signals.cards < MANY_CARDS:
            return Template.PRODUCT, ("a card with a picture and a price leads to it, and it states a price itself",)
        return Template.OTHER, _NOTHING
    reasons = sorted((clue for clue in clues if clue.template is best), key=lambda clue: -clue.weight)
    return best, tuple(dict.fromkeys(clue.why for clue in reasons))


def _clues(facts: PageFacts, platform: Platform | None) -> Iterator[Clue]:
    hinted = platform.hinted(facts.signals, facts.url) if platform else None
    if hinted:
        yield Clue(hinted.template, 5.0 if hinted.marked else 4.0, hinted.why)
    yield from from_data(facts)
    yield from from_address(facts)
    yield from from_structure(facts)
    yield from _from_words(facts)


def _from_words(facts: PageFacts) -> Iterator[Clue]:
    language = base_language(facts.lang)
    heading = facts.h1 or facts.title
    if not heading or len(heading) > _SHORT_TITLE:
        return
    for concept, template in _TITLES:
        word = mentions(heading, concept, language)
        if word:
            yield Clue(template, 1.5, f"its heading says “{word}”")
            return


def _ruled(facts: PageFacts, shop: ShopSettings) -> tuple[Template, tuple[str, ...]] | None:
    path, whole = _addresses(facts.url)
    for pattern, template in shop.templates.items():
        if any(fnmatchcase(address, form) for address in (path, whole) for form in (pattern, unquote(pattern))):
            return template, (f"the settings say that {pattern} is a {template} page",)
    return None


def _addresses(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    path = unquote(parts.path) or "/"
    return path, f"{path}?{unquote(parts.query)}" if parts.query else path


def _is_language_root(url: str) -> bool:
    path, whole = _addresses(url)
    code = re.fullmatch(r"/([a-z]{2})(?:[-_][a-z]{2})?/?", path.lower())
    return code is not None and path == whole and code[1] in _CODES


def _same(url: str, home_url: str) -> bool:
    try:
        one, other = urlsplit(url), urlsplit(home_url)
    except ValueError:
        return False
    paths = unquote(one.path).rstrip("/") == unquote(other.path).rstrip("/")
    return paths and sorted(parse_qsl(one.query)) == sorted(parse_qsl(other.query))
