"""DRK-009."""

import re

from auditor.api import Blocker, Certainty, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, _, check
from auditor.lexicon import Concept, mentions
from auditor.reading.checkout_steps import bought, noted

_WHOLESALE = re.compile(
    r"\bb2b\b|wholesale|trade customers|hurtow|hurtownia|großhandel|grosshandel|grossiste|mayorista|عمده", re.IGNORECASE
)


@check(
    id="dark-patterns/enrolment-forced",
    row="DRK-009",
    severity=Severity.SERIOUS,
    title=_("An account is demanded before one may buy or see prices"),
    why=_("Shoppers who only want one product are made to hand over data, and many leave instead."),
    fix=_("Show prices and delivery to everyone, and let guests order."),
    found=_("Without an account nobody can {what}"),
    source="https://arxiv.org/abs/1907.07032",
)
def enrolment_forced(journey: JourneyEvidence) -> Judgement:
    bought(journey)
    pages = journey.checkout.pages if journey.checkout else ()
    lines = [line for page in pages for line in page.lines]
    wholesale = any(_WHOLESALE.search(line) for line in lines)
    certainty = Certainty.NEEDS_REVIEW if wholesale else Certainty.CERTAIN
    if journey.blocker is Blocker.LOGIN_WALL and journey.guest == "not-offered":
        yield Problem(
            step=len(journey.steps) - 1, values={"what": "buy"}, certainty=certainty, discriminator="buy"
        )  # fmt: skip
        return
    gate = next((line for line in lines if _gated(line, journey.language)), None)
    if journey.steps and not journey.product_price and gate is not None:
        yield Problem(
            step=0,
            values={"what": "see the price"},
            middle=True,
            certainty=Certainty.NEEDS_REVIEW,
            discriminator="price",
        )
        return
    if journey.guest not in ("offered", "only-way"):
        noted(journey)
        raise NotRecorded("the journey ended before it was clear whether a guest may buy")


def _gated(line: str, language: str | None) -> bool:
    """A line that ties prices to a log-in."""
    return bool(mentions(line, Concept.LOG_IN, language) and mentions(line, Concept.PRICE, language))
