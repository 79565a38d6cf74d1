"""NAV-003."""

from urllib.parse import urlsplit

from auditor.api import Certainty, DeadLink, Judgement, Measure, NotRecorded, Problem, Severity, ShopEvidence, _, check

GONE = frozenset({404, 410, 500})
"""Answers that leave no doubt. 401, 403, 429, 503 and silence may be the shop's defence against us (row NAV-003)."""
FEW = 0.005
"""Up to this share of dead targets, none of them in a menu, is the milder band (row NAV-003)."""
MENUS = frozenset({"header", "nav", "breadcrumb"})


@check(
    id="navigation/dead-links",
    row="NAV-003",
    severity=Severity.SERIOUS,
    title=_("A link of the shop leads nowhere"),
    why=_("A shopper who lands on an error page often takes the shop for closed and goes elsewhere."),
    fix=_("Point the link at a living page, or answer the old address with one redirect to the closest one."),
    found=_("{url} answers {status} after {hops} redirects, linked from {pages} pages as “{text}”"),
    source="https://developers.google.com/search/docs/crawling-indexing/http-network-errors",
    scale="share",
)
def dead_links(shop: ShopEvidence, *, few: float = FEW) -> Judgement:
    if not shop.links_checked:
        raise NotRecorded("no link's answer is known")
    gone = [link for link in shop.dead_links if link.status in GONE]
    share = len(gone) / max(shop.links_checked, len(gone))
    yield Measure(value=share, unit="share", of=shop.links_checked)
    for link in shop.dead_links:
        certain = link.status in GONE or 200 <= link.status < 400
        yield Problem(
            values={
                "url": _path(link.url),
                "status": link.status,
                "hops": link.hops,
                "pages": link.found_on_count,
                "text": link.text,
            },
            certainty=Certainty.CERTAIN if certain else Certainty.NEEDS_REVIEW,
            middle=link.status not in GONE or (share <= few and not MENUS & set(link.regions)),
            discriminator=_kind(link),
            page_key=_path(link.found_on[0]) if link.found_on else None,
        )


def _kind(link: DeadLink) -> str:
    """Dead links are separate problems; chains of redirects are one, and so is what would not answer us."""
    if link.status in GONE:
        return _path(link.url)
    return "redirects" if 200 <= link.status < 400 else "unknown"


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
