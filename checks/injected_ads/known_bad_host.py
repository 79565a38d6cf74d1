"""ADS-004."""

from auditor.ads.advertising import bad_hosts
from auditor.ads.chains import Chains
from auditor.ads.incidents import incident_id
from auditor.ads.loads import loads_of
from auditor.ads.parties import host_of
from auditor.api import Certainty, Judgement, NotRecorded, Problem, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/known-bad-host",
    row="ADS-004",
    severity=Severity.CRITICAL,
    title=_("The pages ask a host that lists of malware name"),
    why=_("A host that spreads malware can do anything to your shoppers that a script of yours can."),
    fix=_("Find the script that asks for it by the chain, take that script out, and look for how it came in."),
    shopwide=True,
    found=_("{host} is on {lists} (of {dated})"),
    source="https://urlhaus.abuse.ch/about/",
)
def known_bad_host(shop: ShopEvidence) -> Judgement:
    loads = loads_of(shop)
    if not loads:
        raise NotRecorded("what appears on the pages was not recorded")
    lists = shop.filter_lists
    usable = [one for one in lists.lists if one.kind == "bad" and one.hosts] if lists else []
    if lists is None or not usable:
        raise NotRecorded("no list of bad hosts was at hand: get them by `auditor ads lists --update`")
    for host, named in bad_hosts(lists).items():
        asked = [(load, one) for load in loads for one in load.insertions.asked if host_of(one.url) == host]
        if not asked:
            continue
        load, first = asked[0]
        # One list may be wrong or old; an address that two keep on their own is hardly there by mistake.
        certain = len(named) > 1 and not all(one.note for one in named)
        yield Problem(
            values={
                "host": host,
                "lists": ", ".join(one.name for one in named),
                "dated": ", ".join(str(one.dated) for one in named),
                "chain": " ← ".join(Chains(load.insertions).of_request(first.url)[:6]),
            },
            certainty=Certainty.CERTAIN if certain else Certainty.NEEDS_REVIEW,
            discriminator=incident_id(host),
            page_key=load.page.key,
            owner=host,
        )
