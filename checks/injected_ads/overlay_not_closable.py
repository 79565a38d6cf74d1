"""ADS-007."""

from auditor.ads.in_the_way import layers_in_the_way
from auditor.api import Judgement, NotApplicable, NotRecorded, Problem, Severity, ShopEvidence, _, check

LEAST_SHARE = 0.3
CLOSE_PX = 24
"""WCAG 2.2, 2.5.8: what is to be pressed is at least this wide and high."""


@check(
    id="injected-ads/overlay-not-closable",
    row="ADS-007",
    severity=Severity.SERIOUS,
    title=_("What covers the page is hard to get rid of"),
    why=_("A shopper who cannot close the layer cannot buy, and those without a mouse press Escape."),
    fix=_(
        "Give the layer a close button with a name, 24 px or more in size, let the Escape key close it too, and do not "
        "show it again to those who closed it."
    ),
    shopwide=True,
    found=_("The layer has no control that closes it, and the Escape key does not take it away"),
    found_as={
        "escape": _("The Escape key does not close the layer"),
        "small": _("The control that closes the layer is {px} px in size"),
        "unnamed": _("The control that closes the layer has no name"),
        "returns": _("The layer is there again on the next page after it was closed"),
    },
    source="https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/",
)
def overlay_not_closable(
    shop: ShopEvidence, *, least_share: float = LEAST_SHARE, close_px: float = CLOSE_PX
) -> Judgement:
    layers = [one for one in layers_in_the_way(shop, least_share) if not one.asked_for]
    tried = [one for one in layers if one.piece.escapes is not None]
    if not layers:
        raise NotApplicable("nothing covers the pages")
    if not tried:
        raise NotRecorded("the Escape key was not tried on what covers the page")
    for one in tried:
        piece, close = one.piece, one.piece.close
        px = round(min(close.width, close.height)) if close else 0
        faults = []
        if close is None:
            faults = [] if piece.escapes else [""]
        else:
            faults += [] if piece.escapes else ["escape"]
            faults += ["small"] if px < close_px else []
            faults += [] if piece.close_named else ["unnamed"]
        faults += ["returns"] if piece.returns else []
        for fault in faults:
            yield Problem(
                selector=piece.selector,
                values={"px": px},
                middle=bool(fault),
                discriminator=fault,
                box=piece.box,
                page_key=one.page_key,
            )
