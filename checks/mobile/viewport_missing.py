"""MOB-001."""

from auditor.api import Device, Document, Judgement, Problem, Severity, _, check
from auditor.reading.viewport import fits_device, is_fitted


@check(
    id="mobile/viewport-missing",
    row="MOB-001",
    severity=Severity.CRITICAL,
    devices={Device.MOBILE},
    title=_("The page is not fitted to phones"),
    why=_(
        "Without a viewport of the device's width a phone shows a shrunken desktop page that must be zoomed to be read."
    ),
    fix=_('Put one <meta name="viewport" content="width=device-width, initial-scale=1"> into the head of every page.'),
    shopwide=True,
    found=_("Viewport: {viewport}"),
    source="https://developer.chrome.com/docs/lighthouse/pwa/viewport",
)
def viewport_missing(document: Document) -> Judgement:
    metas = document.viewport_metas
    values = {"viewport": " | ".join(metas)[:200] or "none"}
    if not is_fitted(metas):
        yield Problem(selector="meta[name=viewport]", values=values, discriminator="missing")
    elif not all(fits_device(content) for content in metas):
        yield Problem(selector="meta[name=viewport]", values=values, discriminator="contradicted", middle=True)
