"""IMG-006."""

from auditor.api import (
    Document,
    Images,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Requests,
    Severity,
    _,
    check,
)
from auditor.reading.fit import is_old_format, needed_pixels, wasted_bytes
from auditor.reading.pictures import is_vector
from auditor.reading.transfer import sent_bytes

GOOD_SHARE, POOR_SHARE = 0.20, 0.50
LARGEST_BYTES = 1_000_000
LEAST_WASTE_KIB = 50
"""Our bands; less than the last is not worth a developer's hour."""


@check(
    id="imagery/bytes-wasted",
    row="IMG-006",
    severity=Severity.MODERATE,
    title=_("Pictures are larger files than they need to be"),
    why=_("Shoppers on mobile data wait, and pay, for bytes that no eye can see."),
    fix=_("Offer sizes by srcset, and WebP or AVIF beside JPEG and PNG."),
    found=_(
        "{waste_kib} of {kib} KiB are not needed ({share} %); largest file {largest_kib} KiB; JPEG and PNG: {old} %"
    ),
    source="https://developer.chrome.com/docs/performance/insights/image-delivery",
    scale="share",
)
def bytes_wasted(
    images: Images, document: Document, requests: Requests | None, *,
    good_share: float = GOOD_SHARE, poor_share: float = POOR_SHARE,
) -> Judgement:  # fmt: skip
    pictures = [i for i in images.items if i.loaded and i.url.startswith("http") and not is_vector(i)]
    if not pictures:
        raise NotApplicable("the page loads no picture")
    cached = {r.url: sent_bytes(r)[1] for r in requests.items if r.from_cache} if requests else {}
    sizes = {i.url: float(i.bytes or cached.get(i.url, 0)) for i in pictures}
    total = sum(sizes.values())
    if not total:
        raise NotRecorded("the size of no picture's file is known")
    # One file may be shown twice: the largest place counts.
    largest_place = {i.url: i for i in sorted(pictures, key=lambda i: needed_pixels(i, document.dpr))}
    waste = {
        url: wasted_bytes(image, sizes[url], needed_pixels(image, document.dpr)) for url, image in largest_place.items()
    }
    share = sum(waste.values()) / total
    yield Measure(value=round(share, 4), unit="share", of=round(total))
    largest = max(sizes, key=lambda url: sizes[url])
    huge = sizes[largest] > LARGEST_BYTES
    if huge or (share > good_share and sum(waste.values()) / 1024 >= LEAST_WASTE_KIB):
        worst = largest_place[largest if huge else max(waste, key=lambda url: waste[url])]
        old = sum(sizes[url] for url, image in largest_place.items() if is_old_format(image))
        values = {
            "waste_kib": round(sum(waste.values()) / 1024), "kib": round(total / 1024), "share": round(100 * share),
            "largest_kib": round(sizes[largest] / 1024), "old": round(100 * old / total),
        }  # fmt: skip
        yield Problem(
            selector=worst.selector, box=worst.box, values=values, middle=not huge and share <= poor_share,
            discriminator="huge" if huge else "waste",
        )  # fmt: skip
