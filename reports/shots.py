"""The pictures that a report asks for."""

from dataclasses import dataclass

from auditor.evidence import Box, Device

LARGEST = (640, 420)
"""Pixels of a crop in the report at most."""


@dataclass(frozen=True)
class Shot:
    """A picture wanted: ``box`` of the page outlined in red, or without one the first view as the shopper saw it.

    ``full_page`` has one pixel per CSS pixel; ``viewport`` is in device pixels, ``viewport_width`` CSS pixels wide.
    ``exact``: nothing but what is in the box. ``marked`` False: the box with its surroundings, and no outline.
    """

    device: Device
    full_page: str | None
    viewport: str | None
    box: Box | None
    viewport_width: int
    small: bool = False
    exact: bool = False
    marked: bool = True

    @property
    def file(self) -> str | None:
        """The screenshot that it is cut from."""
        return self.full_page if self.box is not None and self.full_page else self.viewport


@dataclass(frozen=True)
class Crop:
    """``body`` is JPEG; sizes in pixels."""

    body: bytes
    width: int
    height: int
