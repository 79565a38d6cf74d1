"""What checks yield and what becomes of it: problem, measure, outcome, finding."""

import hashlib
import re
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from auditor.evidence import Box, Device, Frozen, JourneyName, Template

Value = str | int | float


class Area(StrEnum):
    NAVIGATION = "navigation"
    SPEED = "speed"
    MOBILE = "mobile"
    IMAGERY = "imagery"
    PRODUCT = "product"
    CHECKOUT = "checkout"
    INJECTED_ADS = "injected-ads"
    TRUST = "trust"
    ACCESSIBILITY = "accessibility"
    DARK_PATTERNS = "dark-patterns"


class Severity(StrEnum):
    """Harm to the shopper, in axe-core's words."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"

    @property
    def weight(self) -> int:
        """The ladder Lighthouse derives from axe's impact."""
        return {"critical": 10, "serious": 7, "moderate": 3, "minor": 1}[self.value]

    @property
    def milder(self) -> "Severity":
        ladder = list(Severity)
        return ladder[min(ladder.index(self) + 1, len(ladder) - 1)]


class Certainty(StrEnum):
    CERTAIN = "certain"
    NEEDS_REVIEW = "needs_review"


class Verdict(StrEnum):
    """Only ``failed`` can close a gate. Missing evidence is ``not_recorded``, never ``passed``."""

    PASSED = "passed"
    FAILED = "failed"
    NEEDS_REVIEW = "needs_review"
    NOT_APPLICABLE = "not_applicable"
    NOT_RECORDED = "not_recorded"
    CRASHED = "crashed"


class OwnerKind(StrEnum):
    """Who can put a finding right."""

    SHOP = "shop"
    THEME = "theme"
    APP = "app"
    TAG_MANAGER = "tag_manager"
    THIRD_PARTY = "third_party"
    CONTENT = "content"
    UNKNOWN = "unknown"


class Problem(Frozen):
    """What a check yields.

    ``values`` fill the check's ``found`` sentence; ``{count}`` is added by the evaluator (problems folded into one
    finding).
    ``middle``: in the middle band of a graded check, so one severity lower and a score of 0.5.
    ``severity`` overrides the check's own, for rows that escalate. ``discriminator`` names the problem where a check
    knows
    several, and then stands for the selector in the finding's identity; never put measured values, hosts or changing
    texts into it. ``page_key`` is set by checks of a wider scope to name the page it was seen on, ``step`` by checks
    of a journey: the place (from 0) of the step that shows it. ``owner`` is ``shop`` or the third party's domain.
    ``timed``: judged by timed loads, so that it is not indicative; ``found_as["timed"]`` says it, where there is one.
    """

    selector: str | None = None
    values: dict[str, Value] = {}
    certainty: Certainty = Certainty.CERTAIN
    middle: bool = False
    severity: Severity | None = None
    discriminator: str = ""
    box: Box | None = None
    page_key: str | None = None
    step: int | None = None
    owner: str = "shop"
    timed: bool = False


class Measure(Frozen):
    """The measured value, for scores and trends, also on a pass. ``of``: sample size where ``value`` is a share."""

    value: float
    unit: str
    of: int | None = None


class Outcome(Frozen):
    """The answer of one check on one thing: a page on a device, a template on a device, a journey, or the shop.

    ``score`` is 0-1 for judged outcomes and None for others; ``note`` says why a verdict is not_applicable,
    not_recorded or crashed.
    """

    check: str
    verdict: Verdict
    template: Template | None = None
    device: Device | None = None
    page_key: str | None = None
    visit: str | None = None
    journey: JourneyName | None = None
    problems: tuple[Problem, ...] = ()
    measure: Measure | None = None
    score: float | None = None
    note: str = ""


class Occurrence(Frozen):
    """One sighting of a finding, on a page or in a step (from 0) of a journey. ``count`` problems; ``box`` and
    ``selector`` of the first one there."""

    page_key: str
    device: Device | None
    visit: str | None = None
    journey: JourneyName | None = None
    step: int | None = None
    selector: str | None = None
    box: Box | None = None
    values: dict[str, Value] = {}
    count: int = 1
    crop: str | None = None


class Finding(Frozen):
    """One problem of the shop, with everywhere it was seen. ``reach`` is the share (0-1) of judged visits that show
    it.

    ``owner`` is the third party that the check named, else ``shop``; ``owner_kind`` is who can put it right, with the
    theme's, app's or company's ``owner_name`` where that is known, and ``owner_because`` says what told it.
    """

    check: str
    row: str
    area: Area
    severity: Severity
    verdict: Literal[Verdict.FAILED, Verdict.NEEDS_REVIEW]
    certainty: Certainty
    template: Template | None
    devices: tuple[Device, ...]
    pages: tuple[str, ...]
    selector: str | None
    found: str
    values: dict[str, Value] = {}
    fingerprint: str
    owner: str = "shop"
    owner_kind: OwnerKind = OwnerKind.UNKNOWN
    owner_name: str = ""
    owner_because: str = ""
    indicative: bool = False
    reach: float = 1.0
    occurrences: tuple[Occurrence, ...] = ()


_INDEX = re.compile(r":nth-(?:child|of-type|last-child|last-of-type)\([^)]*\)|\[\d+\]")
_NAME = re.compile(r"([#.])((?:[\w-]|\\.)+)")
_LETTERS_AND_DIGITS = re.compile(r"(?=.*\d)(?=.*[A-Za-z]).{4,}")


@lru_cache(maxsize=8192)
def skeleton(selector: str | None) -> str:
    """The selector without what varies between runs and pages: indices, hashed classes, numbered ids."""
    bare = _NAME.sub(lambda match: "" if _varies(match[1], match[2]) else match[0], _INDEX.sub("", selector or ""))
    return re.sub(r"\s+", " ", bare).strip()


def _varies(kind: str, name: str) -> bool:
    """A build tool's hash (``css-1ab3cd9x``, ``Card__Xy12_ab``) or a number that counts (``#product-12``)."""
    parts = re.split(r"[-_]+", name)
    if kind == "#" and any(character.isdigit() for character in name):
        return True
    return any(_LETTERS_AND_DIGITS.fullmatch(part) or (part.isdigit() and len(part) > 2) for part in parts)


def fingerprint(check: str, template: Template | None, selector: str | None, discriminator: str = "") -> str:
    """Identity of a finding over runs, hosts and devices: 16 hex digits."""
    parts = (check, template.value if template else "", skeleton(selector), discriminator)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
