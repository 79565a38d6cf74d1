"""Colours of a brand, and whether text in them can be read (WCAG 2.2, success criterion 1.4.3)."""

import colorsys
import re

READABLE = 4.5
"""Contrast of text and its background at least."""
PAPER = "#f6f7f9"
"""The darkest background that a report puts text in the accent colour on."""
_DARK, _LIGHT = "#111111", "#ffffff"
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def colour(text: str) -> str:
    """``#rgb`` or ``#rrggbb`` as ``#rrggbb`` in small letters.

    :raises ValueError: for anything else.
    """
    if not _HEX.fullmatch(text):
        raise ValueError(f'{text[:40]!r} is no colour: give six hexadecimal digits in quotes, such as "#0a5c4f"')
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG has it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(background: str) -> str:
    """Almost black or white, whichever can be read better: one of them always reaches ``READABLE``."""
    return max((_DARK, _LIGHT), key=lambda ink: contrast(ink, background))


def darkened(ink: str, background: str = PAPER) -> str:
    """``ink``, or the lightest darker shade of it that can be read on ``background``."""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(ink))
    shade = ink
    while contrast(shade, background) < READABLE and light > 0:
        light = max(0.0, light - 0.01)
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, light, saturation))
    return shade


def _channels(shade: str) -> tuple[float, float, float]:
    red, green, blue = (int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(shade: str) -> float:
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(shade))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
