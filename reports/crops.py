"""Pictures for a report: crops of recorded screenshots, small and within a budget.

Run folders come from other machines and screenshots from strange shops: a picture that is missing, broken, outside the
folder or oversized is left out, never an error.
"""

import base64
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reports.kept_crops import KeptCrops
from reports.shots import LARGEST, Crop, Shot

__all__ = ["LARGEST", "Picture", "Shot", "cut"]

MAX_FILE_BYTES = 40_000_000
BUDGET = 5_400_000
"""Bytes of all pictures before base64: keeps the report under 8 MB."""
AT_ONCE = 2
"""Screenshots that are drawn from at the same time. Each may take 240 MB of memory."""


@dataclass(frozen=True)
class Picture:
    uri: str
    width: int
    height: int


def cut(
    shots: Iterable[Shot], folder: Path, budget: int = BUDGET, *, keep: bool = True, page: str = ""
) -> dict[Shot, Picture]:
    """Pictures by what was asked for, first ones first until ``budget`` bytes are used; what cannot be cut is absent.

    Crops are kept in the run folder: one that was cut before from the same screenshot is taken from there. Shots of one
    file are cut together, so that a long screenshot is decoded once. Without ``keep`` the folder stays as it is.
    ``page`` names the page that shows them, where that is not the report itself.
    """
    wanted = list(dict.fromkeys(shots))
    by_file: dict[str, list[Shot]] = {}
    for shot in wanted:
        if shot.file:
            by_file.setdefault(shot.file, []).append(shot)
    kept = KeptCrops(folder, page) if keep else None
    crops: dict[Shot, Crop] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(lambda name: _crops_of(_inside(folder, name), by_file[name], kept), by_file):
            crops |= found
    if kept:
        kept.drop_unused()
    pictures: dict[Shot, Picture] = {}
    for shot in wanted:
        if shot in crops and len(crops[shot].body) <= budget:
            crop = crops[shot]
            budget -= len(crop.body)
            uri = "data:image/jpeg;base64," + base64.b64encode(crop.body).decode("ascii")
            pictures[shot] = Picture(uri, crop.width, crop.height)
    return pictures


def _crops_of(path: Path | None, shots: list[Shot], kept: KeptCrops | None) -> dict[Shot, Crop]:
    try:
        screenshot = path.read_bytes() if path else None
    except OSError:
        screenshot = None
    if screenshot is None:
        return {}
    names = kept.names(screenshot, shots) if kept else {}
    found = {shot: crop for shot in shots if (crop := kept.get(names[shot]))} if kept else {}
    left = [shot for shot in shots if shot not in found]
    if left:
        # Pillow takes a while to import, for which a replay with unchanged pictures need not wait.
        from reports.drawing import draw

        for shot, crop in draw(screenshot, left).items():
            found[shot] = crop
            if kept:
                kept.put(names[shot], crop)
    return found


def _inside(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / name).resolve()
        usable = path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= MAX_FILE_BYTES
    except (OSError, ValueError):
        return None
    return path if usable else None
