"""Crops that were cut once stay in the run folder, for reports made again.

A crop's name holds a digest of the screenshot's bytes, of all that was asked for, and of the module that draws: a
changed box, picture or way of drawing has another name, so what is found is what would be cut.
"""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from importlib.resources import files
from itertools import islice
from pathlib import Path

from auditor.run_folder import RunFolder
from reports.shots import LARGEST, Crop, Shot

FOLDER = "crops"
MAX_BYTES = 1_000_000
"""Of one crop; at its largest size JPEG needs less."""
MOST = 5_000
"""Files that are looked at."""
_NAME = re.compile(r"([0-9a-f]{32})-(\d{1,4})x(\d{1,4})\.(?:jpg|webp)")


class KeptCrops:
    """The crops of one page of a run's reports. A folder that cannot be read or written keeps none, which is no error.

    ``page`` names the page that they are of; "" is the report itself. Each has a folder of its own, so that none drops
    what only another needs.
    """

    def __init__(self, folder: Path, page: str = "") -> None:
        self._run = RunFolder(folder)
        self._at = f"{FOLDER}/{page}" if page else FOLDER
        self._recipe = files("reports").joinpath("drawing.py").read_bytes()
        self._there: dict[str, Path] = {}
        self._used: set[str] = set()
        self._usable = False
        with suppress(OSError):
            # Through a link the report would show files of this machine, or old ones be removed elsewhere.
            there = folder / self._at
            self._usable = not (folder / FOLDER).is_symlink() and not there.is_symlink()
            if self._usable and there.is_dir():
                named = ((_NAME.fullmatch(path.name), path) for path in islice(there.iterdir(), MOST))
                self._there = {match[1]: path for match, path in named if match}

    def names(self, screenshot: bytes, shots: Iterable[Shot]) -> dict[Shot, str]:
        """Names for crops of a screenshot, without sizes."""
        picture = hashlib.sha256(self._recipe + screenshot)
        return {shot: self._name(picture.copy(), shot) for shot in shots}

    def _name(self, digest: "hashlib._Hash", shot: Shot) -> str:
        box = shot.box and (shot.box.x, shot.box.y, shot.box.width, shot.box.height)
        asked = (shot.device.value, bool(shot.full_page), box, shot.viewport_width, shot.small, shot.exact, shot.marked)
        digest.update(repr(asked).encode())
        return digest.hexdigest()[:32]

    def get(self, name: str) -> Crop | None:
        path = self._there.get(name)
        match = _NAME.fullmatch(path.name) if path else None
        if path is None or match is None:
            return None
        width, height = int(match[2]), int(match[3])
        try:
            whole = not path.is_symlink() and path.stat().st_size <= MAX_BYTES
            body = path.read_bytes() if whole else b""
        except OSError:
            return None
        if not (0 < width <= LARGEST[0] and 0 < height <= LARGEST[1] and _is_jpeg(body)):
            return None
        self._used.add(path.name)
        return Crop(body, width, height)

    def put(self, name: str, crop: Crop) -> None:
        file = f"{name}-{crop.width}x{crop.height}.jpg"
        if self._usable and len(crop.body) <= MAX_BYTES:
            with suppress(OSError):
                self._run.write_bytes(f"{self._at}/{file}", crop.body)
                self._used.add(file)

    def drop_unused(self) -> None:
        """Forget the crops that were there and that nobody asked for."""
        for path in self._there.values():
            if path.name not in self._used:
                with suppress(OSError):
                    path.unlink()


def _is_jpeg(body: bytes) -> bool:
    """Whether it begins and ends as JPEG does."""
    return body.startswith(b"\xff\xd8\xff") and body.endswith(b"\xff\xd9")
