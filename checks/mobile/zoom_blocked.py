"""MOB-002."""

from auditor.api import Device, Document, Judgement, NotApplicable, Problem, Severity, _, check
from auditor.reading.viewport import largest_zoom

FULL_ZOOM = 5.0
LEAST_ZOOM = 2.0
"""axe-core's meta-viewport-large and meta-viewport rules."""


@check(
    id="mobile/zoom-blocked",
    row="MOB-002",
    severity=Severity.SERIOUS,
    devices={Device.MOBILE},
    title=_("Shoppers cannot zoom in"),
    why=_("Who reads with difficulty enlarges the page; on Android this shop forbids it (iPhones ignore the setting)."),
    fix=_("Remove user-scalable=no and maximum-scale from the viewport meta tag."),
    shopwide=True,
    found=_("Viewport: {viewport}"),
    source="https://www.w3.org/WAI/WCAG22/Understanding/resize-text",
)
def zoom_blocked(document: Document, *, full_zoom: float = FULL_ZOOM, least_zoom: float = LEAST_ZOOM) -> Judgement:
    if not document.viewport_metas:
        raise NotApplicable("the page has no viewport meta tag")
    content = document.viewport_metas[-1]
    largest = largest_zoom(content)
    if largest is not None and largest < full_zoom:
        values = {"viewport": content[:200]}
        yield Problem(selector="meta[name=viewport]", values=values, middle=largest >= least_zoom)
