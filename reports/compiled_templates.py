"""Compiled report templates, kept where Python keeps compiled modules: compiling one takes longer than rendering it."""

import hashlib
import os
import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_FOLDER = Path(__file__).with_name("templates")


class CompiledTemplates(BytecodeCache):
    """Reads and writes where Python would its bytecode, or nowhere.

    :param made_by: the module that sets the environment up: a template is compiled anew when it, the template, Jinja
        or Python changed.
    """

    def __init__(self, made_by: Path) -> None:
        self._made_by = made_by.read_bytes() + version("jinja2").encode()

    def get_source_checksum(self, source: str) -> str:
        return hashlib.sha256(self._made_by + source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), _place(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        place = _place(bucket)
        unfinished = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                unfinished.write_bytes(bucket.bytecode_to_string())
                unfinished.replace(place)
            finally:
                unfinished.unlink(missing_ok=True)


def _place(bucket: Bucket) -> Path:
    """``bucket.key`` is a digest of the template's name."""
    return Path(cache_from_source(str(_FOLDER / f"{bucket.key}.py")))
