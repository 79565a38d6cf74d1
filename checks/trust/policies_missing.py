"""TRU-006."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, PageFacts, Problem, Severity, ShopEvidence, _, check
from auditor.lexicon import Concept
from auditor.reading.policies import POLICIES, answer_of, facts_of, headed_elsewhere, help_links, policy_links
from auditor.reading.visits import loaded, understood

GONE = frozenset({404, 410, 500})
MIN_CHARS = 300
"""Fewer letters than this, header and footer included, are no policy; a page written by scripts may only seem so."""


@check(
    id="trust/policies-missing",
    row="TRU-006",
    severity=Severity.SERIOUS,
    title=_("Returns, shipping, terms or privacy cannot be found"),
    why=_("Shoppers look for delivery and return terms before they buy, and leave when the footer has none."),
    fix=_("Link returns, shipping, terms and privacy in the footer of every page, each to a page with its text."),
    found=_("{policy}: {links} links to it, answer {status}, {chars} letters of text"),
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
    values: dict[str, str | int | float] = {"policy": policy.value, "links": len(links), "status": "-", "chars": "-"}
    if not links:
        if headed_elsewhere(shop, policy):
            return None
        doubt = any(True for _ in help_links(shop)) or not understood(shop.language)
        certainty = Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN
        return Problem(values=values, certainty=certainty, discriminator=policy.value)
    doubts = []
    for link in links:
        status, facts = answer_of(shop, link.url), facts_of(shop, link.url)
        pdf = facts is not None and "pdf" in facts.content_type
        thin = facts is not None and not pdf and _text(facts) < min_chars
        if status == 200 and not thin and link.outside:
            return None
        if not link.same_site and link.outside:
            return None
        doubts.append((status, _text(facts) if facts else "-"))
    status, chars = doubts[0]
    values |= {"status": "unknown" if status is None else status, "chars": chars}
    gone = all(status in GONE for status, _chars in doubts)
    return Problem(
        values=values, certainty=Certainty.CERTAIN if gone else Certainty.NEEDS_REVIEW, discriminator=policy.value
    )


def _text(facts: PageFacts) -> int:
    return facts.text_chars if facts.main_chars is None else facts.main_chars
