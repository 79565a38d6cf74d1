"""How a page filled up, and the two states of a page that has them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from auditor.evidence import Timed, TimedLoad
from auditor.reading.causes import file_name
from auditor.reading.repeated import Repeated, middle_load, value_of
from reports.shop_text import clean
from reports.wording import _, listed, quantity


@dataclass(frozen=True)
class FilmPicture:
    """``file`` in the run folder; ``label`` says when, ``mark`` what happened by then."""

    file: str
    label: str
    mark: str


@dataclass(frozen=True)
class Film:
    title: str
    pictures: tuple[FilmPicture, ...]


@dataclass(frozen=True)
class State:
    """One of two groups of loads: what it is called, how many loads, and facts as label and value."""

    name: str
    loads: int
    facts: tuple[tuple[str, str], ...]


def films_of(timed: Timed, lcp: Repeated | None) -> Iterator[Film]:
    filmed = [load for load in timed.loads if load.film]
    if lcp is not None and lcp.states:
        filmed.sort(key=lambda load: value_of(load, "lcp", lcp.kind) or 0.0)
    else:
        filmed = [load for load in filmed if load is middle_load(timed)]
    for load in filmed:
        value = value_of(load, "lcp", lcp.kind) if lcp else None
        several = len(filmed) > 1 and value is not None
        title = _("Load with a largest paint after {value}").format(value=quantity(value or 0, "ms")) if several else ""
        yield Film(title, tuple(_pictures(load)))


def _pictures(load: TimedLoad) -> Iterator[FilmPicture]:
    seen = load.traced.observed if load.traced else {}
    events = {_("first paint"): seen.get("fcp"), _("largest paint"): seen.get("lcp")}
    starts = [frame.at_ms for frame in load.film]
    for place, frame in enumerate(load.film):
        until = starts[place + 1] if place + 1 < len(starts) else float("inf")
        # What was painted between this picture and the next one is to be seen on the next.
        since = starts[place - 1] if place else float("-inf")
        marks = [name for name, at in events.items() if at is not None and since < at <= frame.at_ms]
        if until == float("inf"):
            marks += [name for name, at in events.items() if at is not None and at > frame.at_ms]
        yield FilmPicture(frame.picture, quantity(frame.at_ms, "ms"), listed(marks))


def states_of(timed: Timed, lcp: Repeated | None) -> Iterator[State]:
    if lcp is None or not lcp.states:
        return
    border = sum(lcp.states) / 2
    timings = [(load, value) for load in timed.loads if (value := value_of(load, "lcp", lcp.kind)) is not None]
    groups = (
        (_("Quicker state"), [load for load, value in timings if value <= border]),
        (_("Slower state"), [load for load, value in timings if value > border]),
    )
    for (name, loads), state in zip(groups, lcp.states, strict=True):
        facts = [(_("Largest contentful paint"), quantity(state, "ms"))]
        elements = Counter(
            clean(load.traced.lcp_element, 80) for load in loads if load.traced and load.traced.lcp_element
        )
        if elements:
            facts.append((_("Largest element"), elements.most_common(1)[0][0]))
        pictures = Counter(
            clean(file_name(load.traced.lcp_url), 60) for load in loads if load.traced and load.traced.lcp_url
        )
        facts.append((_("Its file"), pictures.most_common(1)[0][0] if pictures else _("none, it is text")))
        for label, field in (
            (_("Waiting for the server"), "ttfb_ms"), (_("Until its file was asked for"), "load_delay_ms"),
            (_("Loading its file"), "load_ms"), (_("Showing it"), "render_delay_ms"),
        ):  # fmt: skip
            values = [getattr(load.traced.phases, field) for load in loads if load.traced and load.traced.phases]
            known = [value for value in values if value is not None]
            if known:
                facts.append((label, quantity(median(known), "ms")))
        yield State(name, len(loads), tuple(facts))
