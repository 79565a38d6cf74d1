"""The pages a shop must explain itself on: returns, shipping, terms and privacy."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.evidence import Link, PageFacts, ShopEvidence, Template
from auditor.lexicon import Concept, mentions
from auditor.reading.addresses import leads_to, same_address
from auditor.reading.visits import language_of, loaded

POLICIES = (Concept.RETURNS, Concept.SHIPPING, Concept.TERMS, Concept.PRIVACY)
MAX_NAME = 60
"""A longer link text is a sentence."""


@dataclass(frozen=True)
class PolicyLink:
    """A link to a policy. ``outside`` is False where it was only seen among a page's own content."""

    url: str
    name: str
    same_site: bool
    outside: bool


def policy_links(shop: ShopEvidence, policy: Concept) -> tuple[PolicyLink, ...]:
    """Distinct links of all visits whose label or address speaks of the policy; combined pages count for each."""
    found: dict[str, PolicyLink] = {}
    for visit in loaded(shop):
        language = language_of(visit, shop)
        for link in visit.links.items if visit.links else ():
            if _speaks_of(link, policy, language):
                outside = link.region != "main"
                known = found.get(link.url)
                if known is None or (outside and not known.outside):
                    found[link.url] = PolicyLink(link.url, link.name, link.same_site, outside)
    return tuple(found.values())


def headed_elsewhere(shop: ShopEvidence, policy: Concept) -> tuple[str, ...]:
    """Headings about the policy on pages that others link outside their main text: those of a combined page, and
    questions among others."""
    linked = _linked_outside_main(shop)
    headings = (
        heading
        for facts in shop.pages
        if facts.status == 200 and linked & {facts.url, facts.final_url} and facts.template is Template.CONTENT
        for heading in (facts.h1, *facts.headings)
    )
    return tuple(heading for heading in headings if mentions(heading, policy, shop.language))


def asks(heading: str) -> bool:
    return heading.rstrip().endswith(("?", "؟", "？"))


def unread_help(shop: ShopEvidence) -> bool:
    """Whether a help centre is linked of which no page was fetched: policies may be told there."""
    fetched = {url for facts in shop.pages if facts.status == 200 for url in (facts.url, facts.final_url)}
    return any(link.url not in fetched for link in help_links(shop))


def _linked_outside_main(shop: ShopEvidence) -> set[str]:
    return {
        link.url
        for visit in loaded(shop)
        for link in (visit.links.items if visit.links else ())
        if link.region != "main"
    }


def answer_of(shop: ShopEvidence, url: str) -> int | None:
    """The status of an address, where discovery learned it."""
    facts = facts_of(shop, url)
    if facts is not None:
        return facts.status
    for visit in loaded(shop):
        if same_address(visit.page.url, url) and visit.visit.status:
            return visit.visit.status
    return next((dead.status for dead in shop.dead_links if same_address(dead.url, url)), None)


def facts_of(shop: ShopEvidence, url: str) -> PageFacts | None:
    return next((facts for facts in shop.pages if url in _addresses(facts) or same_address(facts.url, url)), None)


def help_links(shop: ShopEvidence) -> Iterator[Link]:
    """Links to a help centre or questions and answers, where policies may be told."""
    for visit in loaded(shop):
        language = language_of(visit, shop)
        for link in visit.links.items if visit.links else ():
            if leads_to(link.url, Concept.FAQ, alone=True) or (
                len(link.name) <= MAX_NAME and mentions(link.name, Concept.FAQ, language)
            ):
                yield link


def _addresses(facts: PageFacts) -> tuple[str, str]:
    return facts.url, facts.final_url


def _speaks_of(link: Link, policy: Concept, language: str | None) -> bool:
    if not link.href or link.href.startswith("#"):
        return False
    worded = len(link.name) <= MAX_NAME and mentions(link.name, policy, language) is not None
    return worded or leads_to(link.url, policy)
