"""Markdown for a pull request's comment and for a job's summary."""

from collections.abc import Iterator

from auditor.gate.explaining import HOW_TO_ACCEPT, where
from auditor.gate.timing import NAMES, shown
from auditor.gate.verdict import GateReport, Reason, TimingAnswer
from reports.markdown import code
from reports.shop_text import clean

COMMENT_CHARACTERS = 65_536
"""GitHub's limit of one comment."""
SUMMARY_BYTES = 1_048_576
"""GitHub's limit of one step's summary."""
MARK = "<!-- storefront-auditor-gate -->"
"""The comment's first line, by which the next run finds and replaces it."""
_ROOM = 600
_HEADINGS = {
    "open": "✅ The gate is open",
    "closed": "❌ The gate is closed",
    "undecided": "⚠️ The gate is not decided",
    "not_judged": "⚠️ Nothing could be judged",
    "order_sign": "🛑 A sign of an order was seen",
}
_SAYS = {"worse": "**worse**", "steady": "steady", "unclear": "not certain", "too_few": "too few loads"}


def comment(report: GateReport, most: int, *, in_bytes: bool = False) -> str:
    """At most ``most`` characters, or bytes: whole blocks, worst first, and how many did not fit. What the shop wrote
    stands in code spans only."""
    left, written, dropped = most - _ROOM, [], 0
    for block in _blocks(report):
        size = len(block.encode()) + 2 if in_bytes else _units(block) + 2
        if size <= left:
            written.append(block)
            left -= size
        else:
            dropped += 1
    if dropped:
        written.append(f"{dropped} more entries did not fit; all are in `gate.json`.")
    return "\n\n".join(written) + "\n"


def _units(text: str) -> int:
    """Characters as GitHub counts them."""
    return len(text.encode("utf-16-le")) // 2


def _blocks(report: GateReport) -> Iterator[str]:
    yield f"{MARK}\n## {_HEADINGS[report.answer]}: {code(report.shop, 80)}"
    if report.answer == "open":
        yield "Nothing that the policy forbids was found."
    elif report.answer != "closed":
        yield code(report.why, 600)
    yield _sides(report)
    for note in report.notes:
        yield f"> {code(note, 500)}"
    if report.errors:
        yield f"### What closes it\n\nRepair it, or accept it for a while: `{HOW_TO_ACCEPT}`"
        yield from _entries(report.errors)
    if report.timing:
        yield _timing(report.timing)
    if report.warnings:
        yield f"### Warnings ({len(report.warnings)})"
        yield from (_short(reason) for reason in report.warnings)
    if report.fixed:
        yield f"### Fixed ({len(report.fixed)})"
        yield from (f"- `{one.check}` {code(one.found, 160)}" for one in report.fixed)
    if report.accepted:
        yield f"### Accepted ({len(report.accepted)})"
        for one in report.accepted:
            until = f", until {one.until}" if one.until else ""
            said = f"{code(one.who, 60)}: {code(one.why, 160)}{until}"
            yield f"- `{one.reason.id}` {code(one.reason.found, 160)} by {said}"
    if report.candidate is not None and report.candidate.pages:
        yield "Pictures and all findings: `candidate/report.html` among this job's artifacts."


def _sides(report: GateReport) -> str:
    lines = []
    for name, side in (("Candidate", report.candidate), ("Compared with", report.before)):
        if side is not None:
            lines.append(f"{name}: {code(side.url, 200)}, {side.pages} pages, {side.ended}.")
    return "\n".join([*lines, f"Profile: {code(report.profile, 40)}."])


def _entries(reasons: tuple[Reason, ...]) -> Iterator[str]:
    """A block for each; of several of one check only the first says what it is about and how to repair it."""
    said = ""
    for reason in reasons:
        name = reason.check or reason.id
        yield _seen(reason) if name == said else f"{_head(reason, name)}\n{_seen(reason)}"
        said = name


def _head(reason: Reason, name: str) -> str:
    lines = [f"- **{reason.severity or reason.kind}** {clean(reason.title, 200)} (`{name}`)"]
    if reason.fix:
        lines.append(f"  - repair: {code(reason.fix, 300)}")
    lines.append(f"  - policy: {code(reason.rule, 120)}")
    return "\n".join(lines)


def _seen(reason: Reason) -> str:
    line = f"  - seen: {code(reason.found, 240)}"
    if place := where(reason, 4):
        line += f" on {code(place, 300)}"
    if reason.selector:
        line += f", element {code(reason.selector.replace(' > ', ' '), 160)}"
    return line + (f"; to accept it: `{reason.fingerprint}`" if reason.fingerprint else "")


def _short(reason: Reason) -> str:
    place = f" on {code(where(reason), 160)}" if reason.pages else ""
    note = f" ({code(reason.note, 140)})" if reason.note else ""
    return f"- `{reason.check or reason.id}` {code(reason.found, 160)}{place}{note}"


def _timing(answers: tuple[TimingAnswer, ...]) -> str:
    rows = [
        "### Times",
        "",
        "| metric | where | loads a side | before, median | now, median | change, estimated | says |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in answers:
        place = "all pages" if one.page is None else code(one.page, 80)
        says = _SAYS[one.verdict]
        if one.excluded is not None and one.verdict != "worse":
            says += f": worse by less than {max(one.excluded, 0.01):.0%}"
        rows.append(
            f"| {NAMES[one.metric]} | {place} | {one.loads} | {shown(one.metric, one.before)} | "
            f"{shown(one.metric, one.after)} | {one.shift:+.1%} | {says} |"
        )
    return "\n".join(rows)
