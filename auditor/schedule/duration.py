"""Lengths of time as people write them: ``10m``, ``1h30m``, ``2d``, or ISO 8601 (``PT10M``)."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_PLAIN = re.compile(
    r"(?:(?P<days>\d{1,4})d)?(?:(?P<hours>\d{1,4})h)?(?:(?P<minutes>\d{1,5})m)?(?:(?P<seconds>\d{1,6})s)?"
)
_ISO = re.compile(
    r"P(?:(?P<days>\d{1,4})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,6})S)?)?"
)


def parse_duration(text: str) -> timedelta:
    """:raises ValueError: when it is no length of time."""
    written = text.strip()
    match = _ISO.fullmatch(written.upper()) if written[:1] in "Pp" else _PLAIN.fullmatch(written.lower())
    parts = {name: int(number) for name, number in (match.groupdict() if match else {}).items() if number}
    if not parts:
        raise ValueError(f"{text[:40]!r} is no length of time: write it like 10m, 6h, 1h30m or PT10M")
    return timedelta(**parts)


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return parse_duration(value)
    if isinstance(value, int | float):
        raise ValueError(f"{value} has no unit: write it like 10m, 6h or 1h30m")
    return value


def _iso(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else "", f"{seconds % 60}S" if seconds % 60 else ""]
    return "PT" + ("".join(parts) or "0S")


Duration = Annotated[
    timedelta,
    BeforeValidator(_read),
    PlainSerializer(_iso),
    WithJsonSchema({"type": "string", "examples": ["10m", "6h", "1h30m", "PT10M"]}),
]
"""A timedelta that is read and written as text."""
