"""The published tables, in Markdown."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from benchmarks.journeys.record import Walk
from benchmarks.journeys.stages import STAGES, passed, wilson

OWN_SECONDS = 30.0


def share(successes: int, trials: int) -> str:
    """Such as "18/20 (70–97 %)": the 95 % Wilson interval in brackets."""
    if trials == 0:
        return "–"
    low, high = wilson(successes, trials)
    return f"{successes}/{trials} ({low * 100:.0f}–{high * 100:.0f} %)"


def by_stage(walks: Sequence[Walk]) -> str:
    """A row per shop and one for all; a column per stage."""
    groups = [*_grouped(walks, lambda walk: walk.shop), ("**all**", walks)]
    rows = [
        [name, *(share(passed([walk.reached for walk in group], stage), len(group)) for stage in STAGES)]
        for name, group in groups
    ]
    return _table(["", *STAGES], rows)


def by_mutation(walks: Sequence[Walk]) -> str:
    """Payment step reached, a row per mutation, a column per shop."""
    shops = list(dict.fromkeys(walk.shop for walk in walks))
    rows = []
    for name, group in [*_grouped(walks, lambda walk: walk.mutation), ("**all**", walks)]:
        of_shop = [[walk.reached for walk in group if walk.shop == shop] for shop in shops]
        cells = [f"{passed(reached, 'payment')}/{len(reached)}" if reached else "–" for reached in of_shop]
        everywhere = [walk.reached for walk in group]
        rows.append([name, *cells, share(passed(everywhere, "payment"), len(everywhere))])
    return _table(["mutation", *shops, "all"], rows)


def safety_and_time(walks: Sequence[Walk]) -> str:
    """Orders in the databases, and the time of ours per walk."""
    own = [walk.own_ms / 1000 for walk in walks]
    orders = sum(walk.orders for walk in walks)
    slow = sum(1 for seconds in own if seconds > OWN_SECONDS)
    return (
        f"Orders in the shops' databases after {len(walks)} walks: **{orders}**. "
        f"Time beyond the shop's own responses: median {median(own):.1f} s, longest {max(own):.1f} s; "
        f"{slow} of {len(walks)} walks took longer than {OWN_SECONDS:.0f} s. "
        f"Load average of the machine meanwhile: median {median(walk.load for walk in walks):.1f}."
        if own
        else "No walk was recorded."
    )


def failures(walks: Iterable[Walk]) -> str:
    """Every walk that did not come to the payment step, one by one."""
    lines = []
    for walk in walks:
        if walk.reached == "payment":
            continue
        facts = "" if walk.platform_facts else ", without platform facts"
        mutation = "" if walk.mutation == "none" else f", {walk.mutation}"
        came = f"came as far as {walk.reached}" if walk.reached else "found no product"
        refused = [line.strip() for line in walk.steps if line.strip().startswith("refused:")][-1:]
        note = " ".join(" ".join([walk.note, *refused]).split()).replace("<", "&lt;")
        lines.append(f"* {walk.shop} {walk.language}{mutation}{facts}: {came}; {walk.blocker or walk.ended}. {note}")
    return "\n".join(lines) or "None."


def _grouped(walks: Iterable[Walk], key: Callable[[Walk], str]) -> list[tuple[str, list[Walk]]]:
    groups: dict[str, list[Walk]] = {}
    for walk in walks:
        groups.setdefault(key(walk), []).append(walk)
    return list(groups.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
