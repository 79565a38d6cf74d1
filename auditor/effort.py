"""What a journey costs the shopper: fields, clicks, keys, pages, waiting, and hands-on time as a band. Pure."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, NonNegativeInt


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StepEffort(_Frozen):
    """What one step asked for and what was done. ``fields_*`` are text fields, ``selects`` lists, ``ticks`` boxes and
    radio buttons pressed, ``clicks`` everything else that was pressed. ``required`` counts required text fields and
    lists. ``autofillable_*`` are the parts of the typed ones that a browser would fill by itself. Times in
    milliseconds: ``forced_wait_ms`` is what the shop made the shopper wait, loading included."""

    fields_typed: NonNegativeInt = 0
    fields_skipped: NonNegativeInt = 0
    fields_prefilled: NonNegativeInt = 0
    chars_typed: NonNegativeInt = 0
    selects: NonNegativeInt = 0
    ticks: NonNegativeInt = 0
    clicks: NonNegativeInt = 0
    pages: NonNegativeInt = 0
    forced_wait_ms: NonNegativeFloat = 0
    required: NonNegativeInt = 0
    autofillable_fields: NonNegativeInt = 0
    autofillable_selects: NonNegativeInt = 0
    autofillable_chars: NonNegativeInt = 0


class Band(_Frozen):
    """Seconds, from a quick shopper to a slow one."""

    low: float
    high: float


class Effort(_Frozen):
    """Sums over the steps. ``elements`` are fields, lists and ticks; ``clicks`` include ticks and two for each list;
    ``keys`` are characters. The bands are hands-on time by the Keystroke-Level Model, without ``waits_ms``."""

    steps: int
    fields: int
    elements: int
    required: int
    optional: int
    prefilled: int
    autofillable: int
    clicks: int
    keys: int
    pages: int
    waits_ms: float
    desktop: Band
    phone: Band
    desktop_autofill: Band
    phone_autofill: Band


class Benchmark(_Frozen):
    """A published figure with the year it speaks of. ``secondary``: from a copy, not from the publisher."""

    name: str
    value: float
    unit: str
    year: int
    of: str
    source: str
    secondary: bool


class _Operators(_Frozen):
    key_low: float
    key_high: float
    point: float
    press: float
    homing: float
    think: float


@lru_cache(maxsize=1)
def _listed() -> dict[str, Any]:
    text = files("auditor").joinpath("effort.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def benchmarks() -> tuple[Benchmark, ...]:
    """Published figures, newest first."""
    found = (Benchmark.model_validate(one) for one in _listed()["benchmarks"])
    return tuple(sorted(found, key=lambda one: -one.year))


def sources() -> tuple[str, ...]:
    """Where the operators' values come from."""
    return tuple(_listed()["sources"])


def effort(steps: Sequence[StepEffort]) -> Effort:
    """The effort of a journey's steps."""
    fields = sum(step.fields_typed + step.fields_skipped + step.fields_prefilled for step in steps)
    selects = sum(step.selects for step in steps)
    ticks = sum(step.ticks for step in steps)
    required = sum(step.required for step in steps)
    return Effort(
        steps=len(steps),
        fields=fields,
        elements=fields + selects + ticks,
        required=required,
        optional=max(0, fields + selects - required),
        prefilled=sum(step.fields_prefilled for step in steps),
        autofillable=sum(step.autofillable_fields + step.autofillable_selects for step in steps),
        clicks=sum(step.clicks for step in steps) + ticks + 2 * selects,
        keys=sum(step.chars_typed for step in steps),
        pages=sum(step.pages for step in steps),
        waits_ms=sum(step.forced_wait_ms for step in steps),
        desktop=_band(steps, "desktop"),
        phone=_band(steps, "phone"),
        desktop_autofill=_band([_autofilled(step) for step in steps], "desktop"),
        phone_autofill=_band([_autofilled(step) for step in steps], "phone"),
    )


def _band(steps: Sequence[StepEffort], device: str) -> Band:
    costs = _Operators.model_validate(_listed()["operators"][device])
    low, high = (
        sum(_seconds(step, costs, key, tab=key if device == "desktop" else costs.point) for step in steps)
        for key in (costs.key_low, costs.key_high)
    )
    return Band(low=round(low, 1), high=round(high, 1))


def _seconds(step: StepEffort, costs: _Operators, key: float, *, tab: float) -> float:
    """Fields seen and left alone cost a thought; hands go to the keyboard and back once a step."""
    press = costs.think + costs.point + costs.press
    return (
        (step.clicks + step.ticks) * press
        + step.selects * (press + costs.point + costs.press)
        + step.fields_typed * (costs.think + tab)
        + (step.fields_skipped + step.fields_prefilled) * costs.think
        + step.chars_typed * key
        + (2 * costs.homing if step.fields_typed else 0)
    )


def _autofilled(step: StepEffort) -> StepEffort:
    """The browser fills what it can: one press for all of the step's fields."""
    if not step.autofillable_fields + step.autofillable_selects:
        return step
    return step.model_copy(
        update={
            "fields_typed": max(0, step.fields_typed - step.autofillable_fields),
            "selects": max(0, step.selects - step.autofillable_selects),
            "chars_typed": max(0, step.chars_typed - step.autofillable_chars),
            "clicks": step.clicks + 1,
        }
    )
