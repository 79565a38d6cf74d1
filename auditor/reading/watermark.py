"""A logo or badge that returns in the same corner of different products' pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.evidence import Rendition
from auditor.reading.pictures import same_picture

CORNERS = ("top left corner", "top right corner", "bottom left corner", "bottom right corner")
SAME_MARK_BITS = 3
SAME_PICTURE_BITS = 12
"""Pictures this close by both hashes are one product in two colours: they share their corners with good reason. By one
of them products of one shape on one background may be as close, the more so with the mark."""


@dataclass(frozen=True)
class Mark:
    """``places`` count the pictures that carry it, in the order they were given."""

    corner: str
    places: tuple[int, ...]


def same_mark(pictures: Sequence[Rendition], fewest: int) -> Mark | None:
    """The mark on most pictures, if on ``fewest`` that have nothing else in common."""
    best: Mark | None = None
    for number, corner in enumerate(CORNERS):
        hashes = [picture.corners[number] if picture.corners else None for picture in pictures]
        for first in hashes:
            if first is None:
                continue
            places = tuple(
                place for place, other in enumerate(hashes) if other and same_picture(other, first, SAME_MARK_BITS)
            )
            unlike = _unlike([pictures[place] for place in places])
            if unlike >= fewest and len(places) > (len(best.places) if best else 0):
                best = Mark(corner, places)
    return best


def _unlike(pictures: Sequence[Rendition]) -> int:
    """How many of the pictures are no variants of each other."""
    kinds: list[Rendition] = []
    for picture in pictures:
        if not any(_variants(picture, other) for other in kinds):
            kinds.append(picture)
    return len(kinds)


def _variants(one: Rendition, other: Rendition) -> bool:
    alike = same_picture(one.phash, other.phash, SAME_PICTURE_BITS)
    return alike and same_picture(one.dhash, other.dhash, SAME_PICTURE_BITS)
