"""Puts the measured tables between two markers of docs/accuracy.md."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.between import PAGE, markers, put_between
from benchmarks.journeys.record import Walk
from benchmarks.journeys.shops import SHOPS
from benchmarks.journeys.tables import by_mutation, by_stage, failures, safety_and_time

BEGIN, END = markers("journeys")


def section(walks: Iterable[Walk]) -> str:
    """What was measured, with its conditions."""
    every = sorted(walks, key=lambda walk: (list(SHOPS).index(walk.shop), walk.mutation))
    plain = [walk for walk in every if walk.mutation == "none"]
    mutations = [walk for walk in every if walk.mutation != "none"]
    on, off = ([walk for walk in plain if walk.platform_facts is facts] for facts in (True, False))
    return "\n\n".join(
        [
            _conditions(every),
            "### Stages, with what is known of platforms",
            by_stage(on),
            "### Stages, without platform facts",
            f"Walked so: {_walked(off)}.",
            by_stage(off),
            "### Mutations: payment step reached",
            f"Walked so: {_walked(mutations)}.",
            by_mutation(mutations),
            "### No order, and time",
            safety_and_time(every),
            "### What did not come to the payment step",
            failures(every),
        ]
    )


def publish(walks: Iterable[Walk], page: Path = PAGE) -> None:
    """:raises ValueError: when the page has lost its markers."""
    put_between("journeys", section(walks), page)


def _walked(walks: Sequence[Walk]) -> str:
    shops = dict.fromkeys(walk.shop for walk in walks)
    languages = {shop: dict.fromkeys(walk.language for walk in walks if walk.shop == shop) for shop in shops}
    return "; ".join(f"{shop} in {', '.join(spoken)}" for shop, spoken in languages.items()) or "nothing yet"


def _conditions(walks: Sequence[Walk]) -> str:
    first, last = min(walk.at for walk in walks), max(walk.at for walk in walks)
    dates = f"{first:%Y-%m-%d}" if first.date() == last.date() else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    browsers = ", ".join(sorted({walk.browser for walk in walks}))
    devices = ", ".join(sorted({walk.device for walk in walks}))
    lines = [f"Measured {dates} with Chromium {browsers}; device: {devices}; 2 cores, everything on one machine.", ""]
    for name in dict.fromkeys(walk.shop for walk in walks):
        languages = ", ".join(dict.fromkeys(walk.language for walk in walks if walk.shop == name))
        versions = ", ".join(dict.fromkeys(walk.shop_version for walk in walks if walk.shop == name))
        lines.append(f"* {name}: {versions}, in {languages} ({SHOPS[name].about})")
    return "\n".join(lines)
