"""The measured tables, and how they get into docs/performance.md: each part between two markers of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median

from auditor.evidence import Device
from auditor.reading.repeated import PAINTS
from benchmarks.between import DOCS, put_between
from benchmarks.speed.ratios import JUDGED, NEAR_POINTS, Row, Series, rows_of, variation, width
from benchmarks.speed.record import Audited, Line, Load, Overlapped, Record, Slowed, Whole
from benchmarks.speed.slowed import slowed_table

PAGE = DOCS / "performance.md"
TIME, WHOLE, SPREAD = 1 / 6, 0.7, 0.7
"""What is promised, as ratios."""


def sections(done: Sequence[Record]) -> dict[str, str]:
    """What was measured of each part, by the part's name, with its conditions. What was not measured has none."""
    loads, wholes = [one for one in done if isinstance(one, Load)], [one for one in done if isinstance(one, Whole)]
    audits = [one for one in done if isinstance(one, Audited)]
    pairs = [one for one in done if isinstance(one, Overlapped)]
    slowed = [one for one in done if isinstance(one, Slowed)]
    rows = rows_of(loads)
    parts: dict[str, tuple[Sequence[Line], Iterable[str]]] = {
        "loads": (loads, (*_summary(rows), "", *_table(rows))),
        "slowed": (slowed if rows else (), slowed_table(slowed, rows)),
        "whole": (wholes, _wholes(wholes)),
        "flips": (audits, _flips(audits)),
        "overlap": (pairs, _overlap(pairs)),
    }
    return {name: "\n".join((_conditions(of), "", *said)) for name, (of, said) in parts.items() if of}


def publish(done: Sequence[Record], page: Path = PAGE) -> None:
    """Write each part that was measured; the others stay as they were.

    :raises ValueError: when the page has lost its markers.
    """
    for name, text in sections(done).items():
        put_between(f"speed {name}", text, page)


def _conditions(done: Sequence[Line]) -> str:
    days = sorted({f"{one.at:%Y-%m-%d}" for one in done})
    loads = sorted(one.load for one in done)
    return (
        f"Measured {' to '.join(dict.fromkeys((days[0], days[-1])))} on 2 cores, the shop on the same machine, "
        f"load average {median(loads):.1f} (median; most {loads[-1]:.1f})."
    )


def _summary(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    steady = [row for row in rows if not row.bimodal]
    pages = {(row.shop, row.path) for row in rows}
    turns = sorted(len(row.theirs.loads) for row in rows)
    yield (
        f"* {len(pages)} pages of {len({row.shop for row in rows})} storefronts, {len(rows)} pages and devices, "
        f"{turns[0]} to {turns[-1]} loads of Lighthouse each; {len(rows) - len(steady)} have two states and are apart."
    )
    agree = [f"{name.upper()} {sum(row.near(name) for row in steady)}" for name in JUDGED]
    score = sum(row.near_score for row in steady)
    yield f"* Of {len(steady)} agree: {', '.join(agree)}; score within {NEAR_POINTS:g} points {score}."
    ratios = [row.time_ratio for row in rows]
    ours, theirs = (mean(mean(side.seconds) for side in sides) for sides in _sides(rows))
    yield (
        f"* Wall time of a load: {ours:.2f} s against {theirs:.2f} s, {ours / theirs:.3f} times; median of the pages "
        f"{median(ratios):.3f}, worst {max(ratios):.3f} (wanted {TIME:.3f})."
    )
    spreads = [ratio for row in steady if (ratio := row.spread_ratio) is not None]
    if spreads:
        yield (
            f"* Spread of 3-run medians of LCP to that of Lighthouse's single runs: median {median(spreads):.2f} of "
            f"{len(spreads)} (wanted {SPREAD:g})."
        )
    yield from _widths(rows)
    mine, other = (sum(side.failed for side in sides) for sides in _sides(rows))
    yield f"* Loads without numbers: ours {mine}, Lighthouse's {other}."


def _widths(rows: Sequence[Row]) -> Iterator[str]:
    """How far the loads of a page lie apart, by our paints and by Lantern's of the same loads."""
    for name in PAINTS:
        known = [row.ours for row in rows if len(row.ours.of(f"lantern_{name}")) > 1]
        if known:
            mine, lantern = ([width(one.of(of)) for one in known] for of in (name, f"lantern_{name}"))
            yield (
                f"* From the quickest of our loads of a page to the slowest, {name.upper()} differs by "
                f"{median(mine):.0%} (median of {len(known)}; most {max(mine):.0%}); by Lantern's count of the same "
                f"loads by {median(lantern):.0%} (most {max(lantern):.0%})."
            )


def _sides(rows: Sequence[Row]) -> tuple[list[Series], list[Series]]:
    return [row.ours for row in rows], [row.theirs for row in rows]


def _table(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    yield "| shop, page | device | FCP | LCP | TBT | SI | score | loads | seconds | ratio |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        cells = [_cell(row, name) for name in (*JUDGED, "si", "score")]
        seconds = f"{mean(row.ours.seconds):.1f} / {mean(row.theirs.seconds):.1f}"
        states = " (two states)" if row.bimodal else ""
        yield (
            f"| {row.shop} {row.path}{states} | {row.device} | {' | '.join(cells)} "
            f"| {len(row.ours.loads)} / {len(row.theirs.loads)} | {seconds} | {row.time_ratio:.3f} |"
        )


def _cell(row: Row, name: str) -> str:
    mine, other = row.ours.of(name), row.theirs.of(name)
    near = row.near_score if name == "score" else name == "si" or row.near(name)
    return f"{median(mine):.0f} / {median(other):.0f}{'' if near else ' **apart**'}"


def _wholes(wholes: Sequence[Whole]) -> Iterator[str]:
    ratios: dict[str, list[tuple[float, float]]] = {}
    for ours in (one for one in wholes if one.tool == "ours"):
        turn = [one for one in wholes if (one.shop, one.turn) == (ours.shop, ours.turn)]
        beside = [one for one in turn if one.tool == "unlighthouse"]
        stages = ", ".join(f"{name} {spent / 1000:.0f} s" for name, spent in ours.stages.items())
        said = f"* {ours.shop}, {len(ours.pages)} pages on 2 devices, n = {ours.runs}: {ours.seconds:.0f} s ({stages}"
        if ours.ended != "complete":
            said += f"; it ended {ours.ended}"
        if ours.loads:
            said += f"; {ours.stages.get('time', 0) / 1000 / ours.loads:.2f} s for each of {ours.loads} timed loads"
        said += ")"
        if {one.device for one in beside} >= set(Device):
            whole = sum(one.seconds for one in beside)
            without = ours.seconds - ours.stages.get("walk", 0) / 1000
            ratios.setdefault(ours.shop, []).append((ours.seconds / whole, without / whole))
            said += f" against {whole:.0f} s of Unlighthouse: {ours.seconds / whole:.2f} times"
        yield f"{said}."
    for shop, of in ratios.items():
        turns = "in one turn" if len(of) == 1 else f"at the median of {len(of)} turns"
        yield ""
        yield (
            f"{shop}: {median(with_walks for with_walks, _ in of):.2f} times {turns} (wanted {WHOLE:g}); without the "
            f"journeys and the looks beside them, which Unlighthouse has none of, {median(bare for _, bare in of):.2f}."
        )


def _flips(audits: Sequence[Audited]) -> Iterator[str]:
    for shop in dict.fromkeys(one.shop for one in audits):
        of = [one for one in audits if one.shop == shop]
        seen = Counter(finding for one in of for finding in one.failed)
        names = {finding: said for one in of for finding, said in one.failed.items()}
        flipped = {finding: count for finding, count in seen.items() if count < len(of)}
        yield (
            f"* {shop}, {of[0].pages} pages, {len(of)} audits: {len(flipped)} of {len(seen)} failed speed findings are "
            f"not in all of them (wanted 0); {median(one.seconds for one in of):.0f} s an audit."
        )
        for finding, count in flipped.items():
            doubted = sum(finding in one.doubted for one in of)
            yield f"  * failed in {count}, for review in {doubted}: {names[finding]}"


def _overlap(loads: Sequence[Overlapped]) -> Iterator[str]:
    keys = dict.fromkeys((one.shop, one.path, one.device) for one in loads)
    ratios: dict[str, list[float]] = {name: [] for name in (*JUDGED, "si")}
    spreads: dict[str, list[float]] = {name: [] for name in ratios}
    for key in keys:
        of = [one for one in loads if (one.shop, one.path, one.device) == key and one.values]
        for name in ratios:
            alone, both = ([one.values[name] for one in of if one.together is how] for how in (False, True))
            if alone and both and median(alone):
                ratios[name].append(median(both) / median(alone))
                spreads[name].append(variation(alone))
    if not any(ratios.values()):
        return
    turns = Counter((one.shop, one.path, one.device) for one in loads if one.together)
    counts = sorted(turns.values())
    yield f"{len(keys)} pages and devices, {counts[0]} to {counts[-1]} loads each, alone and at once:"
    yield ""
    yield "| metric | at once / alone, median of pages | least | most | spread of loads alone |"
    yield "|---|---|---|---|---|"
    for name, of_pages in ratios.items():
        if of_pages:
            yield (
                f"| {name.upper()} | {median(of_pages):.2f} | {min(of_pages):.2f} | {max(of_pages):.2f} "
                f"| {median(spreads[name]):.2f} |"
            )
    took = {how: mean(one.seconds for one in loads if one.together is how) for how in (False, True)}
    yield ""
    yield f"Two loads took {took[True] / (2 * took[False]):.2f} times as long at once as one after the other."
