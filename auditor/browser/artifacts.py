"""Files of the run folder that a visit writes."""

import gzip
import hashlib
import re
from pathlib import Path

from auditor.evidence import Artifact, Device, Page

_MIMES = {".jpg": "image/jpeg", ".gz": "application/gzip", ".json": "application/json"}


def folder_name(page: Page, device: Device) -> str:
    """A readable, unique and portable name: words of the page's key, eight hex digits of its hash, the device."""
    words = re.sub(r"[^a-z0-9]+", "-", page.key.lower()).strip("-")[:60].strip("-") or "home"
    return f"{words}-{hashlib.sha256(page.key.encode()).hexdigest()[:8]}.{device}"


class ArtifactFolder:
    """Writes files below ``folder`` and names them relative to ``run_folder``."""

    def __init__(self, folder: Path, run_folder: Path) -> None:
        self._folder, self._run_folder = folder, run_folder
        self.written: dict[str, Artifact] = {}

    def write(self, kind: str, name: str, body: bytes) -> None:
        """Write one file; ``kind`` is its key in ``Visit.artifacts``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / name
        try:
            path.write_bytes(body)
        except OSError:
            path.unlink(missing_ok=True)  # half a file would take the room that the run's last words need
            raise
        self.written[kind] = Artifact(
            path=path.relative_to(self._run_folder).as_posix(),
            sha256=hashlib.sha256(body).hexdigest(),
            bytes=len(body),
            mime=_MIMES.get(path.suffix, "application/octet-stream"),
        )

    def write_text(self, kind: str, name: str, text: str) -> None:
        """Write a text compressed, the same bytes for the same text."""
        self.write(kind, name, gzip.compress(text.encode("utf-8", "replace"), compresslevel=3, mtime=0))
