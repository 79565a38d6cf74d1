"""What the operator has accepted: one file in the operator's repository, read and written by command line and
dashboard alike."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError
from ruamel.yaml import YAML

from auditor.operator_file import SettingsFileError, read_operator_file
from auditor.settings import Settings

_HEAD = """\
# Findings that are known and accepted: who decided it, why, and until when.
# `auditor accept` and the dashboard write this file; it may be edited by hand.
version: 1
accepted: []
"""
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]*$")
]


class Accepted(Settings):
    """One finding of one shop. ``until`` is its last day; None is for good. ``check`` helps who reads the file."""

    shop: Text
    fingerprint: str = Field(pattern="^[0-9a-f]{16}$")
    check: str = ""
    who: Text
    why: Text
    until: date | None = None

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until


class Acceptances(Settings):
    """``accepted.yaml``."""

    version: Literal[1]
    accepted: tuple[Accepted, ...] = Field((), max_length=20_000)

    def of(self, shop: str, today: date) -> dict[str, Accepted]:
        """What is in force for a shop, by fingerprint; the last entry of several counts."""
        return {one.fingerprint: one for one in self.accepted if one.shop == shop and one.holds(today)}


def read_acceptances(path: Path) -> Acceptances:
    """Nothing is accepted where there is no file.

    :raises SettingsFileError: for the first thing that is wrong in it.
    """
    return read_operator_file(path, Acceptances) if path.exists() else Acceptances(version=1)


def accept(path: Path, one: Accepted) -> None:
    """Write ``one`` into the file in place of an earlier entry of the same finding. Comments of others stay.

    :raises SettingsFileError: when the file cannot be used or written.
    """
    with _edited(path) as entries:
        entries[:] = [entry for entry in entries if not _is(entry, one.shop, one.fingerprint)]
        entries.append({name: value for name, value in one.model_dump().items() if value not in (None, "")})


def withdraw(path: Path, shop: str, fingerprint: str) -> bool:
    """Take a finding out of the file; False when it was not in it.

    :raises SettingsFileError: when the file cannot be used or written.
    """
    with _edited(path) as entries:
        kept = [entry for entry in entries if not _is(entry, shop, fingerprint)]
        found = len(kept) < len(entries)
        entries[:] = kept
    return found


def acceptance(**values: Any) -> Accepted:
    """:raises ValueError: with a sentence for the first value that is wrong."""
    try:
        return Accepted.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg'].removeprefix('Value error, ')}") from None


def _is(entry: Any, shop: str, fingerprint: str) -> bool:
    return bool(entry.get("shop") == shop and entry.get("fingerprint") == fingerprint)


@contextmanager
def _edited(path: Path) -> Iterator[list[Any]]:
    """The file's entries, written back whole when the block is done; one editor at a time."""
    try:
        with path.with_name(f".{path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            read_acceptances(path)
            yaml = YAML(typ="rt", pure=True)
            yaml.width = 120
            loaded = yaml.load(path.read_text(encoding="utf-8") if path.exists() else _HEAD)
            entries = loaded.setdefault("accepted", [])
            yield entries
            if hasattr(entries, "fa"):
                entries.fa.set_block_style()
            written = StringIO()
            yaml.dump(loaded, written)
            unfinished = path.with_name(f".{path.name}.part")
            unfinished.write_text(written.getvalue(), encoding="utf-8")
            os.replace(unfinished, path)
    except OSError as error:
        raise SettingsFileError(f"{path}: it cannot be written ({error.strerror}). Is its folder writable?") from None
