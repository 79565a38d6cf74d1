"""MOB-003."""

from auditor.api import Device, Document, Judgement, Layout, NotApplicable, NotRecorded, Problem, Severity, _, check
from auditor.reading.viewport import is_fitted

LEAST_PX = 4
"""Less than this is rounding and cannot be felt."""

SMALLEST_PHONE = 320
"""WCAG 2.2, 1.4.10 Reflow; today's phones are 360 px wide or more."""


@check(
    id="mobile/sideways-scroll",
    row="MOB-003",
    severity=Severity.SERIOUS,
    devices={Device.MOBILE},
    title=_("The page scrolls sideways on a phone"),
    why=_("Content slips out of view while scrolling down, and buttons at the edge are missed."),
    fix=_("Let the element that sticks out shrink or wrap: max-width: 100 %, no fixed widths, no negative margins."),
    found=_("At {viewport_px} px the page scrolls {scrolled_px} px sideways"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/reflow",
)
def sideways_scroll(layout: Layout, document: Document, *, least_px: float = LEAST_PX) -> Judgement:
    if not is_fitted(document.viewport_metas):
        raise NotApplicable("phones show the page zoomed out, which is a finding of its own")
    scrolling = [probe for probe in layout.widths if abs(probe.scrolled_px) >= least_px]
    if not scrolling:
        if min((probe.viewport_px for probe in layout.widths), default=SMALLEST_PHONE + 1) > SMALLEST_PHONE:
            raise NotRecorded("the page was not tried at the width of a small phone")
        return
    worst = max(scrolling, key=lambda probe: probe.viewport_px)
    offender = max(worst.offenders, key=lambda each: each.overhang_px, default=None)
    yield Problem(
        selector=offender.selector if offender else None,
        box=offender.box if offender else None,
        values={"viewport_px": worst.viewport_px, "scrolled_px": abs(worst.scrolled_px)},
        middle=worst.viewport_px <= SMALLEST_PHONE,
    )
