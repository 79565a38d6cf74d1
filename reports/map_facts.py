"""What was recorded of each touchpoint of the journey map: its picture, its effort, and whether it was seen at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import ValidationError

from auditor.effort import Effort, StepEffort, effort
from auditor.evidence import Device, Ended, JourneyEvidence, StepIntent
from auditor.evidence.journey import Blocker, Step
from auditor.finding import Area
from auditor.journey_result import effort_of
from auditor.result import AuditResult, Journey
from auditor.run_folder import RunFolder, RunFolderError
from reports.finding_view import CardMaker
from reports.journey_words import BLOCKERS
from reports.journeys import PICTURE_WIDTH, range_of
from reports.language import _, number
from reports.shots import Shot
from reports.touchpoints import OF_TEMPLATE, TOUCHPOINTS, Touchpoint, touchpoint_of
from reports.wording import DEVICES

MOST_BYTES = 16 * 2**20
"""Of the evidence of one journey."""
_WALKED_BY = {
    Touchpoint.SEARCH: "search",
    Touchpoint.LIST: "browse",
    Touchpoint.PRODUCT: "buy",
    Touchpoint.CART: "buy",
    Touchpoint.CHECKOUT: "buy",
}
_ASIDE = {StepIntent.EMPTY_CART, StepIntent.GO_BACK}
_PICTURED: dict[Touchpoint, tuple[StepIntent, ...]] = {
    Touchpoint.SEARCH: (StepIntent.SEARCH, StepIntent.SUGGEST),
    Touchpoint.LIST: (StepIntent.OPEN_LIST, StepIntent.FILTER, StepIntent.SORT),
    Touchpoint.PRODUCT: (StepIntent.CHOOSE_VARIANT, StepIntent.OPEN),
    Touchpoint.CART: (StepIntent.OPEN_CART,),
    Touchpoint.CHECKOUT: (
        StepIntent.CHOOSE_GUEST, StepIntent.START_CHECKOUT, StepIntent.FILL_CONTACT, StepIntent.FILL_ADDRESS,
        StepIntent.CHOOSE_DELIVERY, StepIntent.REACH_PAYMENT,
    ),
}  # fmt: skip
"""Steps after which the touchpoint is on the screen, the best picture of it first."""


@dataclass(frozen=True)
class PointFacts:
    """``seen``: a page or a step of it was looked at. ``stuck``: a journey could not go on there."""

    seen: bool = False
    stuck: bool = False
    shot: Shot | None = None
    picture_of: str = ""
    effort: tuple[tuple[str, str], ...] = ()
    effort_of: str = ""
    told: tuple[str, ...] = ()


class _Walk(NamedTuple):
    journey: Journey
    evidence: JourneyEvidence | None


def map_facts(result: AuditResult, folder: RunFolder, maker: CardMaker) -> dict[Touchpoint, PointFacts]:
    """Of every touchpoint; the phone is preferred, for most shoppers come with one."""
    return {point: _facts(point, result, folder, maker) for point in Touchpoint}


def _facts(point: Touchpoint, result: AuditResult, folder: RunFolder, maker: CardMaker) -> PointFacts:
    journeys = [one for one in result.journeys if one.name == _WALKED_BY.get(point) and one.steps]
    journeys.sort(key=lambda one: (list(Device).index(one.device), one.ended != "completed"))
    there = [one for one in journeys if any(touchpoint_of(step) is point for step in one.steps)]
    pages = [page for page in result.pages if OF_TEMPLATE.get(page.template) is point and page.ended is Ended.LOADED]
    stuck = [one for one in journeys if one.ended != "completed" and _stuck_at(one) is point]
    judged = point is Touchpoint.SERVICE and any(
        Area(texts.area) is Area.TRUST and result.outcomes.get(check, {}).get("passed")
        for check, texts in result.checks.items()
    )
    shot, picture_of = _picture(point, journeys, result, maker)
    rows, walked_on = _way_to_service(folder) if point is Touchpoint.SERVICE else _effort(point, there, folder)
    return PointFacts(
        seen=bool(there or pages or judged),
        stuck=bool(stuck),
        shot=shot,
        picture_of=picture_of,
        effort=rows,
        effort_of=walked_on,
        told=tuple(dict.fromkeys(_told(one) for one in stuck)),
    )


def _stuck_at(journey: Journey) -> Touchpoint | None:
    return touchpoint_of({"intent": journey.stuck_at})


def _told(journey: Journey) -> str:
    why = BLOCKERS[Blocker(journey.blocker)] if journey.blocker in set(Blocker) else ""
    device = DEVICES[journey.device]
    if not why:
        return _("The audit did not get on here ({device}).").format(device=device)
    return _("The audit did not get on here ({device}): {why}.").format(device=device, why=why)


def _picture(point: Touchpoint, walks: list[Journey], result: AuditResult, maker: CardMaker) -> tuple[Shot | None, str]:
    """As the shopper saw it in the journey, else the first view of the first page of its kind."""
    for journey in walks:
        if shot := _step_shot(point, journey):
            return shot, _caption(point, journey.device)
    pages = [page for page in result.pages if OF_TEMPLATE.get(page.template) is point and page.screenshot]
    pages.sort(key=lambda page: (page.ended is not Ended.LOADED, list(Device).index(page.device)))
    return (maker.shot(pages[0]), _caption(point, pages[0].device)) if pages else (None, "")


def _step_shot(point: Touchpoint, journey: Journey) -> Shot | None:
    for intent in _PICTURED.get(point, ()):
        for step in journey.steps:
            name = step.get("picture")
            if step.get("intent") == intent and step.get("confirmed", True) and isinstance(name, str):
                return Shot(journey.device, None, name, None, PICTURE_WIDTH[journey.device])
    return None


def _caption(point: Touchpoint, device: Device) -> str:
    return _("{touchpoint}, {device}").format(touchpoint=TOUCHPOINTS[point], device=DEVICES[device])


def _effort(point: Touchpoint, journeys: list[Journey], folder: RunFolder) -> tuple[tuple[tuple[str, str], ...], str]:
    """Rows of label and value of the first journey that has something to count, and whose they are."""
    for journey in journeys:
        evidence = _evidence(folder, journey)
        steps = tuple(_steps_at(point, evidence)) if evidence else ()
        if evidence is None or not steps:
            continue
        counted = _searched(steps[0]) if point is Touchpoint.SEARCH else effort_of(_only(evidence, steps))
        device = _("on a phone") if journey.device is Device.MOBILE else _("on a desktop")
        return tuple(_rows(counted, journey.device)), device
    return (), ""


def _way_to_service(folder: RunFolder) -> tuple[tuple[tuple[str, str], ...], str]:
    """The fewest clicks by links from the home page to a page of service that was looked at."""
    try:
        pages = [entry.page for entry in folder.panel().pages]
    except RunFolderError:
        return (), ""
    service = (page for page in pages if OF_TEMPLATE.get(page.template) is Touchpoint.SERVICE)
    clicks = min((page.depth for page in service if page.depth), default=None)
    if clicks is None:
        return (), ""
    counted = effort([StepEffort(clicks=1, pages=1)] * clicks)
    return tuple(_rows(counted, Device.MOBILE)), _("on a phone, from the home page")


def _steps_at(point: Touchpoint, evidence: JourneyEvidence) -> Iterator[Step]:
    """The steps that a shopper needs: one search, one way through the list. Tries of other orders are left out."""
    done: set[StepIntent] = set()
    at: Touchpoint | None = None
    once = {StepIntent.SEARCH} if point is Touchpoint.SEARCH else {StepIntent.OPEN_LIST, StepIntent.OPEN_PRODUCT}
    for step in evidence.steps:
        here = touchpoint_of({"intent": step.intent.value})
        at = here or at
        if at is not point or step.intent in _ASIDE:
            continue
        if point in (Touchpoint.SEARCH, Touchpoint.LIST) and (step.intent not in once or step.intent in done):
            continue
        done.add(step.intent)
        yield step


def _only(evidence: JourneyEvidence, steps: tuple[Step, ...]) -> JourneyEvidence:
    return evidence.model_copy(update={"steps": steps})


def _searched(step: Step) -> Effort:
    """Pressing the field, typing what is looked for, sending it with the return key."""
    return effort(
        [
            StepEffort(
                fields_typed=1, chars_typed=step.keys + 1, clicks=step.clicks, pages=1, forced_wait_ms=step.waited_ms
            )
        ]
    )


def _rows(counted: Effort, device: Device) -> Iterator[tuple[str, str]]:
    band = counted.phone if device is Device.MOBILE else counted.desktop
    yield _("Clicks"), number(counted.clicks, 0)
    yield _("Fields"), number(counted.fields, 0)
    if counted.keys:
        yield _("Keys"), number(counted.keys, 0)
    yield _("Hands-on time, estimated"), range_of(band.low, band.high)
    if counted.waits_ms:
        yield _("Waiting for the shop"), range_of(counted.waits_ms / 1000, counted.waits_ms / 1000)


def _evidence(folder: RunFolder, journey: Journey) -> JourneyEvidence | None:
    root = folder.path.resolve()
    try:
        path = (root / "journeys" / f"{journey.name}.{journey.device}" / "evidence.json").resolve()
        if not path.is_relative_to(root) or path.stat().st_size > MOST_BYTES:
            return None
        return JourneyEvidence.model_validate_json(path.read_bytes())
    except (OSError, ValueError, ValidationError):
        return None
