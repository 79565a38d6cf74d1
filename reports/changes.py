"""What changed between two runs, as text."""

from auditor.compare import Change, Comparison, State
from auditor.finding import Verdict
from reports.language import Words
from reports.recorded import said
from reports.shop_text import clean
from reports.wording import SEVERITIES, _

HEADINGS = Words[State](
    {
        State.NEW: _("New"),
        State.STILL: _("Still there"),
        State.FIXED: _("Fixed"),
        State.UNJUDGED: _("Cannot be said to be fixed"),
    }
)


def changes_lines(comparison: Comparison) -> list[str]:
    """For a terminal: warnings, counts, then the findings by what became of them."""
    lines = [f"! {warning}" for warning in comparison.warnings]
    lines.append(_counts(comparison))
    for state, heading in HEADINGS.items():
        if changes := comparison.of(state):
            lines += [
                "",
                f"{heading}:",
                *(f"  {change.severity:<8} {change.row:<9} {_said(change)}" for change in changes),
            ]
    return lines


def changes_markdown(comparison: Comparison) -> str:
    parts = ["# " + _("Changes"), "", *(f"> {warning}" for warning in comparison.warnings), "", _counts(comparison)]
    for state, heading in HEADINGS.items():
        if changes := comparison.of(state):
            parts += ["", f"## {heading}", ""]
            parts += [
                f"- **{SEVERITIES[change.severity]}** {change.row}: {_escaped(_said(change))}" for change in changes
            ]
    return "\n".join(parts) + "\n"


def _counts(comparison: Comparison) -> str:
    return ", ".join(f"{len(comparison.of(state))} {heading.lower()}" for state, heading in HEADINGS.items()) + "."


def _said(change: Change) -> str:
    doubt = " " + _("(to review)") if change.verdict is Verdict.NEEDS_REVIEW else ""
    because = f" [{clean(change.because, 120)}]" if change.because else ""
    return clean(said(change.found), 160) + doubt + because


def _escaped(text: str) -> str:
    """The shop's words are text, not Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#|!" else char for char in text)
