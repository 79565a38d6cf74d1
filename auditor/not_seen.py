"""What a run did not see. Said first in every report: silence would look like health."""

from collections import defaultdict
from collections.abc import Iterable

from auditor.evidence import Device, Ended, ShopEvidence, Template
from auditor.finding import Outcome, Verdict
from auditor.result import Journey, NotSeen

_SKIPPED = {
    "robots": "robots.txt forbids them to crawlers",
    "other-language": "they are in another language than the start page (use --language to audit it)",
    "excluded": "the operator's include and exclude patterns leave them out",
    "near-duplicate": "they look like variants of pages already fetched (sorting, filters, sessions, calendars)",
    "state-changing": "asking for them could change something in the shop",
}

_SECTIONS = {
    "timed": "timed loads", "timing": "times of the page", "trials": "trials of zoom and colours",
    "renditions": "picture files", "focus_stops": "keyboard focus", "spacing": "wider text spacing",
    "targets": "tap targets", "insertions": "elements that scripts inserted", "consent": "consent dialog",
    "console": "browser's messages", "activity": "claims about other shoppers",
}  # fmt: skip
"""Names that readers know, where the evidence's own are a program's."""


def not_seen(shop: ShopEvidence, outcomes: Iterable[Outcome], journeys: Iterable[Journey]) -> tuple[NotSeen, ...]:
    """Everything left out, most important first: discovery, templates, pages, journeys, sections, checks."""
    lines = [*_discovery(shop), *_templates(shop), *_visits(shop)]
    lines += _journeys(journeys)
    lines += _sections(shop)
    lines += _checks(outcomes)
    return tuple(lines)


def _discovery(shop: ShopEvidence) -> Iterable[NotSeen]:
    found = shop.discovery
    if found.ended != "complete":
        yield NotSeen(kind="discovery", what="Part of the shop", why=found.why, count=max(1, found.queued_left))
    for reason, count in sorted(found.skipped.items()):
        why = _SKIPPED.get(reason, reason.replace("-", " "))
        yield NotSeen(kind="discovery", what=f"{count} addresses", why=why, count=count)
    if shop.links_unchecked:
        why = "their targets were not fetched, so whether they are alive is not known"
        yield NotSeen(kind="discovery", what=f"{shop.links_unchecked} links", why=why, count=shop.links_unchecked)
    missing = [device for device in Device if all(visit.visit.device is not device for visit in shop.visits)]
    for device in missing if shop.visits else []:
        yield NotSeen(kind="device", what=f"The shop on {device}", why="no visit was made with this device profile")


def _templates(shop: ShopEvidence) -> Iterable[NotSeen]:
    for template, why in shop.panel.short.items():
        yield NotSeen(kind="template", what=f"Template {template}", why=why)
    for entry in shop.panel.pages:
        if entry.replaces:
            why = f"it is gone; {entry.page.key} was taken instead"
            yield NotSeen(kind="page", what=f"Panel page {entry.replaces}", why=why)


def _visits(shop: ShopEvidence) -> Iterable[NotSeen]:
    for visit in shop.visits:
        if visit.visit.ended is not Ended.LOADED:
            why = visit.visit.note or f"the visit ended {visit.visit.ended}"
            yield NotSeen(kind="page", what=f"{visit.page.url} on {visit.visit.device}", why=why)


def _journeys(journeys: Iterable[Journey]) -> Iterable[NotSeen]:
    skipped = [journey for journey in journeys if journey.ended == "not_walked"]
    if skipped:
        names = ", ".join(dict.fromkeys(journey.name for journey in skipped))
        yield NotSeen(kind="journey", what=f"Journeys: {names}", why=skipped[0].why, count=len(skipped))


def _sections(shop: ShopEvidence) -> Iterable[NotSeen]:
    reasons: dict[tuple[str, str], int] = defaultdict(int)
    for visit in shop.visits:
        if visit.visit.ended is Ended.LOADED:
            for section, why in visit.missing.items():
                if section != "renditions" or visit.page.template is Template.PRODUCT:
                    reasons[section, why] += 1
    for (section, why), count in sorted(reasons.items()):
        name = _SECTIONS.get(section, section.replace("_", " "))
        what = f"{name} of {count} visits" if count > 1 else f"{name} of one visit"
        yield NotSeen(kind="section", what=what, why=why, count=count)


def _checks(outcomes: Iterable[Outcome]) -> Iterable[NotSeen]:
    notes: dict[tuple[str, Verdict], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    judged = set()
    for outcome in outcomes:
        if outcome.verdict in (Verdict.NOT_RECORDED, Verdict.CRASHED):
            notes[outcome.check, outcome.verdict][outcome.note] += 1
        elif outcome.verdict is not Verdict.NOT_APPLICABLE:
            judged.add(outcome.check)
    for (check, verdict), by_note in sorted(notes.items()):
        if check in judged and verdict is Verdict.NOT_RECORDED:
            continue
        note, _ = max(by_note.items(), key=lambda item: item[1])
        why = note if verdict is Verdict.NOT_RECORDED else f"the check itself crashed ({note}); please report it"
        yield NotSeen(kind="check", what=check, why=why, count=sum(by_note.values()))
