"""Numbers of a shop's runs over time, as lines of SVG and as the table that says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from babel.dates import format_date
from markupsafe import Markup
from persiantools.jdatetime import JalaliDate

from auditor.evidence import Device, Template
from auditor.result import AuditResult, Environment
from reports.language import _, current, number
from reports.wording import AREAS, DEVICES, METRICS, PAGES_OF, quantity

WIDTH, HEIGHT, SIDE, TOP, FOOT = 340.0, 96.0, 10.0, 18.0, 20.0
MOST_LINES = 9
MOST_RUNS = 24
TIMED = ("lcp", "cls", "tbt")
TEMPLATES = (Template.HOME, Template.CATEGORY, Template.PRODUCT)


@dataclass(frozen=True)
class TrendLine:
    """``svg`` shows what ``rows`` say: the day of each run and its value, "" where it has none. ``broken``: the
    environment or the score's weights changed on the way, and the line with them."""

    title: str
    svg: Markup
    rows: tuple[tuple[str, str], ...]
    broken: bool


def trend_lines(history: Sequence[AuditResult], result: AuditResult) -> tuple[TrendLine, ...]:
    """Of the score, the areas, and the timed metrics of the main templates; none with fewer than two numbers."""
    runs = sorted((*history[-(MOST_RUNS - 1) :], result), key=lambda run: run.run.started_at)
    if len(runs) < 2:
        return ()
    made = [_line(_("Overall score"), runs, [run.scores.overall for run in runs], "points")]
    for row in result.scores.areas:
        made.append(_line(AREAS[row.area], runs, [_area(run, row.area) for run in runs], "points"))
    for name in TIMED:
        for template in TEMPLATES:
            device = Device.MOBILE
            title = _(", ").join((METRICS[name], PAGES_OF[template], DEVICES[device]))
            values = [_metric(run, name, template, device) for run in runs]
            made.append(_line(title, runs, values, "score" if name == "cls" else "ms"))
    return tuple(line for line in made if line is not None)[:MOST_LINES]


def _area(run: AuditResult, area: object) -> float | None:
    return next((row.score for row in run.scores.areas if row.area == area), None)


def _metric(run: AuditResult, name: str, template: Template, device: Device) -> float | None:
    """The median over the template's pages; times of untimed visits are not compared."""
    keys = {page.key for page in run.pages if page.template is template}
    values = [
        metric.median
        for metric in run.metrics
        if metric.name == name and metric.device is device and metric.page in keys and metric.method != "untimed"
    ]
    return median(values) if values else None


def _line(title: str, runs: Sequence[AuditResult], values: Sequence[float | None], unit: str) -> TrendLine | None:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    epochs = [f"{run.run.environment.score_profile} {run.run.environment.checks_digest}" for run in runs]
    if unit != "points":
        epochs = [_lab(run.run.environment) for run in runs]
    days = [day(run.run.started_at) for run in runs]
    shown = ["" if value is None else _value(value, unit) for value in values]
    return TrendLine(
        title, _svg(title, values, epochs, shown), tuple(zip(days, shown, strict=True)), len(set(epochs)) > 1
    )


def _lab(environment: Environment) -> str:
    """What measures: how paints are counted may change with a minor version of ours."""
    version = ".".join(environment.auditor.split(".")[:2])
    return f"{environment.browser} {environment.cores} {version}"


def _svg(title: str, values: Sequence[float | None], epochs: Sequence[str], shown: Sequence[str]) -> Markup:
    """Time runs as the language reads; no line joins what is not comparable."""
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    span, step = (high - low) or 1.0, (WIDTH - 2 * SIDE) / max(1, len(values) - 1)
    mirrored = current().direction == "rtl"

    def at(place: int, value: float) -> tuple[float, float]:
        across = SIDE + place * step
        return WIDTH - across if mirrored else across, TOP + (HEIGHT - TOP - FOOT) * (1 - (value - low) / span)

    seen = [(place, value) for place, value in enumerate(values) if value is not None]
    parts = []
    for (one, old), (two, new) in pairwise(seen):
        if epochs[one] == epochs[two]:
            (x1, y1), (x2, y2) = at(one, old), at(two, new)
            parts.append(Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(x1, y1, x2, y2))
    for place, value in seen:
        x, y = at(place, value)
        parts.append(Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3"/>').format(x, y))
    for place in (seen[0][0], seen[-1][0]):
        x, y = at(place, values[place] or 0.0)
        anchor = "start" if x < WIDTH / 2 else "end"
        above = y - 7 if y > TOP + 4 else y + 14
        text = '<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>'
        parts.append(Markup(text).format(x - 4 if anchor == "start" else x + 4, above, anchor, shown[place]))
    told = _("{title}: from {first} to {last}").format(title=title, first=shown[seen[0][0]], last=shown[seen[-1][0]])
    return Markup(
        '<svg class="trend" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}" direction="ltr">{}</svg>'
    ).format(WIDTH, HEIGHT, told, Markup("").join(parts))


def _value(value: float, unit: str) -> str:
    return number(value, 0) if unit == "points" else quantity(value, unit)


def day(when: datetime) -> str:
    """``21 Nov 2026``, in the calendar of the report."""
    language = current()
    if language.jalali and language.code == "fa":
        jalali = JalaliDate(when.date())  # type: ignore[no-untyped-call]
        return language.digits(f"{jalali.year}/{jalali.month:02}/{jalali.day:02}")
    return language.digits(format_date(when.date(), "d MMM y", locale=language.locale))


def runs_told(lines: Iterable[TrendLine]) -> int:
    """How many runs the lines span at most."""
    return max((len(line.rows) for line in lines), default=0)
