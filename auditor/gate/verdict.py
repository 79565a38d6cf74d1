"""The gate's answer and its reasons: the model behind every output."""

import hashlib
from datetime import date
from typing import Literal

from auditor.evidence import Device, Frozen
from auditor.finding import Area, Severity

Answer = Literal["open", "closed", "undecided", "not_judged", "order_sign"]
EXIT_CODES: dict[Answer, int] = {"open": 0, "closed": 1, "not_judged": 3, "undecided": 4, "order_sign": 5}

Kind = Literal["finding", "show_stopper", "number", "third_party", "growth", "timing", "budget"]


def mark_of(*parts: str) -> str:
    """The fingerprint of a reason that is no finding, in the shape of a finding's: 16 hex digits."""
    return hashlib.sha256("\x1f".join(("gate", *parts)).encode()).hexdigest()[:16]


class Reason(Frozen):
    """One thing that is held against the candidate. ``title`` says what, ``found`` what was seen or measured, ``rule``
    which part of the policy decides. ``owner`` is ``shop`` or a third party."""

    kind: Kind
    level: Literal["error", "warning"]
    id: str
    title: str
    found: str
    rule: str
    fix: str = ""
    source: str = ""
    check: str = ""
    row: str = ""
    area: Area | None = None
    severity: Severity | None = None
    fingerprint: str = ""
    new: bool = True
    pages: tuple[str, ...] = ()
    devices: tuple[Device, ...] = ()
    selector: str | None = None
    owner: str = "shop"
    note: str = ""


class Fixed(Frozen):
    fingerprint: str
    check: str
    found: str


class AcceptedReason(Frozen):
    """A reason that would have closed the gate, had it not been accepted."""

    reason: Reason
    who: str
    why: str
    until: date | None = None


class TimingAnswer(Frozen):
    """What the rank tests say of one metric, over all pages or on one. ``shift`` is the estimate as a share of the
    base's median, or of the metric's floor where this is more; ``excluded`` the smallest worsening that the loads rule
    out, None where they rule out none."""

    metric: str
    device: Device
    page: str | None
    verdict: Literal["worse", "steady", "unclear", "too_few"]
    loads: int
    before: float
    after: float
    shift: float
    p: float
    excluded: float | None = None


class Compared(Frozen):
    """One side as it is named in outputs."""

    url: str
    run: str
    ended: str
    pages: int


class GateReport(Frozen):
    """``gate.json``. ``why`` is one sentence; ``notes`` say what limits the answer."""

    schema_version: Literal[1] = 1
    answer: Answer
    why: str
    shop: str
    profile: str
    candidate: Compared | None = None
    before: Compared | None = None
    errors: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    accepted: tuple[AcceptedReason, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    timing: tuple[TimingAnswer, ...] = ()
    notes: tuple[str, ...] = ()
    seed: int | None = None

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.answer]
