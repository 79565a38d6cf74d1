"""What the walker would press today: every ranking of a recorded journey, made again from what was seen then."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from auditor.evidence import Frozen, JourneyEvidence, StepIntent
from auditor.evidence.journey import Ranked, Step
from auditor.evidence.sight import Sight
from auditor.journey_ranking import rerank

MOST_BYTES = 40_000_000
_ASIDE = (StepIntent.OPEN, StepIntent.CHOOSE_VARIANT, StepIntent.REACH_PAYMENT)


class Reranked(Frozen):
    """One step: what was ranked first then and what is now, or ``why`` it could not be ranked again."""

    journey: str
    device: str
    step: int
    intent: StepIntent
    then: Ranked | None = None
    now: Ranked | None = None
    why: str = ""

    @property
    def differs(self) -> bool:
        return not self.why and (self.then and self.then.index) != (self.now and self.now.index)

    def sentence(self) -> str:
        """Such as "buy, desktop, step 3 (add to cart): the same, “Add to cart” (0.95 then, 0.95 now)"."""
        where = f"{self.journey}, {self.device}, step {self.step} ({self.intent.value.replace('_', ' ')})"
        if self.why:
            return f"{where}: not ranked again, {self.why}"
        if self.then is not None and self.now is not None and not self.differs:
            return f"{where}: the same, {_told(self.now)} ({self.then.score:.2f} then, {self.now.score:.2f} now)"
        return f"{where}: CHANGED, then {_scored(self.then)}, now {_scored(self.now)}"


def reranked(folder: Path, journeys: Iterator[JourneyEvidence]) -> Iterator[Reranked]:
    """The rankings of buyers' journeys in a run folder, step by step."""
    for journey in journeys:
        if journey.journey != "buy":
            continue
        for place, step in enumerate(journey.steps, 1):
            if step.intent in _ASIDE or not step.candidates:
                continue
            at = {"journey": journey.journey, "device": journey.device, "step": place, "intent": step.intent}
            if any(part.name == "override" for part in step.candidates[0].parts):
                yield Reranked(**at, why="the settings named it")
                continue
            sight = _sight(folder, step)
            if sight is None:
                yield Reranked(**at, why="what was seen is not in the folder")
                continue
            yield Reranked(**at, then=step.candidates[0], now=_now(step, sight, journey))


def _now(step: Step, sight: Sight, journey: JourneyEvidence) -> Ranked | None:
    ranking = rerank(step, sight, journey.language, journey.platform if journey.platform_facts else None)
    layers = {control.index: control.layer for control in sight.controls}
    known = {layers.get(one.index) for one in step.candidates}
    if None not in known:
        # The walker looked at what lies over the page only.
        ranking = tuple(one for one in ranking if layers.get(one.index) in known)
    return next(iter(ranking), None)


def _sight(folder: Path, step: Step) -> Sight | None:
    if step.sight is None:
        return None
    path = (folder / step.sight.path).resolve()
    if not path.is_relative_to(folder.resolve()):
        return None
    try:
        with gzip.open(path) as file:
            text = file.read(MOST_BYTES + 1)
        return Sight.model_validate_json(text) if len(text) <= MOST_BYTES else None
    except (OSError, EOFError, zlib.error, ValidationError):
        return None


def _told(one: Ranked) -> str:
    return f"“{one.name or one.selector}”"


def _scored(one: Ranked | None) -> str:
    return f"{_told(one)} ({one.score:.2f})" if one else "nothing"
