"""What the trace of a timed load blames."""

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.check import Judgement, NotRecorded
from auditor.evidence import Cause, Insight, Timed, TracedRun
from auditor.finding import Measure, Problem
from auditor.reading.repeated import middle_load, repeated

_FILE = re.compile(r"[^/]\.(?:jpe?g|png|webp|avif|gif|svg|m?js|css|woff2?|mp4|webm)$", re.IGNORECASE)


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


def blamed_ms(run: TracedRun) -> dict[str, float]:
    """What a load blames on what: ``{"RenderBlocking": 400, "FontDisplay Inter": 120, "ForcedReflow shop": 35}``, in
    ms. After the insight's name stands the font or the owner."""
    if run.blamed is not None:
        return run.blamed
    found: dict[str, float] = {}
    for one in run.insights:
        if one.name == "RenderBlocking":
            found[one.name] = delay_ms(one)
        for cause in one.causes:
            wasted = cause.wasted_ms or 0.0
            if one.name == "FontDisplay":
                key = f"{one.name} {family_of(cause)}"
                found[key] = max(found.get(key, 0.0), wasted)
            elif one.name == "ThirdParties" or (one.name == "ForcedReflow" and cause.url):
                key = f"{one.name} {cause.owner}"
                found[key] = found.get(key, 0.0) + wasted
    return found


def in_every_load(timed: Timed, blamed: str, least_ms: float) -> bool:
    """Whether all loads blame it for that much, as :func:`blamed_ms` names it, on a machine that was theirs. One load
    is never enough; of loads that were recorded before each kept its numbers, that in the middle speaks for all."""
    runs = [load.traced for load in timed.loads if load.traced]
    lcp = repeated(timed, "lcp")
    if len(runs) < 2 or (lcp is not None and lcp.shared):
        return False
    told = [blamed_ms(run).get(blamed, 0.0) for run in runs if run.insights or run.blamed is not None]
    return bool(told) and min(told) >= least_ms


def delay_ms(insight: Insight) -> float:
    """Estimated saving of the first or the largest paint."""
    return max(insight.savings.get("fcp", 0.0), insight.savings.get("lcp", 0.0))


def holding_back(timed: Timed, found: Insight) -> Insight:
    """The insight RenderBlocking without files that the page was seen to paint without: scripts at its end. What is
    saved is then no more than the slowest of the others takes."""
    if timed.trial is None or not timed.trial.fcp:
        return found
    raced = frozenset(timed.trial.raced)
    causes = tuple(one for one in found.causes if one.url not in raced and not one.facts.get("in_body"))
    if len(causes) == len(found.causes):
        return found
    most = max((one.wasted_ms or 0.0 for one in causes), default=0.0)
    savings = {name: min(saved, most) for name, saved in found.savings.items()}
    return found.model_copy(update={"causes": causes, "savings": savings})


def family_of(cause: Cause) -> str:
    return str(cause.facts.get("family") or file_name(cause.url))[:80]


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
    """What a person calls a file: the end of its path, or its host. Where the path is that of a program which serves
    the file that its query names (``/image?url=/cups/blue.png&w=640``), that file."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    if "." not in last:
        asked = (value.partition("?")[0].rpartition("/")[2] for _name, value in parse_qsl(parts.query[:2000]))
        last = next((name for name in asked if _FILE.search(name)), last)
    return last[:80] or parts.netloc[:80] or url[:80]


def kib(causes: Iterable[Cause], fact: str = "bytes") -> int:
    return round(sum(float(cause.facts.get(fact, 0)) for cause in causes) / 1024)
