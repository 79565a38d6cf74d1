"""MOB-008."""

from auditor.api import Certainty, Consent, Device, Judgement, Layout, Measure, NotRecorded, Problem, Severity, _, check

GOOD_SHARE, POOR_SHARE = 0.20, 0.30
"""Coalition for Better Ads: large sticky ads cover more than 30 %; our middle band."""

WHOLE_SHARE = 0.9
"""One layer this large is a dialog over the page, or the page itself in a scrolling box: a person must look."""


@check(
    id="mobile/view-covered",
    row="MOB-008",
    severity=Severity.SERIOUS,
    devices={Device.MOBILE},
    title=_("Fixed bars cover much of the screen"),
    why=_("What stays on the screen leaves less room for the products, on every page and at every scroll."),
    fix=_("Let bars scroll away, shrink them, or keep one of them only."),
    shopwide=True,
    found=_("Fixed elements cover {share} % of the screen after scrolling (a bar with the buy button left out)"),
    source="https://www.betterads.org/standards/",
    scale="share",
)
def view_covered(
    layout: Layout, consent: Consent | None, *, good_share: float = GOOD_SHARE, poor_share: float = POOR_SHARE
) -> Judgement:
    if layout.pinned_share is None:
        raise NotRecorded("the page was not scrolled, so that what stays in view is not known")
    layers = [layer for layer in layout.pinned if not layer.holds_buy_button]
    share = min(layout.pinned_share, sum(layer.share for layer in layers))
    yield Measure(value=round(share, 4), unit="share")
    if share > good_share:
        largest = max(layers, key=lambda layer: layer.share)
        # An open consent dialog goes when it is answered, which a shopper does once.
        unsure = (consent is not None and consent.still_open) or largest.share > WHOLE_SHARE
        yield Problem(
            selector=largest.selector,
            values={"share": round(100 * share)},
            middle=share <= poor_share,
            certainty=Certainty.NEEDS_REVIEW if unsure else Certainty.CERTAIN,
        )
