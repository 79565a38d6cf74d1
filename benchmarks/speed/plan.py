"""What is still to be measured, so that every page and kind comes forward together."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.evidence import Device
from benchmarks.speed.record import Audited, Load, Overlapped, Record, Slowed, Whole

PARTS = ("whole", "loads", "slowed", "overlap", "flips")


@dataclass(frozen=True)
class LoadUnit:
    """Some loads of ours and one of Lighthouse, or one in a browser that is slowed down."""

    path: str
    device: Device
    turn: int


@dataclass(frozen=True)
class OverlapUnit:
    """Two pages, alone and at once."""

    paths: tuple[str, str]
    device: Device
    turn: int


def loads_wanted(done: Sequence[Record], shop: str, paths: Sequence[str], turns: int) -> list[LoadUnit]:
    """In order of turn; a turn counts when Lighthouse's load is there, whether it gave numbers or not."""
    made = {
        (one.path, one.device, one.turn)
        for one in done
        if isinstance(one, Load) and one.shop == shop and one.tool == "lighthouse"
    }
    every = [LoadUnit(path, device, turn) for turn in range(turns) for device in Device for path in paths]
    return [unit for unit in every if (unit.path, unit.device, unit.turn) not in made]


def slowed_wanted(done: Sequence[Record], shop: str, paths: Sequence[str], turns: int) -> list[LoadUnit]:
    made = {(one.path, one.device, one.turn) for one in done if isinstance(one, Slowed) and one.shop == shop}
    every = [LoadUnit(path, device, turn) for turn in range(turns) for device in Device for path in paths]
    return [unit for unit in every if (unit.path, unit.device, unit.turn) not in made]


def overlaps_wanted(done: Sequence[Record], shop: str, paths: Sequence[str], turns: int) -> list[OverlapUnit]:
    """Neighbours of the list, each pair on both devices."""
    made = {
        (one.path, one.device, one.turn)
        for one in done
        if isinstance(one, Overlapped) and one.shop == shop and one.together
    }
    pairs = [(paths[place], paths[place + 1]) for place in range(0, len(paths) - 1, 2)]
    every = [OverlapUnit(pair, device, turn) for turn in range(turns) for device in Device for pair in pairs]
    return [unit for unit in every if (unit.paths[0], unit.device, unit.turn) not in made]


def audits_done(done: Sequence[Record], shop: str) -> list[Audited]:
    return [one for one in done if isinstance(one, Audited) and one.shop == shop]


def wholes_done(done: Sequence[Record], shop: str) -> list[Whole]:
    return [one for one in done if isinstance(one, Whole) and one.shop == shop]
