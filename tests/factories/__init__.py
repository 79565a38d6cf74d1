"""Plausible evidence in one call, for tests of checks, evaluation, scoring and reports.

Every function fills what its model requires and takes any field of the model as a keyword, as in
``link("Lamps", "/lamps", region="nav")``.
Addresses may be paths: they are those of ``shop.example``. Equal calls give equal evidence.
"""

from tests.factories.pages import PROFILES, SHOP, at, box, document, page, visit
from tests.factories.records import (
    across_devices,
    catalogue,
    dead_link,
    discovery,
    not_found_probe,
    page_evidence,
    page_facts,
    shop_evidence,
    template_evidence,
)
from tests.factories.sections import (
    button,
    controls,
    field,
    form,
    image,
    layout,
    link,
    price,
    product_data,
    rendition,
    request,
    structured_data,
    target,
    text_run,
    texts,
    timing,
    trail,
)

__all__ = [
    "PROFILES",
    "SHOP",
    "across_devices",
    "at",
    "box",
    "button",
    "catalogue",
    "controls",
    "dead_link",
    "discovery",
    "document",
    "field",
    "form",
    "image",
    "layout",
    "link",
    "not_found_probe",
    "page",
    "page_evidence",
    "page_facts",
    "price",
    "product_data",
    "rendition",
    "request",
    "shop_evidence",
    "structured_data",
    "target",
    "template_evidence",
    "text_run",
    "texts",
    "timing",
    "trail",
    "visit",
]
