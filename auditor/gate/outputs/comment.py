"""Markdown for a pull request's comment and for a job's summary."""

from collections.abc import Iterator

from auditor.gate.explaining import where
from auditor.gate.timing import shown
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
    yield code(report.why, 600)
    yield _sides(report)
    for note in report.notes:
        yield f"> {code(note, 500)}"
    if report.errors:
        yield "### What closes it"
        yield from (_entry(reason) for reason in report.errors)
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
            yield f"- `{one.reason.id}` by {code(one.who, 60)}: {code(one.why, 160)}{until}"


def _sides(report: GateReport) -> str:
    lines = []
    for name, side in (("Candidate", report.candidate), ("Compared with", report.before)):
        if side is not None:
            lines.append(f"{name}: {code(side.url, 200)}, {side.pages} pages, {side.ended}.")
    return "\n".join([*lines, f"Profile: {code(report.profile, 40)}."])


def _entry(reason: Reason) -> str:
    head = f"- **{reason.severity or reason.kind}** {clean(reason.title, 200)} (`{reason.check or reason.id}`)"
    lines = [head, f"  - seen: {code(reason.found, 240)}"]
    if place := where(reason, 4):
        lines.append(f"  - on: {code(place, 300)}")
    if reason.selector:
        lines.append(f"  - element: {code(reason.selector, 160)}")
    if reason.fix:
        lines.append(f"  - repair: {code(reason.fix, 300)}")
    if reason.fingerprint:
        lines.append(f"  - accept it: `auditor baseline accept {reason.fingerprint} --reason … --until …`")
    return "\n".join(lines)


def _short(reason: Reason) -> str:
    note = f" ({code(reason.note, 140)})" if reason.note else ""
    return f"- `{reason.check or reason.id}` {code(reason.found, 160)}{note}"


def _timing(answers: tuple[TimingAnswer, ...]) -> str:
    rows = [
        "### Times",
        "",
        "| metric | where | loads a side | before | now | change | says |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in answers:
        place = "all pages" if one.page is None else code(one.page, 80)
        says = one.verdict if one.excluded is None else f"{one.verdict}: no worse by {one.excluded:.0%} or more"
        rows.append(
            f"| {one.metric} | {place} | {one.loads} | {shown(one.metric, one.before)} | "
            f"{shown(one.metric, one.after)} | {one.shift:+.1%} | {says} |"
        )
    return "\n".join(rows)
