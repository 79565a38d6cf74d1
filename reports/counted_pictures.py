"""Which pictures of a page a finding counts that names one of them as its example."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from auditor.evidence import Document, Image, Images, Links, Template
from auditor.finding import Occurrence
from auditor.reading.alternatives import told
from auditor.reading.fit import device_pixel_steps, is_blurred, is_distorted, judged_for_fit


@dataclass(frozen=True)
class PagePictures:
    """What was recorded of a page's pictures on one device."""

    template: Template
    document: Document
    images: Images
    links: Links | None


def counted(check: str, seen: Occurrence, page: PagePictures) -> frozenset[str]:
    """Where the pictures lead to, else their own addresses, as :func:`address_of` says. ``check``: of COUNTING."""
    return frozenset(address_of(image) for image in COUNTING[check](seen, page))


def address_of(image: Image) -> str:
    """What is the same on every device, other than a selector or the file that fits the screen."""
    return image.link_url or image.url


def _badly_fitted(seen: Occurrence, page: PagePictures) -> Iterable[Image]:
    density = device_pixel_steps(page.document.dpr)
    blurred = seen.values.get("what") == "blurred"
    shown = judged_for_fit(page.images)
    return (image for image in shown if (is_blurred(image, density) if blurred else is_distorted(image)))


def _silent(_seen: Occurrence, page: PagePictures) -> Iterable[Image]:
    return told(page.images, page.document, page.links, page.template).silent


COUNTING: dict[str, Callable[[Occurrence, PagePictures], Iterable[Image]]] = {
    "imagery/blurred-or-distorted": _badly_fitted,
    "accessibility/product-alt": _silent,
}
