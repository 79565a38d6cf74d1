"""The lines of ``pages.jsonl``."""

from auditor.discover.fetched import Fetched
from auditor.discover.frontier import Candidate
from auditor.discover.page_key import page_key
from auditor.evidence.discovery import PageFacts
from auditor.evidence.pages import Redirect


def facts_of(fetched: Fetched, links_out: int) -> PageFacts:
    """The facts of an answer. ``links_out`` counts distinct links to pages of the shop."""
    candidate, fields = fetched.candidate, fetched.reading.fields
    return PageFacts(
        url=candidate.where.url,
        key=page_key(fetched.final_url, canonical=fields["canonical"]),
        status=fetched.status,
        final_url=fetched.final_url,
        redirects=fetched.redirects,
        depth=candidate.depth,
        found_from=candidate.found_from,
        from_card=candidate.card,
        in_sitemap=candidate.in_sitemap,
        content_type=fetched.content_type,
        bytes=fetched.size,
        headers=fetched.kept_headers,
        links_out=links_out,
        rendered=fetched.rendered,
        **fields,
    )


def facts_without_page(
    candidate: Candidate, status: int, redirects: tuple[Redirect, ...], refused_url: str | None, content_type: str
) -> PageFacts:
    """What is known of an address without a readable answer, or whose redirect to ``refused_url`` is not followed."""
    return PageFacts(
        url=candidate.where.url,
        key=page_key(candidate.where.url),
        status=status,
        final_url=refused_url or (redirects[-1].url if redirects else candidate.where.url),
        redirects=redirects,
        depth=candidate.depth,
        found_from=candidate.found_from,
        in_sitemap=candidate.in_sitemap,
        content_type=content_type[:100],
    )
