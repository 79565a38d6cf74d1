"""Lines of numbers as SVG: readable without a script, the same in every browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from auditor.phrases import _
from reports.language import number

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 12, 28


@dataclass(frozen=True)
class Mark:
    """One point of a timeline. ``value`` None: that run has none. ``epoch``: no line joins two of them. ``note`` is
    drawn as a tick with its text: a release, a new environment, new checks."""

    value: float | None
    label: str
    epoch: str = ""
    note: str = ""


def sparkline(values: Sequence[float | None], low: float | None = None, high: float | None = None) -> Markup:
    """A small line without axes; decoration beside a number that says the same."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    floor, ceiling = (min(known) if low is None else low), (max(known) if high is None else high)
    span = (ceiling - floor) or 1
    step = 96 / (len(values) - 1)
    points = " ".join(
        f"{2 + place * step:.1f},{22 - 20 * (value - floor) / span:.1f}"
        for place, value in enumerate(values)
        if value is not None
    )
    return Markup(
        '<svg class="spark" viewBox="0 0 100 24" width="100" height="24" aria-hidden="true" focusable="false">'
        f'<polyline points="{points}"/></svg>'
    )


def timeline(marks: Sequence[Mark], title: str, low: float, high: float) -> Markup:
    """Oldest first. Time runs from left to right in every language, as on the axis of a measuring device."""
    span = (high - low) or 1
    step = (WIDTH - LEFT - RIGHT) / max(1, len(marks) - 1)

    def at(place: int, value: float) -> tuple[float, float]:
        return LEFT + place * step, TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / span)

    parts = [_grid(low, high)]
    seen = [(place, mark, mark.value) for place, mark in enumerate(marks) if mark.value is not None]
    for place, mark in enumerate(marks):
        if mark.note:
            parts.append(_tick(LEFT + place * step, mark.note))
    for (one, before, old), (two, after, new) in pairwise(seen):
        if before.epoch == after.epoch:
            (x1, y1), (x2, y2) = at(one, old), at(two, new)
            parts.append(_line("line", x1, y1, x2, y2))
    for place, mark, value in seen:
        x, y = at(place, value)
        parts.append(Markup(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{escape(mark.label)}</title></circle>'))
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}" direction="ltr">{}</svg>').format(
        WIDTH, HEIGHT, title, Markup("").join(parts)
    )


def _grid(low: float, high: float) -> Markup:
    lines = []
    for share in (0.0, 0.5, 1.0):
        y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)
        value = low + share * (high - low)
        shown = number(value, 0 if high - low > 5 else 2)
        lines.append(_line("grid", LEFT, y, WIDTH - RIGHT, y))
        lines.append(Markup('<text x="{}" y="{:.1f}">{}</text>').format(LEFT - 6, y + 4, shown))
    return Markup("").join(lines)


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    """Numbers need no escaping, and a chart has hundreds of these."""
    return Markup(f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')


def _tick(x: float, note: str) -> Markup:
    foot = HEIGHT - BOTTOM + 8
    arrow = Markup('<path d="M{:.1f} {}l4 8h-8z"/><title>{}</title>').format(x, foot - 4, note)
    return Markup('<g class="tick">{}{}</g>').format(_line("mark", x, TOP, x, foot), arrow)


def note_of(before: object, after: object) -> str:
    """What is different between two neighbouring audits, for the timeline; "" where nothing is."""
    notes = []
    for column, text in (
        ("epoch", _("new environment")), ("check_set", _("other checks")), ("settings_digest", _("other settings")),
    ):  # fmt: skip
        if getattr(before, column) != getattr(after, column):
            value = getattr(after, column)
            notes.append(f"{text}: {value}" if column == "epoch" else text)
    release = getattr(after, "release", None)
    if release and release != getattr(before, "release", None):
        notes.append(_("release {name}").format(name=release))
    return ", ".join(notes)
