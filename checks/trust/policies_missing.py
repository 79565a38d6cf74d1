"""TRU-006."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, PageFacts, Problem, Severity, ShopEvidence, _, check
from auditor.lexicon import Concept
from auditor.reading.policies import (
    POLICIES,
    PolicyLink,
    answer_of,
    asks,
    facts_of,
    headed_elsewhere,
    policy_links,
    unread_help,
)
from auditor.reading.visits import loaded, understood

GONE = frozenset({404, 410, 500})
MIN_CHARS = 300
"""Fewer letters than this are no policy; a page written by scripts may only seem so."""

EMPTY_CHARS = 80
"""Fewer letters than this, header and footer left out, are an empty page."""


@check(
    id="trust/policies-missing",
    row="TRU-006",
    severity=Severity.SERIOUS,
    title=_("Returns, shipping, terms or privacy cannot be found"),
    why=_("Shoppers look for delivery and return terms before they buy, and leave when the footer has none."),
    fix=_("Link returns, shipping, terms and privacy in the footer of every page, each to a page with its text."),
    found=_("No link to {policy} was found on any page that was looked at"),
    found_as={
        "gone": _("The link to {policy} answers {status}"),
        "thin": _("The page about {policy} has {chars} letters of text"),
        "unknown": _("Whether the link to {policy} works is not known"),
    },
    source="https://baymard.com/blog/footer-needs-return-shipping-links",
    scale="share",
)
def policies_missing(shop: ShopEvidence, *, min_chars: int = MIN_CHARS) -> Judgement:
    if not any(visit.links for visit in loaded(shop)):
        raise NotRecorded("no page's links were recorded")
    problems = [problem for policy in POLICIES if (problem := _problem(shop, policy, min_chars))]
    certain = [problem for problem in problems if problem.certainty is Certainty.CERTAIN]
    yield Measure(value=1 - len(certain) / len(POLICIES), unit="share", of=len(POLICIES))
    for problem in problems:
        yield problem.model_copy(update={"middle": len(certain) == 1 and problem in certain})


def _problem(shop: ShopEvidence, policy: Concept, min_chars: int) -> Problem | None:
    links = policy_links(shop, policy)
    if not links:
        headings = headed_elsewhere(shop, policy)
        if not all(map(asks, headings)):
            return None
        # An answer among others may tell all of it, or one case.
        doubt = bool(headings) or unread_help(shop) or not understood(shop.language)
        return _lacking(policy, "absent", sure=not doubt)
    answers = [(answer_of(shop, link.url), facts_of(shop, link.url), link) for link in links]
    if any(_works(status, facts, link, min_chars) for status, facts, link in answers):
        return None
    status, facts, _first = answers[0]
    if all(status in GONE for status, _facts, _link in answers):
        return _lacking(policy, "gone", sure=True, status=status or 0)
    if status == 200 and facts is not None:
        return _lacking(
            policy, "thin", sure=facts.main_chars is not None and _text(facts) < EMPTY_CHARS, chars=_text(facts)
        )
    return _lacking(policy, "unknown", sure=False)


def _works(status: int | None, facts: PageFacts | None, link: PolicyLink, min_chars: int) -> bool:
    """Outside the main text, and with a text of its own; other hosts and PDF files are not read."""
    if not link.outside:
        return False
    unread = not link.same_site or (facts is not None and "pdf" in facts.content_type)
    return unread or (status == 200 and (facts is None or _text(facts) >= min_chars))


def _text(facts: PageFacts) -> int:
    return facts.text_chars if facts.main_chars is None else facts.main_chars


def _lacking(policy: Concept, state: str, *, sure: bool, **values: int) -> Problem:
    return Problem(
        values={"policy": policy.value, **values},
        certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
        discriminator=f"{state}:{policy.value}",
    )
