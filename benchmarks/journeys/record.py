"""One line per walk, appended as soon as the walk is over, so that a run that was cut off goes on where it was."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from auditor.evidence.frozen import Frozen
from benchmarks.json_lines import append_lines, read_lines


class Key(NamedTuple):
    shop: str
    language: str
    mutation: str
    device: str
    platform_facts: bool


class Walk(Frozen):
    """How a walk went.

    ``reached`` is the last stage, ``orders`` how many the shop's database gained, ``own_ms`` the time beyond waiting
    for the shop, ``load`` the machine's load average of that minute (as many as it has cores is all it can do).
    ``steps`` tell what was done and, where nothing came of it, why.
    """

    shop: str
    language: str
    mutation: str
    device: str
    platform_facts: bool
    platform: str | None
    reached: str
    ended: str
    blocker: str | None
    note: str
    orders: int
    own_ms: int
    took_ms: int
    load: float = 0.0
    product_found: bool
    guest: str
    steps: tuple[str, ...]
    shop_version: str
    browser: str
    at: datetime

    @property
    def key(self) -> Key:
        return Key(self.shop, self.language, self.mutation, self.device, self.platform_facts)


_WALK = TypeAdapter(Walk)


def read(file: Path) -> dict[Key, Walk]:
    """The latest walk of every kind."""
    return {walk.key: walk for walk in read_lines(file, _WALK)}


def append(file: Path, walk: Walk) -> None:
    append_lines(file, [walk])
