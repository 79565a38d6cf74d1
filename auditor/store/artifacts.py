"""Artifacts that left their run folders, by SHA-256: the same bytes are kept once, however many runs have them."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import uuid4

import fsspec  # type: ignore[import-untyped]

from auditor.store.database import StoreError

MOVED = "artifacts.json"
"""In a run folder: which of its files are kept elsewhere, as ``{name: SHA-256}``."""
MOST_BYTES = 50_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Artifacts:
    """``url`` is a folder, ``file://…``, or what else fsspec knows (``s3://bucket/folder`` with s3fs installed).

    :raises StoreError: when nothing on this machine knows such an address.
    """

    def __init__(self, url: str) -> None:
        try:
            self._files, self._root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError, OSError) as error:
            raise StoreError(f"{url[:120]} is no place for artifacts: {error}") from None

    def keep(self, path: Path) -> str:
        """Store the bytes of ``path`` unless they are there; their SHA-256.

        :raises StoreError: when they cannot be read or written.
        """
        try:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            place = self._place(digest)
            if not self._files.exists(place):
                # Another program may keep the same bytes now: half a file must never have the name of a whole one.
                half = f"{place}.{uuid4().hex}.tmp"
                self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
                self._files.pipe_file(half, content)
                self._files.mv(half, place)
            return digest
        except (OSError, ValueError) as error:
            raise StoreError(f"{path.name} cannot be kept at {self._root}: {error}. It stays where it is.") from error

    def read(self, digest: str) -> bytes | None:
        """None for what is not there, is too large, or is not what its name says."""
        if not _DIGEST.fullmatch(digest):
            return None
        try:
            content = bytes(self._files.cat_file(self._place(digest), end=MOST_BYTES))
        except (OSError, ValueError):
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def _place(self, digest: str) -> str:
        return f"{self._root}/sha256/{digest[:2]}/{digest[2:4]}/{digest}"


def move(folder: Path, files: Iterable[Path], artifacts: Artifacts) -> int:
    """Keep files of a run folder there, write down under which names, then remove them; how many bytes left.

    :raises StoreError: when one cannot be kept; what was kept before is written down and gone.
    """
    kept: dict[Path, str] = {}
    try:
        for path in files:
            kept[path] = artifacts.keep(path)
    finally:
        told = {**moved_from(folder), **{path.relative_to(folder).as_posix(): kept[path] for path in kept}}
        half = folder / f"{MOVED}.tmp"
        half.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        half.replace(folder / MOVED)
        moved = sum(path.stat().st_size for path in kept)
        for path in kept:
            path.unlink()
    return moved


def moved_from(folder: Path) -> Mapping[str, str]:
    """Names of files of the folder that are kept elsewhere, with their SHA-256; empty where none is."""
    try:
        told = json.loads((folder / MOVED).read_bytes())
        return {str(name): str(digest) for name, digest in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}
