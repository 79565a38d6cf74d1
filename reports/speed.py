"""Timed loads for a report: how each page filled up, what it waited for, and the two states of a page that has them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from auditor.evidence import Device, Ended, PaintTrial, SecondLook, Timed, TimedLoad
from auditor.reading.causes import file_name
from auditor.reading.first_view import first_view_of
from auditor.reading.performance import PerformanceProfile, performance
from auditor.reading.repeated import Repeated, middle_load, repeated, slower, value_of
from auditor.result import AuditResult, PageResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.language import Words
from reports.shop_text import clean, shown_address
from reports.speed_files import FileRow, file_row, kinds_of, shown_files
from reports.speed_states import Film, State, films_of, states_of
from reports.wording import DEVICES, TEMPLATES, _, _n, number, quantity

MOST_BYTES = 16 * 2**20
"""Of a file timed.json."""


SCORE_PROFILES = Words[str](
    {
        "web-vitals": _(
            "Its curves are Lighthouse's for phones, which hold the Core Web Vitals' limits, on both devices."
        ),
        "lighthouse": _("Its curves are Lighthouse's, which are stricter on desktops than Core Web Vitals."),
    }
)


@dataclass(frozen=True)
class Phase:
    """``kind`` names its colour; ``size`` in percent of the whole."""

    kind: str
    name: str
    value: str
    size: float


@dataclass(frozen=True)
class TimedPage:
    """``lines`` are sentences about the page; ``axis`` is the length of the waterfall in words. ``leading``: the first
    page of its kind, or one with two states; on paper the others are left out."""

    anchor: str
    template: str
    page: str
    url: str
    device: Device
    device_name: str
    summary: str
    score: int | None
    films: tuple[Film, ...]
    phases: tuple[Phase, ...]
    files: tuple[FileRow, ...]
    files_in_all: int
    axis: str
    kinds: str
    states: tuple[State, ...]
    lines: tuple[str, ...]
    leading: bool


def profile_of(folder: RunFolder) -> PerformanceProfile:
    try:
        return folder.settings().speed.profile
    except RunFolderError:
        return "web-vitals"


def timed_pages(result: AuditResult, folder: RunFolder, profile: PerformanceProfile) -> tuple[TimedPage, ...]:
    """Of every page and device that has timed loads, in the order of the panel; broken files are left out."""
    found = ((page, _timed(folder.path, page)) for page in result.pages if page.ended is Ended.LOADED)
    made = [
        _page(place, page, timed, profile)
        for place, (page, timed) in enumerate(found, 1)
        if timed is not None and any(load.observed for load in timed.loads)
    ]
    first: dict[str, str] = {}
    for page in sorted(made, key=lambda page: list(Device).index(page.device)):
        first.setdefault(page.template, page.anchor)
    return tuple(replace(page, leading=bool(page.states) or page.anchor in first.values()) for page in made)


def _timed(folder: Path, page: PageResult) -> Timed | None:
    try:
        path = (folder / "pages" / page.visit / "timed.json").resolve()
        if not path.is_relative_to(folder.resolve()) or path.stat().st_size > MOST_BYTES:
            return None
        return Timed.model_validate_json(path.read_bytes())
    except (OSError, ValueError, ValidationError):
        return None


def _page(place: int, page: PageResult, timed: Timed, profile: PerformanceProfile) -> TimedPage:
    lcp, load = repeated(timed, "lcp"), middle_load(timed)
    score = performance(timed, profile)
    files = load.traced.fetched if load and load.traced else ()
    shown = shown_files(files, load)
    end = max([file.end_ms for file in shown] or [0.0])
    return TimedPage(
        anchor=f"speed-{place}",
        template=TEMPLATES[page.template],
        page=shown_address(page.key, 100),
        url=page.url,
        device=page.device,
        device_name=DEVICES[page.device],
        summary=_summary(timed, slower(timed, "lcp")),
        score=None if score is None else round(score.median),
        films=tuple(films_of(timed, lcp)),
        phases=tuple(_phases(load)),
        files=tuple(file_row(place, file, load, end) for place, file in enumerate(shown)),
        files_in_all=load.traced.fetched_in_all if load and load.traced else 0,
        axis=quantity(end, "ms"),
        kinds=kinds_of(files),
        states=tuple(states_of(timed, lcp)),
        lines=tuple(_lines(timed, load)),
        leading=False,
    )


def _summary(timed: Timed, lcp: Repeated | None) -> str:
    if lcp is None:
        return _("no largest contentful paint was seen")
    if lcp.states:
        quick, slow = (quantity(state, "ms") for state in lcp.states)
        return _("two states: largest contentful paint after {quick} or {slow}").format(quick=quick, slow=slow)
    count = len(lcp.samples)
    return _n(
        "largest contentful paint after {value}, one load",
        "largest contentful paint after {value}, median of {count} loads",
        count,
    ).format(value=quantity(lcp.median, "ms"), count=number(count, 0))


def _phases(load: TimedLoad | None) -> Iterator[Phase]:
    parts = load.traced.phases if load and load.traced else None
    if parts is None:
        return
    named = (
        ("wait", _("Waiting for the server"), parts.ttfb_ms),
        ("delay", _("Until its file was asked for"), parts.load_delay_ms),
        ("fetch", _("Loading its file"), parts.load_ms),
        ("show", _("Showing it"), parts.render_delay_ms),
    )
    whole = sum(value or 0.0 for _kind, _name, value in named) or 1.0
    for kind, name, value in named:
        if value is not None:
            yield Phase(kind, name, quantity(value, "ms"), round(100 * value / whole, 2))


def _lines(timed: Timed, load: TimedLoad | None) -> Iterator[str]:
    view = first_view_of(timed, load) if load else None
    if view is not None:
        percent = number(100 * view.likeness, 0)
        if timed.method == "simulated":
            yield _(
                "First view after 2.6 s on the simulated device, an estimate: {percent} % like the settled one."
            ).format(percent=percent)
        else:
            yield _("First view after 2.6 s: {percent} % like the settled one.").format(percent=percent)
    if timed.trial is not None:
        yield from _trial(timed, timed.trial)
    if timed.again is not None:
        yield from _second_view(timed.again)


def _trial(timed: Timed, trial: PaintTrial) -> Iterator[str]:
    """What was tried of files that Lighthouse has the paints wait for."""
    lantern = [value for load in timed.loads if (value := value_of(load, "lcp", "simulated")) is not None]
    names = _(", ").join(f"`{clean(file_name(url), 60)}`" for url in trial.raced[:4])
    if trial.fcp is None:
        yield _("Whether the page paints without its late scripts could not be tried ({why}).").format(
            why=clean(trial.note, 200)
        )
    elif not trial.fcp:
        yield _("The page shows nothing until its late scripts have run: with those held back nothing was painted.")
    elif trial.lcp and lantern and names:
        yield _(
            "Lighthouse counts files that the page paints without ({names}): with those held back, its largest paint"
            " came all the same. Lighthouse's figure for these loads is {least} to {most}."
        ).format(names=names, least=quantity(min(lantern), "ms"), most=quantity(max(lantern), "ms"))
    elif not trial.lcp:
        yield _("Its largest part appears only once late scripts have run: with those held back it was missing.")


def _second_view(again: SecondLook) -> Iterator[str]:
    if again.lcp_ms is not None and again.sent_bytes is not None:
        yield _("Second view with a filled cache, on this machine: largest paint after {time}, {size} fetched.").format(
            time=quantity(again.lcp_ms, "ms"), size=quantity(again.sent_bytes, "bytes")
        )
    if again.kept_whole:
        yield _("Back and forward: the browser keeps the page and shows it at once.")
    elif again.not_kept:
        reasons = _(", ").join(f"`{clean(name, 60)}`" for name in again.not_kept[:4])
        yield _("Back and forward: the page has to load again ({reasons}).").format(reasons=reasons)
    if again.note:
        yield _("Second view: {why}.").format(why=clean(again.note, 200))
