"""A11Y-006."""

from auditor.api import Device, FocusStops, Judgement, Measure, NotApplicable, Problem, Severity, _, check

PASS_SHARE, POOR_SHARE = 0.95, 0.85
"""Our bands (row A11Y-006)."""

FEWEST = 5


@check(
    id="accessibility/focus-unseen",
    row="A11Y-006",
    severity=Severity.MODERATE,
    devices={Device.DESKTOP},
    title=_("The keyboard's place on the page cannot be seen"),
    why=_("Shoppers who use the keyboard do not know which link or button they are about to press."),
    fix=_("Give focused controls a clear outline, and keep sticky bars from covering them."),
    found=_("{unseen} of {total} places where the Tab key stops look no different with the focus"),
    found_as={"covered": _("{covered} of {total} places where the Tab key stops lie wholly under “{layer}”")},
    source="https://www.w3.org/WAI/WCAG22/Understanding/focus-visible",
    scale="share",
)
def focus_unseen(
    focus_stops: FocusStops, *, pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE
) -> Judgement:
    stops = focus_stops.items
    if len(stops) < FEWEST:
        raise NotApplicable("the page has hardly anything to tab through")
    unseen = [stop for stop in stops if not stop.shown]
    covered = [stop for stop in stops if stop.hidden_by and stop.shown]
    share = 1 - (len(unseen) + len(covered)) / len(stops)
    yield Measure(value=round(share, 4), unit="share", of=len(stops))
    if share >= pass_share:
        return
    for kind, found in (("unseen", unseen), ("covered", covered)):
        if found:
            values = {"unseen": len(unseen), "covered": len(covered), "total": len(stops),
                      "layer": found[0].hidden_by or ""}  # fmt: skip
            yield Problem(
                selector=found[0].selector, box=found[0].box, values=values, middle=share >= poor_share,
                discriminator=kind,
            )  # fmt: skip
