"""DRK-001."""

from auditor.api import AcrossDevices, Certainty, Judgement, NotRecorded, Problem, Severity, Template, _, check
from auditor.reading.pressure import clock
from auditor.reading.visits import language_read

LEAST_APART_S = 60
"""Clocks of visits less far apart than this cannot be told apart from one that ends at a fixed time."""

SAME_S = 15


@check(
    id="dark-patterns/countdown-restarts",
    row="DRK-001",
    severity=Severity.SERIOUS,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.CART},
    title=_("Pattern seen: a countdown starts anew for each visitor"),
    why=_("A deadline that is not one hurries shoppers, and in the Union it is a forbidden practice."),
    fix=_("Count down to one fixed moment for all, or take the clock out."),
    found=_("{left} s were left in two new visits {apart} s apart (“{text}”)"),
    source="https://doi.org/10.1145/3359183",
    scored=False,
)
def countdown_restarts(devices: AcrossDevices) -> Judgement:
    pages = (devices.mobile, devices.desktop)
    if not all(page.layout for page in pages):
        raise NotRecorded("the texts of one of the two visits were not recorded")
    seen = [(page, clock(page, language_read(page.document, page.texts))) for page in pages]
    clocks = [(page, found) for page, found in seen if found]
    if not clocks:
        return
    apart = abs((devices.mobile.visit.started_at - devices.desktop.visit.started_at).total_seconds())
    if len(clocks) < len(pages) or apart < LEAST_APART_S:
        raise NotRecorded("a clock runs on the page; whether it restarts takes a second visit at least a minute later")
    (_one, (left, run)), (_other, (other, _run)) = clocks
    drift = abs(left - other)
    if drift >= apart / 2:
        return
    yield Problem(
        selector=run.selector,
        box=run.box,
        values={"left": left, "apart": round(apart), "text": run.text[:80]},
        certainty=Certainty.CERTAIN if drift <= SAME_S else Certainty.NEEDS_REVIEW,
        discriminator="restart",
    )
