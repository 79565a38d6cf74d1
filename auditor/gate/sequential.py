"""How many loads are enough: the rank tests are looked at several times, and their error level is kept.

The level is shared out beforehand, so that the sum over everything that could close the gate by chance is the level:
equally over the metrics; half of a metric's part to the test over all pages, half to the tests of single pages,
equally; and equally over the looks. Whatever is stopped early, and why, can only take chances away (Bonferroni).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.evidence import Device
from auditor.gate.policy import Timing
from auditor.gate.ranks import Pair, p_worse, shift_of, upper_bound
from auditor.gate.verdict import TimingAnswer

LOOKS = (5, 7, 9, 12, 15)
"""Loads of a side of a page at which the tests are looked at. With fewer than 5 none is."""
SUSPICIOUS = 0.1
"""A page whose own test is below gets more loads although all pages together are steady."""

Samples = Mapping[str, Sequence[Pair]]
"""Metric to the pages on which it was measured."""


def looks(timing: Timing) -> tuple[int, ...]:
    return tuple(look for look in LOOKS if look <= timing.most_loads) or LOOKS[:1]


def answers(timing: Timing, samples: Samples, device: Device, number_of_looks: int) -> tuple[TimingAnswer, ...]:
    """What the loads so far say of each metric: over all pages, then of each page that became worse by itself.

    Pages that have more loads than others count with as many as all have, in the test over all pages.
    """
    found: list[TimingAnswer] = []
    for metric, pairs in samples.items():
        if not pairs:
            continue
        part = timing.level / len(samples) / number_of_looks / 2
        least = min(pair.loads for pair in pairs)
        whole = [replace(pair, before=pair.before[:least], after=pair.after[:least]) for pair in pairs]
        found.append(_answer(timing, metric, device, whole, part))
        pages = [_answer(timing, metric, device, [pair], part / len(pairs), pair.page) for pair in pairs]
        found += [answer for answer in pages if answer.verdict == "worse"] if len(pairs) > 1 else []
    return tuple(found)


def wanted(timing: Timing, samples: Samples, device: Device, number_of_looks: int) -> frozenset[str]:
    """The pages that need more loads: none once the gate is certain to close, or everything is steady."""
    said = answers(timing, samples, device, number_of_looks)
    if any(answer.verdict == "worse" for answer in said):
        return frozenset()
    whole = {answer.metric: answer.verdict for answer in said if answer.page is None}
    asked: set[str] = set()
    for metric, pairs in samples.items():
        if whole.get(metric, "unclear") != "steady":
            asked.update(pair.page for pair in pairs)
        else:
            asked.update(pair.page for pair in pairs if _suspicious(timing, metric, pair))
    return frozenset(asked)


def _suspicious(timing: Timing, metric: str, pair: Pair) -> bool:
    return _matters(timing, metric, [pair], shift_of([pair])) and p_worse([pair]) <= SUSPICIOUS


def _answer(
    timing: Timing, metric: str, device: Device, pairs: Sequence[Pair], level: float, page: str | None = None
) -> TimingAnswer:
    loads = min(pair.loads for pair in pairs)
    before = sum(pair.middle for pair in pairs) / len(pairs)
    p, shift = p_worse(pairs), shift_of(pairs)
    bound = upper_bound(pairs) if loads >= LOOKS[0] and page is None else None
    made = TimingAnswer(
        metric=metric, device=device, page=page, verdict="unclear", loads=loads, before=before, p=p, shift=shift,
        after=sum(Pair(pair.page, pair.after, pair.before).middle for pair in pairs) / len(pairs), excluded=bound,
    )  # fmt: skip
    if loads < LOOKS[0]:
        return made.model_copy(update={"verdict": "too_few"})
    if p <= level and _matters(timing, metric, pairs, shift):
        return made.model_copy(update={"verdict": "worse"})
    if bound is not None and not _matters(timing, metric, pairs, bound):
        return made.model_copy(update={"verdict": "steady"})
    return made


def _matters(timing: Timing, metric: str, pairs: Sequence[Pair], shift: float) -> bool:
    """Whether a worsening by this share is as large as the policy asks, and in the metric's unit too."""
    scale = sum(pair.scale for pair in pairs) / len(pairs)
    return shift >= timing.effect and shift * scale >= timing.floor(metric)
