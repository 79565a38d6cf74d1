"""Measurements as lines of a file, appended as soon as they are made: a run that was cut off goes on where it was."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

MeasuredT = TypeVar("MeasuredT")


def read_lines(file: Path, kind: TypeAdapter[MeasuredT]) -> list[MeasuredT]:
    """What the file holds, in its order; nothing where there is no file."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [kind.validate_json(line) for line in lines if line.strip()]


def append_lines(file: Path, measured: Iterable[BaseModel]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.writelines(one.model_dump_json() + "\n" for one in measured)
