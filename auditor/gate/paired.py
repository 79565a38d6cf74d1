"""The timed part of a gate: loads in turns until the answer is certain or the time is over."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from auditor.audit import egress_policy
from auditor.browser.browser_process import BrowserDied, BrowserProcess
from auditor.browser.paired_loads import PairedLoads
from auditor.browser.session import BrowserSession
from auditor.egress import EgressProxy
from auditor.evidence import Device, Frozen, TimedLoad
from auditor.gate.policy import Timing
from auditor.gate.ranks import Pair
from auditor.gate.sequential import answers, looks, wanted
from auditor.gate.side import Side
from auditor.gate.verdict import TimingAnswer
from auditor.progress import Progress
from auditor.reading.repeated import OTHERS, SIMULATED, Kind, MetricName, contested, value_of
from auditor.result import Metric
from auditor.settings import ShopSettings

MOST_PAGES = 4
"""One of each template: with 5 loads of each side that is 40 loads at least."""
MOST_FAILED = 3
SHARED = (
    "Other programs used much of this machine during the timed loads: a worsening that is found holds, but a small one "
    "may be missed. Use a runner of its own."
)

Taken = dict[str, tuple[list[TimedLoad], list[TimedLoad]]]
"""Page to the loads of both sides."""


class Timed(Frozen):
    """What the timed part has to say."""

    answers: tuple[TimingAnswer, ...] = ()
    notes: tuple[str, ...] = ()


def timed_pages(before: Side, after: Side) -> tuple[str, ...]:
    """The first page of each template that both sides have, in the panel's order."""
    shared: dict[str, str] = {}
    for one in after.counted:
        if one.page in before.pages:
            shared.setdefault(one.template, one.page)
    return tuple(shared.values())[:MOST_PAGES]


async def timed_gate(
    timing: Timing,
    base: ShopSettings,
    candidate: ShopSettings,
    pages: Mapping[str, tuple[str, str]],
    *,
    seed: int,
    seconds_left: Callable[[], float],
    progress: Progress,
) -> Timed:
    """Load ``pages`` (key to its addresses at base and candidate) in turns, in an order that ``seed`` decides, and look
    at the tests each time enough loads are there."""
    device, steps = candidate.devices[0], looks(timing)
    progress.stage("time", len(pages) * steps[0] * 2)
    taken: Taken = {page: ([], []) for page in pages}
    random, notes = Random(seed), list[str]()
    try:
        async with contextlib.AsyncExitStack() as last:
            sessions = [await _session(last, shop, progress) for shop in (base, candidate)]
            lane = await last.enter_async_context(PairedLoads(sessions[0], sessions[1]))
            if lane.why:
                notes.append(f"The {lane.why}.")
            asked = frozenset(pages)
            for look in steps:
                for page in _rounds(taken, asked, look):
                    if seconds_left() <= 0:
                        break
                    if page not in taken:
                        continue
                    for side in random.sample((0, 1), 2):
                        progress.step(f"{page} ({'base' if side == 0 else 'candidate'})")
                        taken[page][side].append(await lane.load(side, pages[page][side], device))
                    if _hopeless(taken[page]):
                        notes.append(f"{page} could not be timed: {_note(taken.pop(page))}.")
                asked = wanted(timing, samples(timing, taken), device, len(steps)) if taken else frozenset()
                if seconds_left() <= 0:
                    notes.append("The timed loads were ended when the gate's time was over.")
                if not asked or seconds_left() <= 0:
                    break
    except BrowserDied as error:
        notes.append(f"The timed loads were ended: {error}")
    if _shared(taken):
        notes.append(SHARED)
    return Timed(answers=_answers(timing, taken, device, len(steps)), notes=tuple(notes))


async def _session(last: contextlib.AsyncExitStack, shop: ShopSettings, progress: Progress) -> BrowserSession:
    egress = await last.enter_async_context(EgressProxy(egress_policy(shop)))
    process = await last.enter_async_context(BrowserProcess(proxy=egress.url, progress=progress))
    return await last.enter_async_context(BrowserSession(shop, proxy=egress.url, progress=progress, process=process))


def _rounds(taken: Taken, asked: frozenset[str], look: int) -> list[str]:
    """Pages in turns, each as often as it still lacks loads; those that fail are made again once at the next look."""
    lacking = {page: look - min(map(len, taken[page])) for page in taken if page in asked}
    return [page for turn in range(max(lacking.values(), default=0)) for page, lacks in lacking.items() if turn < lacks]


def samples(timing: Timing, taken: Taken) -> dict[str, list[Pair]]:
    """Pages on which both sides have the same kind of number for the metric."""
    found: dict[str, list[Pair]] = {metric: [] for metric in timing.metrics}
    for metric in timing.metrics:
        for page, sides in taken.items():
            for kind in _kinds(metric, sides):
                before, after = (
                    tuple(value for load in side if (value := value_of(load, metric, kind)) is not None)
                    for side in sides
                )  # fmt: skip
                if min(len(before), len(after)) >= min(map(len, sides)) - 1 and before and after:
                    found[metric].append(Pair(page, before, after, timing.floor(metric)))
                    break
    return found


def _kinds(metric: MetricName, sides: Iterable[Sequence[TimedLoad]]) -> tuple[Kind, ...]:
    """Both sides by one estimate: Lantern's where it makes a difference, as nothing was tried here."""
    if metric not in SIMULATED:
        return ("observed",)
    steady = not any(contested(load) for side in sides for load in side)
    return ("steady", "simulated", "observed") if steady else ("simulated", "observed")


def _answers(timing: Timing, taken: Taken, device: Device, steps: int) -> tuple[TimingAnswer, ...]:
    return answers(timing, samples(timing, taken), device, steps)


def answers_from_baseline(
    timing: Timing, before: Sequence[Metric], after: Sequence[Metric], device: Device
) -> tuple[TimingAnswer, ...]:
    """The samples of a baseline file against those of this run: one look, and no turns to even out a drift."""
    known = {(one.page, one.name, one.method): one.samples for one in before if one.device is device and not one.shared}
    found: dict[str, list[Pair]] = {metric: [] for metric in timing.metrics}
    for one in after:
        old = known.get((one.page, one.name, one.method))
        if old and one.name in found and one.device is device and not one.shared:
            found[one.name].append(Pair(one.page, old, one.samples, timing.floor(one.name)))
    return answers(timing, {metric: pairs for metric, pairs in found.items() if pairs}, device, 1)


def _hopeless(sides: tuple[list[TimedLoad], list[TimedLoad]]) -> bool:
    return any(
        len(side) >= MOST_FAILED and all(load.observed is None for load in side[-MOST_FAILED:]) for side in sides
    )  # fmt: skip


def _note(sides: tuple[list[TimedLoad], list[TimedLoad]]) -> str:
    return next((load.note for side in sides for load in reversed(side) if load.note), "no load measured anything")


def _shared(taken: Mapping[str, tuple[list[TimedLoad], list[TimedLoad]]]) -> bool:
    """Others used the machine during half of the loads or more. The order of the loads is drawn, so that this meets
    both sides alike: a worsening that is found holds, but one may be missed."""
    loads = [load for sides in taken.values() for side in sides for load in side]
    busy = sum(load.others is not None and load.others > OTHERS for load in loads)
    return bool(loads) and 2 * busy >= len(loads)
