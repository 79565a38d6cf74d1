"""Why the gate closed, in five lines that a developer can act on."""

from collections.abc import Iterator

from auditor.gate.verdict import GateReport, Reason
from reports.shop_text import clean, readable

SHOWN = 3
HOW_TO_ACCEPT = "auditor baseline accept FINGERPRINT --reason TEXT --until DATE"


def explain(report: GateReport) -> tuple[str, ...]:
    """At most five lines: the answer, the worst reasons each with where and what to do, and how to go on."""
    by_name: dict[str, list[Reason]] = {}
    for reason in report.errors:
        by_name.setdefault(reason.check or reason.id, []).append(reason)
    lines = [clean(report.why)]
    lines += [_line(name, reasons) for name, reasons in list(by_name.items())[:SHOWN]]
    if not report.errors:
        lines += [clean(note) for note in report.notes[:SHOWN] if note not in report.why]
    lines.append(_how_to_go_on(report, len(by_name) - SHOWN))
    return tuple(line for line in lines if line)


def _line(name: str, reasons: list[Reason]) -> str:
    first = reasons[0]
    parts = [f"{name}: {clean(first.found, 160)}"]
    if place := where(first):
        parts[0] += f" on {place}" if first.kind in ("finding", "show_stopper") else ""
    if len(reasons) > 1:
        parts.append(f"and {len(reasons) - 1} more like it")
    parts.append(clean(first.fix, 140))
    return " · ".join(part for part in parts if part)


def where(reason: Reason, most: int = 2) -> str:
    """The first pages, and how many more there are."""
    shown = ", ".join(readable(page, 80) for page in reason.pages[:most])
    rest = len(reason.pages) - most
    return f"{shown} and {rest} more" if rest > 0 else shown


def _how_to_go_on(report: GateReport, more: int) -> str:
    if report.answer == "closed":
        named = next((reason.fingerprint for reason in report.errors if reason.fingerprint), "")
        rest = f"{more} more reasons are in the report. " if more > 0 else ""
        return f"{rest}Repair it, or: {HOW_TO_ACCEPT.replace('FINGERPRINT', named)}" if named else rest
    if report.answer == "undecided":
        return "Nothing was passed or stopped: remove the cause, then run the gate again."
    if report.answer == "not_judged":
        return "Check that the preview answers and that access is given (--auth, --header, --cookie)."
    return ""


def lines_of(report: GateReport) -> Iterator[str]:
    """For a terminal: the five lines, then warnings in short."""
    yield from explain(report)
    for reason in report.warnings[:10]:
        note = f" [{clean(reason.note, 120)}]" if reason.note else ""
        yield f"  warning: {reason.check or reason.id}: {clean(reason.found, 140)}{note}"
    if len(report.warnings) > 10:
        yield f"  and {len(report.warnings) - 10} more warnings"
