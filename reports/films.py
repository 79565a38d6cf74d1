"""Pictures of timed loads for a report, within a budget; what is missing or no picture is left out."""

import base64
from collections.abc import Iterable
from pathlib import Path

from reports.speed import TimedPage

BUDGET = 1_200_000
"""Bytes of all pictures before base64."""
MOST_BYTES = 60_000
"""Of one picture."""


def film_pictures(
    pages: Iterable[TimedPage], folder: Path, budget: int = BUDGET, *, paper: bool = False
) -> dict[str, str]:
    """``{file: data URI}``, first ones first until ``budget`` bytes are used.

    :param paper: for a print: only pages that are printed, as JPEG, which goes into a PDF as it is.
    """
    found: dict[str, str] = {}
    home = folder.resolve()
    shown = (page for page in pages if page.leading or not paper)
    for name in (picture.file for page in shown for film in page.films for picture in film.pictures):
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
            if uri := _on_paper(body) if paper else _data_uri("webp", body):
                found[name] = uri
    return found


def _on_paper(body: bytes) -> str:
    # Pillow takes a while to import, for which a report on a screen need not wait.
    from reports.drawing import as_jpeg

    jpeg = as_jpeg(body)
    return _data_uri("jpeg", jpeg) if jpeg else ""


def _data_uri(kind: str, body: bytes) -> str:
    return f"data:image/{kind};base64," + base64.b64encode(body).decode("ascii")
