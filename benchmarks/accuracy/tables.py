"""The published tables, in Markdown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.stats import wilson
from benchmarks.accuracy.graded import HIGH, rows_that_fail
from benchmarks.accuracy.trial import Seen, Trial


@dataclass
class Counts:
    """Of one row: ``planted`` defects of which ``failed`` were found and ``review`` were doubted; ``false`` findings
    that nothing planted explains."""

    planted: int = 0
    failed: int = 0
    review: int = 0
    false: int = 0
    missed: list[str] = field(default_factory=list)


def count(trials: Iterable[Trial]) -> dict[str, Counts]:
    """By row. A row that failed already at that place before planting is left out of recall."""
    found: dict[str, Counts] = defaultdict(Counts)
    for trial in trials:
        if trial.note:
            continue
        for row in {one.row for one in trial.false}:
            found[row].false += 1
        if trial.benign:
            continue
        for row in trial.wanted:
            verdict = trial.verdict(row)
            if row in trial.before and verdict != "failed":
                continue
            of_row = found[row]
            of_row.planted += 1
            of_row.failed += verdict == "failed"
            of_row.review += verdict == "needs_review"
            if verdict != "failed":
                of_row.missed.append(f"{trial.mutation} ({trial.shop}, {verdict})")
    return dict(found)


def share(successes: int, trials: int) -> str:
    """Such as "18/20 (70-97 %)": the 95 % Wilson interval in brackets."""
    if trials == 0:
        return "–"
    low, high = wilson(successes, trials)
    return f"{successes}/{trials} ({low * 100:.0f}–{high * 100:.0f} %)"


def section(trials: Iterable[Trial], waiting: Mapping[str, Sequence[str]] | None = None) -> str:
    """What was measured, with its conditions. ``waiting``: mutations that have not been measured, by shop."""
    every = sorted(trials, key=lambda trial: (trial.shop, trial.mutation))
    judged = [trial for trial in every if not trial.note]
    parts = {
        "### By row": by_row(judged),
        "### What was missed": misses(judged),
        "### What was said falsely": said_falsely(judged),
        "### What could not be judged": unjudged(every),
        "### What is not measured yet": not_measured(waiting or {}),
    }
    told = [f"{heading}\n\n{text}" for heading, text in parts.items()]
    return "\n\n".join([_conditions(every, judged), able_to_fail(), *told])


def able_to_fail() -> str:
    """The share of the rows graded high that can close a gate."""
    able = HIGH & rows_that_fail()
    lacking = ", ".join(sorted(HIGH - able)) or "none"
    return (
        f"Of the {len(HIGH)} rows that the catalogue grades as deterministic, {len(able)} ({len(able) / len(HIGH):.0%})"
        f" can say `failed`; not: {lacking}."
    )


def by_row(trials: Sequence[Trial]) -> str:
    """A row per catalogue row and one for all."""
    counts = count(trials)
    lines = [_line(row, counts[row]) for row in sorted(counts)]
    total = Counts(
        *(sum(getattr(one, name) for one in counts.values()) for name in ("planted", "failed", "review", "false"))
    )
    head = ["row", "recall", "needs review", "precision"]
    return _table(head, [*lines, _line("**all**", total)])


def _line(row: str, of_row: Counts) -> list[str]:
    said = of_row.failed + of_row.false
    return [row, share(of_row.failed, of_row.planted), str(of_row.review), share(of_row.failed, said)]


def misses(trials: Sequence[Trial]) -> str:
    """Planted defects that did not become a ``failed`` finding, one by one."""
    lines = []
    for trial in trials:
        if trial.benign:
            continue
        for row in trial.wanted:
            verdict = trial.verdict(row)
            if verdict != "failed" and row not in trial.before:
                doubted = " (said, but for review)" if verdict == "needs_review" else ""
                lines.append(f"* {row}, {trial.shop}: {trial.summary} (`{trial.mutation}`){doubted}.")
    return "\n".join(lines) or "None."


def said_falsely(trials: Sequence[Trial]) -> str:
    """``failed`` findings that nothing planted explains, one by one."""
    lines = []
    for trial in trials:
        shown: dict[str, Seen] = {one.row: one for one in trial.false}
        kind = "look-alike" if trial.benign else "defect"
        lines += [
            f"* {row}, {trial.shop}: {kind} “{trial.summary}” (`{trial.mutation}`), on {one.page or 'the shop'}."
            for row, one in sorted(shown.items())
        ]
    return "\n".join(lines) or "None."


def unjudged(trials: Sequence[Trial]) -> str:
    """Trials that came to nothing, and rows that failed before anything was planted."""
    lines = [f"* {trial.shop}, `{trial.mutation}`: {trial.note}." for trial in trials if trial.note]
    lines += [
        f"* {trial.shop}, `{trial.mutation}`: {', '.join(trial.before)} failed there before."
        for trial in trials
        if not trial.note and not trial.benign and any(trial.verdict(row) != "failed" for row in trial.before)
    ]
    return "\n".join(lines) or "None."


def not_measured(waiting: Mapping[str, Sequence[str]]) -> str:
    """A line for each shop."""
    lines = [f"* {shop}: {', '.join(f'`{name}`' for name in names)}." for shop, names in waiting.items() if names]
    return "\n".join(lines) or "None."


def _conditions(every: Sequence[Trial], judged: Sequence[Trial]) -> str:
    first, last = min(trial.at for trial in every), max(trial.at for trial in every)
    dates = f"{first:%Y-%m-%d}" if first.date() == last.date() else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    browsers = ", ".join(sorted({trial.browser for trial in every if trial.browser}))
    versions = ", ".join(sorted({trial.shop_version for trial in every}))
    planted = sum(not trial.benign for trial in judged)
    rows = {row for trial in judged if not trial.benign for row in trial.wanted}
    return (
        f"Measured {dates} with Chromium {browsers}, on {versions}: {planted} defects of {len(rows)} rows, planted one"
        f" at a time, and {len(judged) - planted} look-alikes."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
