"""The loads of one page on one device: which pages are timed, and what is kept of each load."""

from collections.abc import Iterable
from datetime import UTC, datetime

from auditor.evidence import Ended, PageEvidence, Timed, TimedLoad
from auditor.reading.causes import blamed_ms
from auditor.reading.performance import WEIGHTS, good
from auditor.reading.repeated import outvote, picture_of_most, repeated, slower, value_of


def chosen(visits: Iterable[PageEvidence], most: int | None) -> list[PageEvidence]:
    """The loaded visits, of each template and device at most ``most``."""
    counts: dict[tuple[str, str], int] = {}
    taken = []
    for visit in visits:
        kind = (visit.page.template, visit.visit.device)
        if visit.visit.ended is Ended.LOADED and (most is None or counts.get(kind, 0) < most):
            counts[kind] = counts.get(kind, 0) + 1
            taken.append(visit)
    return taken


def with_load(timed: Timed, load: TimedLoad, why: str = "") -> Timed:
    """Only the load in the middle keeps its insights: those of the others say the same, and are large. ``why`` is that
    of the whole lane; a load's own reason counts until as many loads as wanted have all their numbers."""
    loads = (*timed.loads, load)
    complete = sum(one.observed is not None and one.traced is not None for one in loads) >= timed.wanted
    timed = timed.model_copy(update={"loads": loads, "why": why or ("" if complete else load.note or timed.why)})
    keeps = middle(timed)
    return timed.model_copy(update={"loads": tuple(_slim(one) if one is not keeps else one for one in timed.loads)})


def middle(timed: Timed) -> TimedLoad | None:
    """Of the loads that still have insights, the one whose LCP is nearest to the median; of those first that had the
    same largest picture as most."""
    lcp = repeated(timed, "lcp")
    picture, _count = picture_of_most(timed)
    full = [load for load in timed.loads if load.traced and load.traced.insights]
    full = [load for load in full if load.traced and load.traced.lcp_url == picture] or full
    if lcp is None or not full:
        return full[-1] if full else None
    return min(full, key=lambda load: abs((value_of(load, "lcp", lcp.kind) or 0.0) - lcp.median))


def _slim(load: TimedLoad) -> TimedLoad:
    if load.traced is None or not (load.traced.insights or load.traced.fetched):
        return load
    left = {"insights": (), "fetched": (), "raced": (), "awaited": (), "blamed": blamed_ms(load.traced)}
    return load.model_copy(update={"traced": load.traced.model_copy(update=left)})


def films_kept(timed: Timed) -> Timed:
    """Only the load in the middle keeps its film, and, of a page with two states, one load of the other. As long as it
    may turn out to have two states, all do."""
    lcp, kept = repeated(timed, "lcp"), middle(timed)
    if len(timed.loads) < timed.wanted or (lcp is not None and lcp.apart):
        return timed
    wanted = [kept]
    if lcp is not None and lcp.states and kept is not None:
        kind = lcp.kind

        def far(load: TimedLoad, state: float) -> float:
            return abs((value_of(load, "lcp", kind) or 0.0) - state)

        other = max(lcp.states, key=lambda state: far(kept, state))
        filmed = [load for load in timed.loads if load.film]
        wanted.append(min(filmed, key=lambda load: far(load, other), default=None))
    loads = tuple(load if load in wanted else load.model_copy(update={"film": ()}) for load in timed.loads)
    return timed.model_copy(update={"loads": loads})


def stands_apart(timed: Timed) -> bool:
    lcp = repeated(timed, "lcp")
    return lcp is not None and lcp.apart


def undecided(timed: Timed) -> bool:
    """Whether a number of the score is good in some loads and not in others, or the largest picture is another one, so
    that a few more shall tell. Where no picture comes again none will."""
    _picture, count = picture_of_most(timed)
    if count > 1 and not outvote(count, sum(load.traced is not None for load in timed.loads)):
        return True
    found = ((name, slower(timed, name)) for name in WEIGHTS)
    return any(loads is not None and loads.undecided(good(name, timed.device)) for name, loads in found)


def empty(visit: PageEvidence, wanted: int, method: str) -> Timed:
    return Timed.model_validate(
        {
            "visit": visit.visit.id, "page_key": visit.page.key, "device": visit.visit.device, "method": method,
            "wanted": wanted, "started_at": datetime.now(UTC),
        }
    )  # fmt: skip
