"""DRK-004."""

from auditor.api import Activity, Certainty, Judgement, Problem, Severity, Template, _, check


@check(
    id="dark-patterns/activity-made-up",
    row="DRK-004",
    severity=Severity.MODERATE,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.CART},
    title=_("Pattern seen: the number of other shoppers is made up"),
    why=_("An invented crowd hurries shoppers; who sees the number jump believes nothing else on the page."),
    fix=_("Show numbers that the shop has counted, or show none."),
    found=_("No answer of the shop holds the number in “{text}”"),
    found_as={"drawn": _("A script draws the number in “{text}” by chance: {script}")},
    source="https://doi.org/10.1145/3359183",
    scored=False,
)
def activity_made_up(activity: Activity) -> Judgement:
    for claim in activity.items:
        # A number that the shop sent may still be wrong, but nothing seen from outside says so.
        if claim.sent or claim.answered:
            continue
        yield Problem(
            selector=claim.selector,
            box=claim.box,
            values={"text": claim.text[:100], "script": claim.random},
            certainty=Certainty.CERTAIN if claim.random else Certainty.NEEDS_REVIEW,
            discriminator="drawn" if claim.random else "unsourced",
        )
