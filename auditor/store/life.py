"""The life of a finding over all runs of a shop. Pure: what is known of it and what a run says give its next state."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.compare import Placed, why_new, why_unjudged
from auditor.evidence import Device, Template
from auditor.finding import Finding, Occurrence, Outcome

MOST_PLACES = 400
"""Places remembered of a finding; one on more pages needs passes at these."""


class Life(StrEnum):
    """``came_back``: it was fixed before. ``unjudged``: the run did not look where it was. What the operator accepted
    is not a state of the shop: it is laid over these when they are shown."""

    NEW = "new"
    STILL = "still"
    FIXED = "fixed"
    CAME_BACK = "came_back"
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Known:
    """A finding as earlier runs left it. ``occurrences`` hold places only."""

    id: int
    fingerprint: str
    state: Life
    check: str
    template: Template | None
    occurrences: tuple[Occurrence, ...]


def states_of(
    findings: Iterable[Finding], known: Mapping[str, Known], before: Mapping[str, list[Outcome]] | None,
    checks_before: frozenset[str],
) -> dict[str, tuple[Life, str]]:  # fmt: skip
    """What the findings of a run are, by fingerprint, each with the reason where it is not evident.

    :param before: outcomes of the run before by check; None when they are gone.
    :param checks_before: ids that were judged then; empty when there was no run before.
    """
    found = {}
    for finding in findings:
        earlier = known.get(finding.fingerprint)
        if earlier is None:
            found[finding.fingerprint] = (Life.NEW, _why_new(finding, before, checks_before))
        elif earlier.state is Life.FIXED:
            found[finding.fingerprint] = (Life.CAME_BACK, "")
        else:
            found[finding.fingerprint] = (Life.STILL, "")
    return found


def _why_new(finding: Placed, before: Mapping[str, list[Outcome]] | None, checks_before: frozenset[str]) -> str:
    if not checks_before:
        return "it is the first run"
    if finding.check not in checks_before:
        return why_new(finding, {})
    return "" if before is None else why_new(finding, before)


def states_of_absent(
    known: Iterable[Known], present: Iterable[str], after: Mapping[str, Sequence[Outcome]]
) -> dict[str, tuple[Life, str]]:
    """What became of known findings that a run does not have; those that were fixed before are left out."""
    there = frozenset(present)
    gone = {}
    for finding in known:
        if finding.fingerprint in there or finding.state is Life.FIXED:
            continue
        why = why_unjudged(finding, after.get(finding.check, ()))
        gone[finding.fingerprint] = (Life.UNJUDGED, why) if why else (Life.FIXED, "")
    return gone


def places_of(occurrences: Iterable[Occurrence]) -> str:
    """As JSON, each place once."""
    places = dict.fromkeys((one.page_key, one.device, one.journey) for one in occurrences)
    return json.dumps([list(place) for place in places][:MOST_PLACES], ensure_ascii=False, separators=(",", ":"))


def occurrences_at(places: str) -> tuple[Occurrence, ...]:
    return tuple(
        Occurrence(page_key=page, device=Device(device) if device else None, journey=journey)
        for page, device, journey in json.loads(places)
    )
