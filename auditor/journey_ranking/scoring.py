"""Scores: sums of named parts, each capped, so that no single kind of evidence can carry a wrong candidate far."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.evidence.journey import Ranked, ScorePart
from auditor.evidence.sight import Control

CAPS = {
    "platform": 0.60, "structure": 0.35, "data": 0.15, "address": 0.40, "attributes": 0.30, "words": 0.50,
    "place": 0.20,
    "look": 0.10,
}  # fmt: skip
THRESHOLD = 0.25
BEST = 3


class Tally:
    """Collects the parts of one candidate."""

    def __init__(self, control: Control) -> None:
        self.control = control
        self._parts: list[ScorePart] = []

    def add(self, name: str, value: float, why: str) -> None:
        self._parts.append(ScorePart.model_validate({"name": name, "value": value, "why": why[:160]}))

    def ranked(self) -> Ranked:
        sums: dict[str, float] = defaultdict(float)
        for part in self._parts:
            sums[part.name] += part.value
        score = sum(min(value, CAPS.get(name, value)) for name, value in sums.items())
        control = self.control
        return Ranked(
            index=control.index, selector=control.selector, name=control.name[:120], tag=control.tag,
            target=control.target[:500], score=round(score, 3), parts=tuple(self._parts),
        )  # fmt: skip


def ordered(found: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Best first; what does not reach the threshold is left out."""
    return tuple(sorted((one for one in found if one.score >= THRESHOLD), key=lambda one: (-one.score, one.index)))


def reasons(ranked: Ranked) -> tuple[str, ...]:
    """Why it was chosen, the weightiest reason first."""
    return tuple(part.why for part in sorted(ranked.parts, key=lambda part: -part.value) if part.value > 0)


def margin(ranking: Sequence[Ranked]) -> float:
    """How far the best is ahead of the second."""
    return ranking[0].score - ranking[1].score if len(ranking) > 1 else ranking[0].score if ranking else 0.0
