"""The shop's products as discovery found them: how deep they lie, which are unlinked, which have two addresses."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.evidence import PageFacts, ShopEvidence, Template
from auditor.lexicon import fold
from auditor.reading.addresses import same_address
from auditor.reading.one_each import one_each
from auditor.reading.visits import loaded

_SESSION = re.compile(
    r";jsessionid=|[?&](?:phpsessid|jsessionid|oscsid|zenid|cfid|aspsessionid\w*|session_?id|sess(?:ion)?)=[^&]{6,}"
    r"|[?&]sid=[0-9a-z]{16,}|/\(s\([0-9a-z]{20,}\)\)/", re.IGNORECASE,
)  # fmt: skip
_TRACKING = re.compile(
    r"utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|yclid|_ga|_gl|pk_\w+|mtm_\w+|trk|ref|src|source|campaign|pos|position"
    r"|placement|list_?(?:id|name)?|pr_\w+|_pos|_sid|_ss|_psq|_fid|algolia\w*|queryid|clickid|rec_?id|from"
)
_TIME = re.compile(r"(?:t|ts|time|timestamp|_|rnd|rand|cb|nocache)=1[5-9]\d{8}(?:\d{3})?(?=&|$)", re.IGNORECASE)
MANY_TRACKING = 2


@dataclass(frozen=True)
class Twins:
    """Addresses under which one product is offered to search engines."""

    sku: str
    urls: tuple[str, ...]


def product_pages(shop: ShopEvidence) -> tuple[PageFacts, ...]:
    return tuple(facts for facts in shop.pages if facts.template is Template.PRODUCT and facts.status == 200)


def products(shop: ShopEvidence) -> tuple[PageFacts, ...]:
    """Pages of products, those of one product with several addresses counted once."""
    return one_each(product_pages(shop))


def indexable(facts: PageFacts) -> bool:
    own = facts.canonical is None or same_address(facts.canonical, facts.final_url)
    return "noindex" not in (facts.robots or "").lower() and not facts.redirects and own


def percentile(values: Iterable[int], share: float) -> int:
    """The smallest value that ``share`` (0-1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def seen_share(shop: ShopEvidence) -> float:
    """How much of what discovery knew it also fetched (0-1)."""
    return shop.discovery.fetched / max(1, shop.discovery.fetched + shop.discovery.queued_left)


def twins(shop: ShopEvidence) -> tuple[Twins, ...]:
    """Products with one article number and one title on several indexable pages, none of which points to another.

    Variants have a title or a number of their own.
    """
    found: dict[tuple[str, str], list[PageFacts]] = defaultdict(list)
    for facts in product_pages(shop):
        if facts.signals.sku and facts.h1 and indexable(facts):
            found[fold(facts.signals.sku), fold(facts.h1)].append(facts)
    return tuple(
        Twins(sku, tuple(facts.url for facts in pages)) for (sku, _title), pages in found.items() if len(pages) > 1
    )


def untidy(url: str) -> str | None:
    """What is wrong with an internal address, None if nothing. Letters of any script, encoded or not, are fine."""
    if _SESSION.search(url):
        return "session"
    parts = urlsplit(url)
    if _TIME.search(parts.query):
        return "time"
    names = [name.lower() for name, _value in parse_qsl(parts.query, keep_blank_values=True)]
    return "tracking" if sum(bool(_TRACKING.fullmatch(name)) for name in names) > MANY_TRACKING else None


def internal_addresses(shop: ShopEvidence) -> dict[str, str]:
    """Distinct addresses that visited pages link to, each with the key of a page that does."""
    return {
        link.url: visit.page.key
        for visit in loaded(shop)
        for link in (visit.links.items if visit.links else ())
        if link.same_site and link.url.startswith("http")
    }


def case_twins(shop: ShopEvidence) -> tuple[tuple[str, str], ...]:
    """Pairs of living, indexable pages whose paths differ in capitals only."""
    first: dict[str, PageFacts] = {}
    found = []
    for facts in shop.pages:
        if facts.status != 200 or not indexable(facts):
            continue
        parts = urlsplit(facts.url)
        known = first.setdefault(f"{unquote(parts.path).lower()}?{parts.query}", facts)
        if unquote(urlsplit(known.url).path) != unquote(parts.path):
            found.append((known.url, facts.url))
    return tuple(found)
