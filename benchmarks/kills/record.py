"""What was counted each time, a line of a file, and how it is told."""

from collections.abc import Iterable
from datetime import UTC, datetime

from pydantic import Field, TypeAdapter

from auditor.evidence.frozen import Frozen


class Found(Frozen):
    """What came of it. ``lost``: slots without a row, or whose row says that nobody carried it out, each with what is
    known of it; ``waiting``: rows that a slow machine had no time for in the end; ``twice``: rows or audits of one slot
    beyond its first; ``broken``: what the database's own checks say, and rows that contradict the folders; ``load``:
    the machine's load average of that minute."""

    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    load: float
    kills: int
    seed: int
    days: float
    slots: int
    again: int
    lost: tuple[str, ...]
    waiting: int
    twice: int
    broken: int
    left: int

    @property
    def holds(self) -> bool:
        return not (self.lost or self.waiting or self.twice or self.broken or self.left)

    @property
    def told(self) -> str:
        return (
            f"{self.kills} kills over {self.days:.1f} simulated days, {self.slots} slots, {self.again} of them begun "
            f"again: {len(self.lost)} lost, {self.waiting} still waiting, {self.twice} run twice, "
            f"{self.broken} corrupt, {self.left} processes left"
        )


FOUND = TypeAdapter(Found)


def section(every: Iterable[Found]) -> str:
    """Each time with its conditions, and the slots that were lost."""
    lines = []
    for one in every:
        lines.append(
            f"* Measured {one.at:%Y-%m-%d} on 2 cores, load average {one.load:.1f}, seed {one.seed}: {one.told}."
        )
        lines += [f"  * lost: {slot}" for slot in one.lost]
    return "\n".join(lines)
