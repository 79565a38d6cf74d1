"""How files fit the size they are shown at: pixels missing, pixels too many, proportions lost."""

from auditor.evidence import Image, Images
from auditor.reading.pictures import file_size, is_stand_in, is_vector

LEAST_RATIO, ICON_RATIO, ICON_PX = 0.75, 1.0, 64
"""Lighthouse, image-size-responsive."""

ASPECT_ERROR, ASPECT_PX = 0.02, 2.0
"""Lighthouse, image-aspect-ratio, allows 2 px of rounding."""

SMALLEST_PX = 24
TARGET_BYTES_PER_PIXEL = 2 / 12
FORMAT_SAVING = 0.25
"""Lighthouse's image-delivery insight calls more bytes a pixel than that badly compressed. A newer format saves at
least the second (lossy WebP against JPEG, the lower end of Google's study)."""

LEAST_FILE_SAVING, LEAST_STEP_SAVING = 4096, 12288
"""Bytes; Lighthouse ignores less, and the second where srcset offers sizes in steps."""

_OUTSIDE = {"header", "nav", "footer"}
_CROPS = {"cover", "contain", "scale-down"}


def device_pixel_steps(dpr: float) -> float:
    """Lighthouse's steps: shoppers do not see the difference above 2."""
    return 2.0 if dpr >= 2 else 1.5 if dpr >= 1.5 else 1.0


def judged_for_fit(images: Images) -> tuple[Image, ...]:
    """Photographs in the content. Left out: logos around it, drawings, icons, and what is shown in its own size."""
    return tuple(
        image
        for image in images.items
        if image.kind == "img"
        and image.visible
        and image.loaded
        and image.region not in _OUTSIDE
        and (image.object_fit in ("fill", "") or image.object_fit in _CROPS)
        and min(image.shown_width, image.shown_height) >= SMALLEST_PX
        and not is_vector(image)
        and not is_stand_in(image)
    )


def is_blurred(image: Image, density: float) -> bool:
    """Fewer pixels than the screen needs. Entries of ``srcset`` by density are the author's own choice."""
    if any(candidate.density for candidate in image.candidates):
        return False
    ratio = ICON_RATIO if max(image.shown_width, image.shown_height) <= ICON_PX else LEAST_RATIO
    width, height = file_size(image)
    if image.object_fit in _CROPS:
        return bool(width and height) and _scale(image, width, height) * density * ratio > 1.01
    return width * height < 0.98 * image.shown_width * image.shown_height * (density * ratio) ** 2


def is_distorted(image: Image) -> bool:
    if image.object_fit in _CROPS or not image.natural_width or not image.natural_height or not image.shown_height:
        return False
    expected = image.shown_height * image.natural_width / image.natural_height
    return abs(image.shown_width - expected) > max(ASPECT_PX, ASPECT_ERROR * expected)


def needed_pixels(image: Image, dpr: float) -> float:
    """Pixels of the file that the screen can show; all of them where that cannot be told (hidden, sprites)."""
    width, height = file_size(image)
    if not image.visible or not width or not height or min(image.shown_width, image.shown_height) <= 0:
        return width * height
    if image.object_fit in _CROPS:
        return min(1.0, (_scale(image, width, height) * dpr) ** 2) * width * height
    if image.kind != "img" or image.object_fit == "none":
        return width * height
    return min(width * height, image.shown_width * image.shown_height * dpr**2)


def _scale(image: Image, width: float, height: float) -> float:
    """CSS pixels that one pixel of the file is shown at, where a style fits the picture into its box."""
    ratios = image.shown_width / width, image.shown_height / height
    scale = max(ratios) if image.object_fit == "cover" else min(ratios)
    return min(1.0, scale) if image.object_fit == "scale-down" else scale


def wasted_bytes(image: Image, size: float, needed: float) -> float:
    """What a fitting file in a newer format would save of ``size`` bytes; small savings count as none."""
    width, height = file_size(image)
    have = width * height
    if not have or is_stand_in(image):
        return 0.0
    too_large = size * (1 - min(1.0, needed / have))
    rest = size - too_large
    if too_large < (LEAST_STEP_SAVING if image.candidates else LEAST_FILE_SAVING):
        too_large = 0.0
    heavy = max(0.0, rest - needed * TARGET_BYTES_PER_PIXEL)
    old_format = min(heavy, FORMAT_SAVING * rest) if is_old_format(image) else 0.0
    return too_large + (old_format if old_format >= LEAST_FILE_SAVING else 0.0)


def is_old_format(image: Image) -> bool:
    """JPEG or PNG, by what the server said, else by the file's name."""
    name = (image.mime or image.url.split("?")[0]).lower()
    return name.endswith(("jpeg", "jpg", "png"))
