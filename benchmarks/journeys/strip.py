"""A walk as one small picture: what its steps showed, side by side, for a person to look at."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from auditor.evidence import JourneyEvidence

MOST_BYTES = 150_000
WIDTH, HEIGHT, GAP, TITLE = 360, 600, 8, 16
COLUMNS = 4


def keep_strip(strips: Path, name: str, folder: Path, journey: JourneyEvidence) -> None:
    """Write the contact sheet of a journey to ``strips/name.jpg``."""
    strips.mkdir(parents=True, exist_ok=True)
    (strips / f"{name}.jpg").write_bytes(contact_sheet(folder, journey))


def contact_sheet(folder: Path, journey: JourneyEvidence) -> bytes:
    """A JPEG of at most ``MOST_BYTES`` with the pictures of a journey's steps, numbered, from the run folder."""
    pictures = [
        (f"{place} {step.intent.value.replace('_', ' ')}", step.confirmed, _small(folder / step.picture.path))
        for place, step in enumerate(journey.steps, 1)
        if step.picture is not None
    ]
    height = max((picture.height for _title, _done, picture in pictures), default=0) + TITLE + GAP
    columns, lines = min(COLUMNS, max(1, len(pictures))), -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (columns * (WIDTH + GAP) + GAP, lines * height + GAP), "#ddd")
    draw = ImageDraw.Draw(sheet)
    for at, (title, confirmed, picture) in enumerate(pictures):
        left, top = GAP + at % COLUMNS * (WIDTH + GAP), GAP + at // COLUMNS * height
        draw.text((left, top), title if confirmed else f"{title}: FAILED", fill="#000" if confirmed else "#b00")
        sheet.paste(picture, (left, top + TITLE))
    for quality in (70, 55, 40, 25, 10):
        out = BytesIO()
        sheet.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def _small(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        small = picture.convert("RGB")
    small.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return small
