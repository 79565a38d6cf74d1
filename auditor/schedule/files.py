"""Reading ``schedules.yaml`` and ``shops.yaml``."""

from dataclasses import dataclass
from pathlib import Path

from auditor.operator_file import SettingsFileError, line_of, nodes_of, read_operator_file
from auditor.schedule.model import Schedules, Shops

__all__ = ["Files", "SettingsFileError", "read_files", "read_schedules", "read_shops"]


@dataclass(frozen=True)
class Files:
    """What is in force."""

    schedules: Schedules
    shops: Shops


def read_files(schedules_file: Path, shops_file: Path) -> Files:
    """:raises SettingsFileError: for the first thing that is wrong."""
    shops = read_shops(shops_file)
    return Files(read_schedules(schedules_file, shops), shops)


def read_schedules(path: Path, shops: Shops | None = None) -> Schedules:
    """``schedules.yaml``; with ``shops`` every schedule must name one of them.

    :raises SettingsFileError: for the first thing that is wrong.
    """
    schedules = read_operator_file(path, Schedules)
    for place, schedule in enumerate(schedules.schedules if shops else ()):
        if shops and schedule.shop not in shops.shops:
            line = line_of(nodes_of(path), ("schedules", place, "shop"))
            known = ", ".join(sorted(shops.shops)[:10])
            raise SettingsFileError(f"{path}, line {line}: there is no shop {schedule.shop!r}; there is {known}.")
    return schedules


def read_shops(path: Path) -> Shops:
    """``shops.yaml``.

    :raises SettingsFileError: for the first thing that is wrong.
    """
    return read_operator_file(path, Shops)
