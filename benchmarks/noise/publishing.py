"""The measured table, and how it gets between two markers of docs/accuracy.md."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from auditor.reading.repeated import OTHERS
from auditor.trends import LEAST_EARLIER, RECENT
from benchmarks.noise.judging import AFTER, PLANTED, WANTED, WATCHED, Lines, Share, lines_of, marked, smallest, told
from benchmarks.noise.recording import Recorded

LEAST = WATCHED + LEAST_EARLIER + RECENT


def section(runs: Sequence[Recorded]) -> str:
    """What was recorded, with its conditions."""
    if len(runs) < LEAST:
        return (
            f"{len(runs)} audits are recorded; no series can be judged over {WATCHED} of them before there are {LEAST}."
        )
    sides = (lines_of(runs, all_count=False), lines_of(runs, all_count=True))
    return "\n\n".join((_conditions(runs, sides[1]), "\n".join(_rates(sides)), "\n".join(_smallest(sides))))


def _conditions(runs: Sequence[Recorded], lines: Lines) -> str:
    days = sorted({f"{run.at:%Y-%m-%d}" for run in runs})
    others = [run.others for run in runs if run.others is not None]
    made = sum(run.load > 0 for run in runs)
    spread = f"{min(others):.0%} to {max(others):.0%}, {median(others):.0%} at the median" if others else "unknown"
    busy = sum(share > OTHERS for share in others)
    return (
        f"Recorded {' to '.join(dict.fromkeys((days[0], days[-1])))} with Chromium {runs[-1].browser} on 2 cores: "
        f"{len(runs)} audits of the unchanged demo shop ({len(lines)} series that can be compared). "
        f"Others used {spread}, of the machine, in {busy} audits more than {OTHERS:.0%}, from where on the product "
        f"leaves a run out of its trends. "
        f"In {made} of them the load was made for it."
    )


def _rates(sides: Sequence[Lines]) -> Iterator[str]:
    yield "| what | wanted | as the product judges | with the runs that it leaves out |"
    yield "|---|---|---|---|"
    rows: list[tuple[str, str, Callable[[Lines], Share]]] = [
        (f"nothing changed: marked over {WATCHED} runs, in the order recorded", "≤ 5 %", _as_recorded),
        (f"nothing changed: marked over {WATCHED} runs", "≤ 5 %", marked),
        (f"nothing changed: a message over {WATCHED} runs", "", told),
    ]
    for change, wanted in zip(PLANTED, ("≥ 85 %", "≥ 99 %"), strict=True):
        rows.append((f"LCP {change:+.0%}: marked within {WATCHED} runs", wanted, _planted(marked, change)))
        rows.append((f"LCP {change:+.0%}: a message within {WATCHED} runs", "", _planted(told, change)))
    for what, wanted, count in rows:
        yield f"| {what} | {wanted} | {_shown(count(sides[0]))} | {_shown(count(sides[1]))} |"


def _as_recorded(lines: Lines) -> Share:
    return marked(lines, turned=False)


def _planted(count: Callable[[Lines, float], Share], change: float) -> Callable[[Lines], Share]:
    return lambda lines: count(lines, change)


def _shown(share: Share) -> str:
    if share.of == share.unknown:
        return "too few quiet runs"
    unknown = f", {share.unknown} not judged" if share.unknown else ""
    return f"{share.hits / share.of:.1%} ({share.hits} of {share.of}{unknown})"


def _smallest(sides: Sequence[Lines]) -> Iterator[str]:
    yield f"The smallest growth of the LCP that is marked in {WANTED:.0%} of its series:\n"
    yield "| runs after the change | as the product judges | with the runs that it leaves out |"
    yield "|---|---|---|"
    found = [smallest(lines) for lines in sides]
    for after in AFTER:
        shown = ("none up to 100 %" if one[after] is None else f"{one[after]:.0%}" for one in found)
        yield f"| {after} | {' | '.join(shown)} |"
