"""What viewport meta tags ask of a phone, read as browsers read them: the last tag counts."""

import re
from collections.abc import Sequence

_PAIR = re.compile(r"([a-z-]+)\s*=\s*([^,;\s]+)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
LARGEST = 10.0
"""Browsers clamp scales to 0.1-10."""


def settings_of(content: str) -> dict[str, str]:
    return dict(_PAIR.findall(content.lower()))


def fits_device(content: str) -> bool:
    """Asks for the device's width; an initial scale without a width means the same."""
    settings = settings_of(content)
    return settings["width"] == "device-width" if "width" in settings else "initial-scale" in settings


def is_fitted(metas: Sequence[str]) -> bool:
    return bool(metas) and fits_device(metas[-1])


def largest_zoom(content: str) -> float | None:
    """The largest scale that a shopper may zoom to: 1.0 where zooming is switched off, None where nothing limits it."""
    settings = settings_of(content)
    if "user-scalable" in settings and not _allows(settings["user-scalable"]):
        return 1.0
    if "maximum-scale" not in settings:
        return None
    text = settings["maximum-scale"]
    if text in ("device-width", "device-height"):
        return LARGEST
    if text.startswith("-"):
        return None
    return min(LARGEST, _number(text))


def _allows(text: str) -> bool:
    return text in ("yes", "device-width", "device-height") or abs(_number(text)) >= 1


def _number(text: str) -> float:
    """The number that a value begins with; "yes" is 1, all else 0 (CSS Device Adaptation)."""
    found = _NUMBER.match(text)
    return float(found[0]) if found else float(text == "yes")
