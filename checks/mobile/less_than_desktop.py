"""MOB-007."""

from auditor.api import (
    AcrossDevices,
    Certainty,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    Template,
    _,
    check,
)
from auditor.reading.parity import KINDS, told_by
from auditor.reading.visits import language_read, understood

DECISIVE = frozenset({"price", "buy button"})
"""Without these a phone cannot buy; of the others one may be missing in the milder band (row MOB-007)."""


@check(
    id="mobile/less-than-desktop",
    row="MOB-007",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("The phone shows less of the product than the desktop"),
    why=_("Most shoppers come by phone; what is left out there is missing for them, and for Google, which reads it."),
    fix=_("Show the same on both; fold long parts away on a phone instead of leaving them out."),
    found=_("Missing on the phone: {missing}"),
    source="https://developers.google.com/search/docs/crawling-indexing/mobile/mobile-sites-mobile-first-indexing",
    scale="share",
)
def less_than_desktop(devices: AcrossDevices) -> Judgement:
    mobile, desktop = devices.mobile, devices.desktop
    if not all(page.texts and page.layout and page.document and page.controls for page in (mobile, desktop)):
        raise NotRecorded("one of the two visits did not record its texts and controls")
    on_phone, on_desktop = told_by(mobile), told_by(desktop)
    missing = sorted(on_desktop - on_phone)
    yield Measure(value=round(1 - len(missing) / len(KINDS), 4), unit="share", of=len(KINDS))
    if missing:
        severe = bool(DECISIVE & set(missing)) or len(missing) > 1
        doubt = not understood(language_read(desktop.document, desktop.texts))
        yield Problem(
            values={"missing": ", ".join(missing)},
            middle=not severe,
            certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
            discriminator="missing",
        )
