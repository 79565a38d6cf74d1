"""Lines of a comparison of shops: a cell for each, and which of them is better, where that can be said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from auditor.finding import Verdict
from auditor.result import AuditResult
from reports.wording import _


@dataclass(frozen=True)
class Cell:
    """``mark``: best, failed, passed, doubt, or "" where nothing can be said."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """``because`` says why nobody is called best."""

    name: str
    cells: tuple[Cell, ...]
    because: str = ""


def checks_told_apart(
    results: Sequence[AuditResult], judged: Sequence[bool]
) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    """Checks that one of the shops fails, worst first: the client behind, the client ahead, all alike or unclear."""
    texts = {name: text for result in results for name, text in result.checks.items()}
    worst: dict[str, int] = {}
    for result in results:
        for finding in result.findings:
            if finding.verdict is Verdict.FAILED:
                worst[finding.check] = max(worst.get(finding.check, 0), finding.severity.weight)
    groups: tuple[list[Line], list[Line], list[Line]] = ([], [], [])
    for check in sorted(worst, key=lambda name: (-worst[name], name)):
        states = [_state(result, check) if fine else "" for result, fine in zip(results, judged, strict=True)]
        words = {"passed": _("passed"), "failed": _("failed"), "doubt": _("to review"), "": _("not judged")}
        line = Line(_(texts[check].title) if check in texts else check, tuple(Cell(words[one], one) for one in states))
        own, others = states[0], states[1:]
        at = 0 if own == "failed" and "passed" in others else 1 if own == "passed" and "failed" in others else 2
        groups[at].append(line)
    return tuple(groups[0]), tuple(groups[1]), tuple(groups[2])


def _state(result: AuditResult, check: str) -> str:
    """A pass needs a recorded pass and nothing against it."""
    verdicts = {finding.verdict for finding in result.findings if finding.check == check}
    if Verdict.FAILED in verdicts:
        return "failed"
    if Verdict.NEEDS_REVIEW in verdicts:
        return "doubt"
    counts = result.outcomes.get(check, {})
    return "passed" if counts.get(Verdict.PASSED.value) else ""


def ranked(
    name: str, values: Sequence[float | None], shown: Callable[[float], str], why: str,
    *, best: Callable[[Iterable[float]], float], least: float, unknown: str = "",
) -> Line:  # fmt: skip
    """The best is marked where all values are comparable and it is better than another by ``least``."""
    known = [value for value in values if value is not None]
    clear = not why and len(known) > 1 and max(known) - min(known) >= least
    top = best(known) if clear else None
    cells = tuple(
        Cell(unknown or _("insufficient evidence"))
        if value is None
        else Cell(shown(value), "best" if top is not None and abs(value - top) < least else "")
        for value in values
    )
    return Line(name, cells, why)
