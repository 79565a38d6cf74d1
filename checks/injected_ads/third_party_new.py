"""ADS-001."""

from auditor.ads.findings import problem_of
from auditor.ads.incidents import incidents_of
from auditor.ads.loads import loads_of
from auditor.api import Certainty, Judgement, Measure, NotRecorded, Problem, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/third-party-new",
    row="ADS-001",
    severity=Severity.MODERATE,
    title=_("A company that nobody approved is on the pages"),
    why=_("Every script of others can read and change the page, so somebody should know why it is there."),
    fix=_("Approve it with a reason, or take out the tag that brings it in."),
    shopwide=True,
    found=_("{what}, seen in {shown} of {loads} loads"),
    source="https://www.pcisecuritystandards.org/document_library/",
    scored=False,
)
def third_party_new(shop: ShopEvidence) -> Judgement:
    if not loads_of(shop):
        raise NotRecorded("what appears on the pages was not recorded")
    if shop.baseline is None:
        raise NotRecorded("there is no baseline to compare with: write one by `auditor ads init RUN`")
    doubtful = [one for one in incidents_of(shop) if one.standing == "review"]
    yield Measure(value=len(doubtful), unit="companies")
    for incident in doubtful:
        ended = incident.party in shop.baseline.parties
        problem: Problem = problem_of(incident)
        # An approval that has ended is certain, and is the operator's to renew.
        yield problem.model_copy(update={"certainty": Certainty.CERTAIN, "severity": Severity.MINOR} if ended else {})
