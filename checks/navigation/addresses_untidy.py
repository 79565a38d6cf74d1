"""NAV-007."""

from auditor.api import Judgement, Measure, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.reading.catalogue import case_twins, internal_addresses, untidy

FEW = 0.02
"""Up to this share of the addresses is the milder band (row NAV-007)."""


@check(
    id="navigation/addresses-untidy",
    row="NAV-007",
    severity=Severity.MINOR,
    title=_("Links carry session numbers, time stamps or tracking"),
    why=_("One page gets many addresses: shared links go stale, statistics split, and search engines crawl copies."),
    fix=_("Link pages by one plain address; keep sessions in cookies and measure clicks by events."),
    found=_("{count_of} of {total} internal addresses have a {what}, such as {url}"),
    found_as={"case": _("{url} and {other} differ in capitals only, and both answer")},
    source="https://developers.google.com/search/docs/specialty/ecommerce/designing-a-url-structure-for-ecommerce-sites",
    scale="share",
)
def addresses_untidy(shop: ShopEvidence, *, few: float = FEW) -> Judgement:
    addresses = internal_addresses(shop)
    if not addresses:
        raise NotRecorded("no page's links were recorded")
    bad = {url: what for url in addresses if (what := untidy(url))}
    pairs = case_twins(shop)
    share = (len(bad) + len(pairs)) / len(addresses)
    yield Measure(value=round(share, 4), unit="share", of=len(addresses))
    names = {"session": "session number", "time": "time stamp", "tracking": "string of tracking parameters"}
    for what, name in names.items():
        found = [url for url, kind in bad.items() if kind == what]
        if found:
            yield Problem(
                values={"count_of": len(found), "total": len(addresses), "what": name, "url": found[0][:200]},
                middle=share <= few,
                page_key=addresses[found[0]],
                discriminator=what,
            )
    for one, other in pairs[:1]:
        values = {"count_of": len(pairs), "total": len(addresses), "what": "twin", "url": one, "other": other}
        yield Problem(values=values, middle=share <= few, discriminator="case")
