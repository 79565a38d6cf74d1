"""Everything that can be made wrong with the demo shop, by name."""

from collections.abc import Iterable, Mapping

from auditor.demo.defects.accessibility import ACCESSIBILITY
from auditor.demo.defects.checkout import CHECKOUT
from auditor.demo.defects.checkout_forms import CHECKOUT_FORMS
from auditor.demo.defects.choosing import CHOOSING
from auditor.demo.defects.dark_patterns import DARK_PATTERNS
from auditor.demo.defects.defect import Defect
from auditor.demo.defects.findability import FINDABILITY
from auditor.demo.defects.imagery import IMAGERY
from auditor.demo.defects.mobile import MOBILE
from auditor.demo.defects.navigation import NAVIGATION
from auditor.demo.defects.picture_looks import PICTURE_LOOKS
from auditor.demo.defects.product import PRODUCT
from auditor.demo.defects.speed import SPEED
from auditor.demo.defects.speed_timed import SPEED_TIMED
from auditor.demo.defects.states import STATES as WHOLE_SHOP
from auditor.demo.defects.trust import TRUST

__all__ = ["DEFECTS", "STATES", "Defect", "named"]

DEFECTS: Mapping[str, Defect] = {
    defect.name: defect
    for defect in (
        *NAVIGATION, *FINDABILITY, *SPEED, *MOBILE, *IMAGERY, *PICTURE_LOOKS, *PRODUCT, *TRUST, *CHECKOUT,
        *CHECKOUT_FORMS, *ACCESSIBILITY, *DARK_PATTERNS, *CHOOSING, *SPEED_TIMED,
    )
}  # fmt: skip
"""Defects that checks must find: each names the catalogue rows that fail when it is on."""

STATES: Mapping[str, Defect] = {state.name: state for state in WHOLE_SHOP}
"""States of the whole shop that make an audit impossible or hard; no check judges them."""


def named(names: Iterable[str]) -> tuple[Defect, ...]:
    """The defects and states called ``names``; an unknown name is a ``ValueError`` that lists what there is."""
    known = {**DEFECTS, **STATES}
    wanted = sorted(set(names))
    if unknown := [name for name in wanted if name not in known]:
        raise ValueError(f"The demo shop has no defect called {', '.join(unknown)}. There are: {', '.join(known)}.")
    return tuple(known[name] for name in wanted)
