"""Stages of a journey, and how sure a share of few walks is."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from auditor.evidence import JourneyEvidence
from auditor.evidence.journey import StepIntent

STAGES = ("product", "cart", "checkout", "address", "delivery", "payment")

_OF_STEP = {
    StepIntent.OPEN: "product",
    StepIntent.OPEN_CART: "cart",
    StepIntent.START_CHECKOUT: "checkout",
    StepIntent.FILL_ADDRESS: "address",
    StepIntent.CHOOSE_DELIVERY: "delivery",
    StepIntent.REACH_PAYMENT: "payment",
}
_NORMAL_95 = 1.959964


class Interval(NamedTuple):
    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval:
    """The 95 % score interval of a share (Wilson 1927), both ends between 0 and 1; everything when nothing was tried.

    :raises ValueError: for more successes than trials, or negative numbers.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    if trials == 0:
        return Interval(0.0, 1.0)
    share, square = successes / trials, _NORMAL_95**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = _NORMAL_95 / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def furthest(journey: JourneyEvidence) -> str:
    """The last of ``STAGES`` that was done, "" for none.

    Who is at a stage has passed those before it, also where a shop has no step of its own for them.
    """
    done = [_OF_STEP[step.intent] for step in journey.steps if step.confirmed and step.intent in _OF_STEP]
    return max(done, key=STAGES.index, default="")


def passed(reached: Sequence[str], stage: str) -> int:
    """How many of the walks that came as far as ``reached`` had passed ``stage``."""
    return sum(1 for one in reached if one and STAGES.index(one) >= STAGES.index(stage))
