"""Other products that a page shows: cards with a picture that lead elsewhere."""

from auditor.evidence import PageEvidence
from auditor.reading.addresses import same_address
from auditor.reading.main_text import FRAME
from auditor.reading.pictures import leads_elsewhere

LEAST_PX = 60


def other_products(page: PageEvidence) -> frozenset[str]:
    """Addresses of pages of the shop that a picture in the content leads to, in view or further along a carousel."""
    assert page.document
    assert page.images
    own = {link.url.split("#")[0] for link in (page.links.items if page.links else ()) if link.same_site}
    found = set()
    for image in page.images.items:
        if image.link_url is None or image.region in FRAME or not leads_elsewhere(image, page.document):
            continue
        address = image.link_url.split("#")[0]
        shown = max(image.shown_width, image.shown_height, image.natural_width if not image.visible else 0) >= LEAST_PX
        product = image.card is not None or shown
        if address in own and product and not same_address(address, page.page.url):
            found.add(address)
    return frozenset(found)
