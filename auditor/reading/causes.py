"""What the trace of a timed load blames."""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote, urlsplit

from auditor.check import Judgement, NotRecorded
from auditor.evidence import Cause, Insight, Timed
from auditor.finding import Measure, Problem
from auditor.reading.repeated import middle_load


def insight(timed: Timed, name: str) -> Insight:
    """One of the trace engine's insights, of the load in the middle.

    :raises NotRecorded: when no load has it.
    """
    load = middle_load(timed)
    if load is None or load.traced is None:
        raise NotRecorded(timed.why or "no load was traced")
    for one in load.traced.insights:
        if one.name == name:
            return one
    raise NotRecorded(load.traced.failed.get(name) or f"the trace engine says nothing of {name}")


def by_owner(causes: Iterable[Cause]) -> dict[str, list[Cause]]:
    """``{"shop": [...], "Google Fonts": [...]}``"""
    groups: dict[str, list[Cause]] = {}
    for cause in causes:
        groups.setdefault(cause.owner, []).append(cause)
    return groups


def sent_in_vain(
    timed: Timed, name: str, least_kib: float, told: Callable[[Sequence[Cause]], dict[str, str | int]]
) -> Judgement:
    """What the insight ``name`` says that scripts waste: a measure in KiB, and a problem for each owner of at least
    ``least_kib``. ``told`` gives the values beside file and KiB.

    :raises NotRecorded: when no load has it.
    """
    found = insight(timed, name)
    yield Measure(value=round((found.wasted_bytes or 0.0) / 1024, 1), unit="KiB")
    for owner, causes in by_owner(found.causes).items():
        wasted = sum(cause.wasted_bytes or 0.0 for cause in causes) / 1024
        if wasted >= least_kib:
            values = {"file": file_name(causes[0].url), "kib": round(wasted), **told(causes)}
            yield Problem(values=values, discriminator=f"owner:{owner}", owner=owner)


def file_name(url: str) -> str:
    """What a person calls a file: the end of its path, or its host."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2])[:80] or parts.netloc[:80] or url[:80]


def kib(causes: Iterable[Cause], fact: str = "bytes") -> int:
    return round(sum(float(cause.facts.get(fact, 0)) for cause in causes) / 1024)
