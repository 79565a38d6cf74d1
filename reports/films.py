"""Pictures of timed loads for a report, within a budget; what is missing or no picture is left out."""

import base64
from collections.abc import Iterable
from pathlib import Path

from reports.speed import TimedPage

BUDGET = 1_200_000
"""Bytes of all pictures before base64."""
MOST_BYTES = 60_000
"""Of one picture."""


def film_pictures(pages: Iterable[TimedPage], folder: Path, budget: int = BUDGET) -> dict[str, str]:
    """``{file: data URI}``, first ones first until ``budget`` bytes are used."""
    found: dict[str, str] = {}
    home = folder.resolve()
    for name in (picture.file for page in pages for film in page.films for picture in film.pictures):
        if name in found:
            continue
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(home) or path.stat().st_size > min(MOST_BYTES, budget):
                continue
            body = path.read_bytes()
        except (OSError, ValueError):
            continue
        if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
            budget -= len(body)
            found[name] = "data:image/webp;base64," + base64.b64encode(body).decode("ascii")
    return found
