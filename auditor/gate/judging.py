"""From two sides and a policy to the gate's answer. Pure: the day is handed over."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from auditor.acceptance import Acceptances, Accepted
from auditor.gate.against import Texts, fixed, reasons
from auditor.gate.conditions import incompatible
from auditor.gate.policy import GatePolicy
from auditor.gate.side import Side
from auditor.gate.timing import timing_reasons
from auditor.gate.verdict import AcceptedReason, Answer, Compared, GateReport, Reason, TimingAnswer


def judge(
    policy: GatePolicy,
    *,
    shop: str,
    profile: str,
    after: Side,
    before: Side | None,
    texts: Texts,
    again: Side | None = None,
    timing: tuple[TimingAnswer, ...] = (),
    timing_wanted: bool = False,
    acceptances: Acceptances | None = None,
    today: date,
    notes: tuple[str, ...] = (),
) -> GateReport:
    """``again`` is a second look at the candidate: what it does not show again is a warning only. ``timing_wanted``:
    without times that could be compared the gate is not decided."""
    made = GateReport(
        answer="open", why="", shop=shop, profile=profile, candidate=compared(after),
        before=compared(before) if before else None, timing=timing, notes=notes,
    )  # fmt: skip
    if not after.pages:
        return made.model_copy(update={"answer": "not_judged", "why": after.run.why})
    differ = incompatible(before, after, timed=bool(timing)) if before else ()
    against = reasons(policy, None if differ else before, after, texts)
    if again is not None:
        against = tuple(confirmed(against, reasons(policy, None if differ else before, again, texts)))
    against += () if differ else timing_reasons(policy, timing)
    held, accepted = without_accepted(against, acceptances.of(shop, today) if acceptances else {})
    errors = tuple(reason for reason in held if reason.level == "error")
    warnings = tuple(reason for reason in held if reason.level == "warning")
    answer, why = _answer(errors, differ, after)
    if answer == "open" and timing_wanted and all(one.verdict == "too_few" for one in timing):
        said = notes[-1] if notes else "too few loads measured anything."
        answer, why = "undecided", f"The gate is not decided, because times could not be compared: {_lower(said)}"
    expired = _expired(acceptances, shop, today, errors) if acceptances else ()
    return made.model_copy(
        update={
            "answer": answer, "why": why, "errors": errors, "warnings": warnings, "accepted": accepted,
            "fixed": fixed(before, after) if before and not differ else (), "notes": (*differ, *notes, *expired),
        }
    )  # fmt: skip


def confirmed(first: Iterable[Reason], second: Iterable[Reason]) -> Iterable[Reason]:
    """Of ``first`` those that the second look shows too; the others become warnings."""
    seen = {_identity(reason) for reason in second}
    for reason in first:
        if reason.level == "warning" or _identity(reason) in seen:
            yield reason
        else:
            note = "it was seen on one of two visits to the candidate"
            yield reason.model_copy(update={"level": "warning", "note": note})


def _identity(reason: Reason) -> str:
    return reason.fingerprint or reason.id


def without_accepted(
    against: Iterable[Reason], accepted: Mapping[str, Accepted]
) -> tuple[tuple[Reason, ...], tuple[AcceptedReason, ...]]:
    held: list[Reason] = []
    taken: list[AcceptedReason] = []
    for reason in against:
        one = accepted.get(reason.fingerprint)
        if one is None:
            held.append(reason)
        else:
            taken.append(AcceptedReason(reason=reason, who=one.who, why=one.why, until=one.until))
    return tuple(held), tuple(taken)


def _expired(acceptances: Acceptances, shop: str, today: date, errors: Iterable[Reason]) -> tuple[str, ...]:
    over = {one.fingerprint: one for one in acceptances.accepted if one.shop == shop and not one.holds(today)}
    return tuple(
        f"{reason.check or reason.id} ({reason.fingerprint}) was accepted until {over[reason.fingerprint].until}; "
        "that day is over."
        for reason in errors
        if reason.fingerprint in over
    )


def _answer(errors: tuple[Reason, ...], differ: tuple[str, ...], after: Side) -> tuple[Answer, str]:
    if errors:
        others = len({reason.check or reason.id for reason in errors}) - 1
        rest = f", and {others} more reason{'s' * (others > 1)}" if others else ""
        return "closed", f"The gate is closed: {_lower(errors[0].title)}{rest}."
    if differ:
        return "undecided", f"The gate is not decided: {_lower(differ[0])}"
    if after.run.ended != "complete":
        return "undecided", f"The gate is not decided, because the audit is {after.run.ended}: {_lower(after.run.why)}"
    return "open", "The gate is open: nothing that the policy forbids was found."


def compared(side: Side) -> Compared:
    """Without the query of the address, in which some previews take their token."""
    run = side.run
    parts = urlsplit(run.start_url)
    return Compared(
        url=f"{parts.scheme}://{parts.netloc}{parts.path or '/'}", run=run.id, ended=run.ended, pages=len(side.pages)
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
