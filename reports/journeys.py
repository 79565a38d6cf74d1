"""Walked journeys for a report: how each ended, what it cost the shopper, and its steps with their pictures."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.evidence import Device
from auditor.evidence.journey import Blocker, StepIntent
from auditor.result import Journey
from reports.journey_words import BLOCKERS, EFFORTS, GUESTS, INTENTS, JOURNEYS, REACHED
from reports.language import Counted, forms
from reports.recorded import said
from reports.shop_text import clean, readable, shown_address, web_address
from reports.shots import Shot
from reports.wording import DEVICES, _, number, quantity

_ACTIONS = Counted[str](
    {
        "clicks": forms("{count} click", "{count} clicks"),
        "keys": forms("{count} key", "{count} keys"),
        "fields": forms("{count} field", "{count} fields"),
    }
)
MOST_STEPS = 30
"""Steps of a journey that are shown; the rest is counted. Keeps pictures for findings within the budget."""
MOST_LISTED = 60
MOST_REASONS = 6
PICTURE_WIDTH = {Device.MOBILE: 412, Device.DESKTOP: 1350}

_Count = Annotated[int, Field(ge=0, le=10**9)]


class WalkedStep(BaseModel):
    """A step as it stands in report.json; times in milliseconds."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    intent: str
    did: str = ""
    because: tuple[str, ...] = ()
    reached: str = ""
    confirmed: bool = True
    effect: tuple[str, ...] = ()
    waited_ms: _Count = 0
    took_ms: _Count = 0
    clicks: _Count = 0
    keys: _Count = 0
    fields: _Count = 0
    picture: str | None = None


@dataclass(frozen=True)
class StepCard:
    """``intent``, ``shop_took`` and ``counts`` are our words; ``did``, ``effect``, ``because`` quote the shop."""

    number: int
    intent: str
    did: str
    because: tuple[str, ...]
    reached: str
    confirmed: bool
    effect: tuple[str, ...]
    shop_took: str
    counts: str
    shot: Shot | None


@dataclass(frozen=True)
class WalkedJourney:
    """``sentence`` says in our words how it ended, ``why`` in those of the journey, which may quote the shop.

    ``effort`` and ``facts``: label and value; values of ``facts`` may quote the shop. ``refused``: each request that
    was kept from leaving and how often. ``tripped``: there was a sign that an order was placed. ``again``: it was
    completed on another device too, whose steps are enough on paper.
    """

    name: str
    device: Device
    device_name: str
    ended: str
    sentence: str
    why: str
    effort: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    tripped: bool
    refused: tuple[tuple[str, int], ...]
    refusals: int
    traces: tuple[str, ...]
    beyond_robots: tuple[str, ...]
    more_beyond_robots: int
    steps: tuple[StepCard, ...]
    more_steps: int
    again: bool


def was_walked(journey: Journey) -> bool:
    return journey.ended != "not_walked" or bool(journey.steps)


def walked(journeys: Iterable[Journey]) -> tuple[WalkedJourney, ...]:
    """Those that were walked, in the order of the result, desktop and phone apart."""
    done: set[str] = set()
    made = []
    for journey in journeys:
        if was_walked(journey):
            again = journey.ended == "completed" and journey.name in done
            made.append(replace(_walked(journey), again=again))
            done |= {journey.name} if journey.ended == "completed" else set()
    return tuple(made)


def _walked(journey: Journey) -> WalkedJourney:
    refused = Counter(readable(said(request)) for request in journey.refused_requests)
    beyond = tuple(dict.fromkeys(journey.beyond_robots))
    return WalkedJourney(
        name=JOURNEYS[journey.name],
        device=journey.device,
        device_name=DEVICES[journey.device],
        ended=journey.ended,
        sentence=_sentence(journey),
        why=readable(said(journey.why), 600),
        effort=effort_rows(journey.effort, journey.device),
        facts=tuple(_facts(journey)),
        tripped=journey.blocker == Blocker.TRIPPED,
        refused=tuple(refused.most_common(MOST_LISTED)),
        refusals=refused.total(),
        traces=tuple(readable(said(trace)) for trace in journey.traces[:MOST_LISTED]),
        beyond_robots=beyond[:MOST_LISTED],
        more_beyond_robots=max(0, len(beyond) - MOST_LISTED),
        steps=tuple(_card(place, raw, journey.device) for place, raw in enumerate(journey.steps[:MOST_STEPS], 1)),
        more_steps=max(0, len(journey.steps) - MOST_STEPS),
        again=False,
    )


def _sentence(journey: Journey) -> str:
    if journey.ended == "completed":
        made = [step.get("intent") for step in journey.steps if step.get("confirmed", True)]
        furthest = next((intent for intent in REACHED if intent in made), None)
        return _("Completed: a guest gets {where}.").format(where=REACHED[furthest]) if furthest else _("Completed.")
    stuck_at, blocker = journey.stuck_at or "", journey.blocker or ""
    at = INTENTS[StepIntent(stuck_at)] if stuck_at in set(StepIntent) else ""
    because = BLOCKERS[Blocker(blocker)] if blocker in set(Blocker) else ""
    whole, placed, reasoned, bare = {
        "stuck": (_("Stuck at “{at}”, because {because}."), _("Stuck at “{at}”."), _("Stuck, because {because}."),
                  _("Stuck.")),
        "forbidden": (_("Stopped for safety at “{at}”, because {because}."), _("Stopped for safety at “{at}”."),
                      _("Stopped for safety, because {because}."), _("Stopped for safety.")),
    }.get(journey.ended, (_("Not walked: “{at}” failed, because {because}."), _("Not walked: “{at}” failed."),
                          _("Not walked, because {because}."), _("Not walked.")))  # fmt: skip
    chosen = (whole if because else placed) if at else (reasoned if because else bare)
    return chosen.format(at=at, because=because)


def _facts(journey: Journey) -> Iterable[tuple[str, str]]:
    if journey.product:
        yield _("Product"), readable(journey.product, 200)
    # A search and a list have no last stage that says how far it led: their steps do.
    if journey.reached and (journey.name == "buy" or journey.ended != "completed"):
        intent = journey.reached in set(StepIntent)
        yield _("Got as far as"), INTENTS[StepIntent(journey.reached)] if intent else _place(journey.reached)
    if journey.stuck_at and journey.stuck_at not in set(StepIntent):
        yield _("Stuck at"), readable(journey.stuck_at, 200)
    if journey.blocker and journey.blocker not in set(Blocker):
        yield _("Because of"), readable(journey.blocker, 200)
    if journey.name == "buy" and journey.guest in GUESTS:
        yield _("Buying as a guest"), GUESTS[journey.guest]
    if journey.one_page:
        yield _("Checkout"), _("address, delivery and payment are on one page; nothing of it was sent")
    if journey.cleaned_up is not None:
        left = _("not emptied: it may still hold the product")
        yield _("Cart afterwards"), _("emptied") if journey.cleaned_up else left


def _place(reached: str) -> str:
    return shown_address(reached) if web_address(reached) else readable(reached, 200)


def _card(place: int, raw: Mapping[str, Any], device: Device) -> StepCard:
    try:
        step = WalkedStep.model_validate(raw)
    except ValidationError:
        return StepCard(place, _("A step that cannot be read"), "", (), "", False, (), "", "", None)
    return StepCard(
        number=place,
        intent=INTENTS[StepIntent(step.intent)] if step.intent in set(StepIntent) else _("Another step"),
        did=readable(said(step.did), 300),
        because=tuple(readable(said(reason), 200) for reason in step.because[:MOST_REASONS]),
        reached=clean(step.reached, 2000),
        confirmed=step.confirmed,
        effect=tuple(readable(said(sign), 200) for sign in step.effect[:MOST_REASONS]),
        shop_took=quantity(step.waited_ms, "ms") if step.waited_ms else "",
        counts=_counts(step),
        shot=Shot(device, None, step.picture, None, PICTURE_WIDTH[device]) if step.picture else None,
    )


def _counts(step: WalkedStep) -> str:
    counts = {"clicks": step.clicks, "keys": step.keys, "fields": step.fields}
    return _(", ").join(_ACTIONS.of(name, count) for name, count in counts.items() if count)


def effort_rows(effort: Mapping[str, float], device: Device) -> tuple[tuple[str, str], ...]:
    """Labels and values of measured effort, in a fixed order.

    A name may end in a unit (``s``, ``ms``) and say which end of a range it is (``low``, ``high``); the two ends share
    a row. What was estimated for the other device is left out, and so are names that are no plain words.
    """
    known: dict[str, dict[str, float]] = {}
    seconds = set()
    for name, value in effort.items():
        if not re.fullmatch(r"[a-z]{1,20}(?:_[a-z]{1,20}){0,4}", name) or not math.isfinite(value):
            continue
        words = name.split("_")
        stem = " ".join(word for word in words if word not in ("low", "high", "s", "ms", "klm"))
        end = next((word for word in words if word in ("low", "high")), "")
        if "s" in words or "ms" in words:
            seconds.add(stem)
        known.setdefault(stem, {})[end] = value / 1000 if "ms" in words else value
    other = "desktop" if device is Device.MOBILE else "phone"
    order = list(EFFORTS)
    stems = sorted(known, key=lambda stem: order.index(stem) if stem in EFFORTS else len(order))
    return tuple(
        (EFFORTS.get(stem, stem.capitalize()), _range(known[stem], stem in seconds))
        for stem in stems
        if stem and stem.split()[0] != other
    )


def _range(ends: Mapping[str, float], seconds: bool) -> str:
    low, high = min(ends.values()), max(ends.values())
    return range_of(low, high) if seconds else _band(low, high)


def range_of(low: float, high: float) -> str:
    """Seconds, such as ``12 to 15 s``."""
    return _("{value} s").format(value=_band(low, high))


def _band(low: float, high: float) -> str:
    if number(low) == number(high):
        return number(low)
    return _("{low} to {high}").format(low=number(low), high=number(high))
