"""One line per measurement, appended as soon as it is over, so that a run that was cut off goes on where it was."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from auditor.evidence import Device
from auditor.evidence.frozen import Frozen
from benchmarks.json_lines import append_lines, read_lines

Tool = Literal["ours", "lighthouse", "unlighthouse"]


class Line(Frozen):
    """``load`` is the machine's load average of that minute: as many as it has cores is all it can do."""

    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    shop: str
    load: float = 0.0


class Chosen(Line):
    """The pages of a shop, as paths: every later run takes the same."""

    kind: Literal["chosen"] = "chosen"
    paths: tuple[str, ...]


class Load(Line):
    """One load of a page. ``values`` in ms, ``cls`` and ``score`` (0-100); empty with a ``note`` that says why.
    ``others`` is the share of the machine that neither the tool nor its browser used; ``measured`` the seconds of a
    load of ours until its trace was there."""

    kind: Literal["load"] = "load"
    path: str
    device: Device
    turn: int
    tool: Tool
    seconds: float
    values: dict[str, float] = {}
    others: float | None = None
    measured: float | None = None
    note: str = ""


class Slowed(Line):
    """One load in a browser that was slowed down; ``values`` are its own paints in ms."""

    kind: Literal["slowed"] = "slowed"
    path: str
    device: Device
    turn: int
    seconds: float
    values: dict[str, float] = {}
    note: str = ""


class Overlapped(Line):
    """One load of ours, alone or beside one of another page; ``seconds`` of both together are those of the longer."""

    kind: Literal["overlapped"] = "overlapped"
    path: str
    device: Device
    turn: int
    together: bool
    seconds: float
    values: dict[str, float] = {}
    note: str = ""


class Whole(Line):
    """A whole audit, or Unlighthouse on the same pages of one device in the same turn. ``stages`` in ms."""

    kind: Literal["whole"] = "whole"
    turn: int = 0
    tool: Tool
    device: Device | None = None
    pages: tuple[str, ...]
    runs: int
    seconds: float
    stages: dict[str, int] = {}
    ended: str = "complete"
    loads: int = 0


class Audited(Line):
    """One of several audits of an unchanged shop: its speed findings by fingerprint, and what each says."""

    kind: Literal["audited"] = "audited"
    seconds: float
    pages: int
    failed: dict[str, str]
    doubted: dict[str, str] = {}


Record = Annotated[Chosen | Load | Slowed | Overlapped | Whole | Audited, Field(discriminator="kind")]
_RECORD: TypeAdapter[Record] = TypeAdapter(Record)


def read(folder: Path) -> list[Record]:
    """What all goes measured, in order of time."""
    return sorted((one for file in folder.glob("*.jsonl") for one in read_lines(file, _RECORD)), key=lambda one: one.at)


def append(folder: Path, lines: Iterable[Line]) -> None:
    append_lines(folder / "measurements.jsonl", lines)
