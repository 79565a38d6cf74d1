"""Whether a case was judged as it should be: with a baseline, on a first run without one, and under other names."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from auditor.ads.incidents import Incident
from auditor.ads.loads import Seen
from auditor.evidence import Insertions, StorefrontBaseline
from tests.ads_cases.looking import judged
from tests.ads_cases.site import Case


class Row(NamedTuple):
    """A case as it was judged. ``wrong`` says in words what should have been otherwise, "" for nothing.

    ``first_run``: alerts without a baseline; ``renamed``: whether other names of all hosts gave the same verdicts.
    """

    case: Case
    alerts: tuple[Incident, ...]
    reviews: tuple[Incident, ...]
    first_run: int
    renamed: bool
    wrong: str

    @property
    def told(self) -> str:
        if self.alerts:
            one = self.alerts[0]
            return f"alert, {one.vector}" + (f", {one.first_link}" if one.first_link else "")
        return f"review ({len(self.reviews)})" if self.reviews else "quiet"


def judge(case: Case, loads: tuple[Seen, ...], wrote: Sequence[str], baseline: StorefrontBaseline) -> Row:
    """:param wrote: what the presses wrote to the shop."""
    found = judged(loads, baseline)
    alerts = tuple(one for one in found if one.standing == "alert")
    reviews = tuple(one for one in found if one.standing == "review")
    first = [one for one in judged(loads, None) if one.standing == "alert"]
    same = _verdicts(found) == _verdicts(judged(renamed(loads), _renamed_baseline(baseline)))
    faults = list(_faults(case, alerts, reviews, first))
    faults += [] if same else ["other names of the hosts changed the verdict"]
    faults += [f"a press wrote to {wrote[0]}"] if wrote else []
    return Row(case, alerts, reviews, len(first), same, "; ".join(faults))


def _faults(
    case: Case, alerts: Sequence[Incident], reviews: Sequence[Incident], first: Sequence[Incident]
) -> list[str]:
    if case.verdict == "alert":
        told = [(one.vector, one.first_link) for one in alerts]
        if not alerts:
            return ["no alert" + (f" ({', '.join(_signs(one) for one in reviews)})" if reviews else "")]
        return [] if told == [(case.vector, case.first)] else [f"told as {told}: {', '.join(map(_signs, alerts))}"]
    faults = [f"false alert: {_signs(one)}" for one in alerts]
    faults += [f"false alert without a baseline: {_signs(one)}" for one in first]
    if len(reviews) > 1:
        faults.append(f"{len(reviews)} to review: {', '.join(map(_signs, reviews))}")
    return faults


def _signs(one: Incident) -> str:
    return f"{one.party or 'the shop'} {one.score} [{' '.join(sign.kind for sign in one.signs)}]"


def _verdicts(found: Sequence[Incident]) -> list[tuple[str, str, int]]:
    return sorted((one.standing, one.vector, one.score) for one in found)


def renamed(loads: Sequence[Seen]) -> tuple[Seen, ...]:
    """The same loads with another name for every host but the shop's."""
    return tuple(
        replace(load, insertions=Insertions.model_validate_json(_other_names(load.insertions.model_dump_json())))
        for load in loads
    )


def _renamed_baseline(baseline: StorefrontBaseline) -> StorefrontBaseline:
    return StorefrontBaseline.model_validate_json(_other_names(baseline.model_dump_json()))


def _other_names(text: str) -> str:
    return re.sub(r"\b(?!shop\b)([a-z-]+)\.test\b", lambda match: match[1][::-1] + "q.test", text)
