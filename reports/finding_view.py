"""Findings as reports show them: those of one check and severity together, with their places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urljoin

from pydantic import ValidationError

from auditor.evidence import Box, Device, DeviceProfile
from auditor.finding import Area, Finding, Occurrence, OwnerKind, Severity, Verdict
from auditor.result import AuditResult, CheckTexts, PageResult
from reports.fix_effort import EFFECT_NAMES, Effect, Work, effect_of, widest, work_of
from reports.journeys import PICTURE_WIDTH, WalkedStep
from reports.reach import Looked, reach
from reports.recorded import said
from reports.shop_text import clean, kept_apart, readable, shown_address, web_address
from reports.shots import Shot
from reports.touchpoints import Touchpoint, met_at
from reports.wording import AREAS, DEVICES, OWNERS, SEVERITIES, _, number

PICTURED = 3
"""Places of one card that get pictures."""
MOST_PLACES = 40
MOST_PAGES = 10


@dataclass(frozen=True)
class PageLink:
    key: str
    url: str | None


@dataclass(frozen=True)
class Place:
    """One finding of a card. ``shots`` are at most two pictures with a caption each."""

    found: str
    values: tuple[str, ...]
    reach: str
    share: float
    pages: tuple[PageLink, ...]
    more_pages: int
    selector: str
    times: int
    owner: str
    owner_known: bool
    owner_name: str
    owner_because: str
    fingerprint: str
    shots: tuple[tuple[Shot, str], ...]


@dataclass(frozen=True)
class Card:
    """The findings of one check at one severity. ``doubt`` says why a person has to look, else it is empty.

    ``number`` is its place among the findings of the report, by which other parts name it. ``reach`` is the widest of
    its findings, 0 to 1; ``touchpoints`` are where shoppers meet it on their way.
    """

    number: int
    anchor: str
    check: str
    row: str
    area: str
    area_of: Area
    severity: Severity
    severity_name: str
    title: str
    why: str
    fix: str
    source: str
    indicative: bool
    doubt: str
    places: tuple[Place, ...]
    more_places: int
    reach: float
    effect: Effect
    work: Work
    touchpoints: tuple[Touchpoint, ...]

    @property
    def effect_name(self) -> str:
        return EFFECT_NAMES[self.effect]

    @property
    def findings(self) -> int:
        return len(self.places) + self.more_places


def anchor_of(finding: Finding) -> str:
    """Where the card that shows a finding is in a report."""
    return f"{finding.check.replace('/', '-')}-{finding.severity}-{finding.verdict}"


class CardMaker:
    """Turns findings of a run into cards; ``profiles`` give the width of a device's viewport."""

    def __init__(self, result: AuditResult, profiles: Mapping[Device, DeviceProfile]) -> None:
        self._texts = result.checks
        self._numbers = count(1)
        self._home = result.run.start_url
        self._looked = Looked(result.pages)
        self._visits = {page.visit: page for page in result.pages}
        self._pages = {(page.key, page.device): page for page in result.pages}
        self._journeys = {(journey.name, journey.device): journey for journey in result.journeys}
        self._widths = {device: profile.width for device, profile in profiles.items()}

    def cards(self, findings: Iterable[Finding]) -> tuple[Card, ...]:
        """Worst first; within a severity by reach, then by catalogue row."""
        groups: dict[tuple[str, Severity, Verdict], list[Finding]] = {}
        for finding in sorted(findings, key=lambda each: (-each.reach, each.fingerprint)):
            groups.setdefault((finding.check, finding.severity, finding.verdict), []).append(finding)
        cards = [self._card(group) for group in groups.values()]
        cards.sort(key=lambda card: (-card.severity.weight, -card.places[0].share, card.row))
        return tuple(replace(card, number=next(self._numbers)) for card in cards)

    def _card(self, group: list[Finding]) -> Card:
        first = group[0]
        texts = self._texts.get(first.check) or _unknown(first)
        shown = group[:MOST_PLACES]
        reach = widest(group)
        return Card(
            number=0,
            anchor=anchor_of(first),
            check=first.check,
            row=first.row,
            area=AREAS[first.area],
            area_of=first.area,
            severity=first.severity,
            severity_name=SEVERITIES[first.severity],
            title=_(texts.title),
            why=_(texts.why),
            fix=_(texts.fix),
            source=texts.source,
            indicative=first.indicative,
            doubt=_doubt(first) if first.verdict is Verdict.NEEDS_REVIEW else "",
            places=tuple(self._place(finding, pictured=index < PICTURED) for index, finding in enumerate(shown)),
            more_places=len(group) - len(shown),
            reach=reach,
            effect=effect_of(first.severity, reach),
            work=work_of(first.check, first.area, first.owner_kind),
            touchpoints=met_at(group, self._journeys),
        )

    def _place(self, finding: Finding, *, pictured: bool) -> Place:
        keys = [key for key in finding.pages if key]
        return Place(
            found=readable(said(finding.found)),
            values=tuple(readable(value) for value in finding.values.values() if isinstance(value, str) and value),
            reach=reach(finding, self._looked),
            share=finding.reach,
            pages=(
                *(PageLink(key, self._looked.urls.get(key) or self._elsewhere(key)) for key in keys[:MOST_PAGES]),
                *self._reached(finding),
            ),
            more_pages=max(0, len(keys) - MOST_PAGES),
            selector=clean(finding.selector or "", 240),
            times=max((one.count for one in finding.occurrences), default=1),
            owner=OWNERS[finding.owner_kind],
            owner_known=finding.owner_kind is not OwnerKind.UNKNOWN,
            owner_name=clean(finding.owner_name or ("" if finding.owner == "shop" else finding.owner), 80),
            owner_because=readable(said(finding.owner_because)),
            fingerprint=finding.fingerprint,
            shots=tuple(self._shots(finding)) if pictured else (),
        )

    def _shots(self, finding: Finding) -> Iterable[tuple[Shot, str]]:
        """For each device the first place that has a box; where none has one, and it can be seen, the first view."""
        for device in Device:
            there = [one for one in finding.occurrences if one.device in (device, None)]
            for one in sorted(there, key=lambda one: one.box is None):
                if (walked := self.step_shot(one, device)) is not None:
                    yield walked
                    break
                page = self._visits.get(one.visit or "") or self._pages.get((one.page_key, device))
                if page is None or page.device is not device:
                    continue
                if one.box is None and (finding.area is Area.SPEED or one.device is None):
                    continue
                yield self.shot(page, one.box), self._caption(page)
                break

    def _walked(self, one: Occurrence) -> WalkedStep | None:
        journey = self._journeys.get((one.journey, one.device)) if one.journey and one.device else None
        if journey is None or one.step is None or not 0 <= one.step < len(journey.steps):
            return None
        try:
            return WalkedStep.model_validate(journey.steps[one.step])
        except ValidationError:
            return None

    def step_shot(self, one: Occurrence, device: Device) -> tuple[Shot, str] | None:
        """The picture of the journey's step that shows it."""
        step = self._walked(one)
        if step is None or not step.picture or one.step is None:
            return None
        width = self._widths.get(device, PICTURE_WIDTH[device])
        caption = _("step {number} of the journey, {device}").format(
            number=number(one.step + 1, 0), device=DEVICES[device]
        )
        return Shot(device, None, step.picture, one.box, width), caption

    def shot(self, page: PageResult, box: Box | None = None, *, small: bool = False, marked: bool = True) -> Shot:
        width = self._widths.get(page.device, 412 if page.device is Device.MOBILE else 1350)
        return Shot(page.device, page.full_page, page.screenshot, box, width, small, marked=marked)

    def _reached(self, finding: Finding) -> tuple[PageLink, ...]:
        """The addresses that journeys were at."""
        steps = [step for one in finding.occurrences if (step := self._walked(one)) is not None and step.reached]
        reached = dict.fromkeys(step.reached for step in steps)
        return tuple(PageLink(shown_address(url, 90), web_address(url)) for url in list(reached)[:MOST_PAGES])

    def _elsewhere(self, key: str) -> str | None:
        """The address of a page that was discovered but not visited."""
        return urljoin(self._home, key) if key.startswith("/") and not key.startswith("//") else None

    def _caption(self, page: PageResult) -> str:
        return _("{page}, {device}").format(page=kept_apart(shown_address(page.key, 90)), device=DEVICES[page.device])


def _doubt(finding: Finding) -> str:
    stated = finding.values.get("doubt") or finding.values.get("reason")
    if isinstance(stated, str) and stated:
        return clean(said(stated))
    if finding.indicative:
        return _(
            "The number comes from a load that shared the machine with others. Repeat it alone before acting on it."
        )
    return _("The evidence does not settle it: the signs disagree, or only one of two speaks. Look at the page.")


def _unknown(finding: Finding) -> CheckTexts:
    """For a result whose check is not described in it."""
    return CheckTexts(
        id=finding.check, row=finding.row, area=finding.area, severity=finding.severity, title=finding.check, why="",
        fix="", source="", indicative=finding.indicative,
    )  # fmt: skip
