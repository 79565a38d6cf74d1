"""Evidence × checks → outcomes, and outcomes → findings. Pure: the same evidence gives the same answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditor.check import SECTIONS, CheckSpec, NotApplicable, NotRecorded
from auditor.evidence import (
    AcrossDevices,
    Device,
    Ended,
    JourneyEvidence,
    Page,
    PageEvidence,
    ShopEvidence,
    Template,
    TemplateEvidence,
    Visit,
)
from auditor.finding import Certainty, Measure, Outcome, Problem, Verdict

Evidence = PageEvidence | TemplateEvidence | AcrossDevices | JourneyEvidence | ShopEvidence
Limits = Mapping[str, Mapping[str, Any]]


class UnknownLimit(Exception):
    """An operator overrides a check or a limit that does not exist. The message names it and what there is."""


def evaluate(shop: ShopEvidence, checks: Iterable[CheckSpec], limits: Limits | None = None) -> tuple[Outcome, ...]:
    """Judge a shop's evidence by all checks.

    Only visits that ended ``loaded`` are judged; for another one every page check that would have applied says
    ``not_recorded``.

    :raises UnknownLimit: when ``limits`` names what no check has.
    """
    specs = tuple(checks)
    refuse_unknown_limits(specs, limits or {})
    return tuple(
        judge(spec, thing, (limits or {}).get(spec.id)) for spec in specs for thing in _things(spec, shop)
    )  # fmt: skip


def refuse_unknown_limits(specs: Iterable[CheckSpec], limits: Limits) -> None:
    """:raises UnknownLimit: see :func:`evaluate`."""
    known = {spec.id: spec.limits for spec in specs}
    for check_id, overrides in limits.items():
        if check_id not in known:
            raise UnknownLimit(f"limits: there is no check {check_id!r}. `auditor checks list` shows all.")
        for name in overrides:
            if name not in known[check_id]:
                has = ", ".join(known[check_id]) or "none"
                raise UnknownLimit(f"limits: {check_id} has no limit {name!r}; it has: {has}.")


def judge(spec: CheckSpec, evidence: Evidence, limits: Mapping[str, Any] | None = None) -> Outcome:
    """The outcome of one check on one piece of evidence. Never raises: a crash of the judge is an outcome."""
    where = _where(evidence)
    if isinstance(evidence, PageEvidence) and evidence.visit.ended is not Ended.LOADED:
        why = f"the visit ended {evidence.visit.ended}: {evidence.visit.note}".rstrip(": ")
        return Outcome(check=spec.id, verdict=Verdict.NOT_RECORDED, note=why, **where)
    if isinstance(evidence, ShopEvidence) and evidence.visits and not any(_loaded(visit) for visit in evidence.visits):
        return Outcome(check=spec.id, verdict=Verdict.NOT_RECORDED, note="no page of the shop could be judged", **where)
    arguments = []
    for parameter in spec.reads:
        value = _argument(evidence, parameter.type)
        if value is None and not parameter.optional:
            section = SECTIONS[parameter.type]
            missing = evidence.missing.get(section, "not recorded") if isinstance(evidence, PageEvidence) else ""
            return Outcome(check=spec.id, verdict=Verdict.NOT_RECORDED, note=f"{section}: {missing}", **where)
        arguments.append(value)
    try:
        yielded = list(spec.judge(*arguments, **(limits or {})))
    except NotApplicable as reason:
        return Outcome(check=spec.id, verdict=Verdict.NOT_APPLICABLE, note=str(reason), **where)
    except NotRecorded as reason:
        return Outcome(check=spec.id, verdict=Verdict.NOT_RECORDED, note=str(reason), **where)
    except Exception as error:  # a check that crashes is one crashed outcome and the audit goes on
        return Outcome(check=spec.id, verdict=Verdict.CRASHED, note=f"{type(error).__name__}: {error}"[:500], **where)
    problems = tuple(item for item in yielded if isinstance(item, Problem))
    measure = next((item for item in yielded if isinstance(item, Measure)), None)
    verdict = _verdict(problems)
    return Outcome(
        check=spec.id, verdict=verdict, problems=problems, measure=measure, score=_score(verdict, problems), **where
    )  # fmt: skip


def _loaded(visit: PageEvidence) -> bool:
    return visit.visit.ended is Ended.LOADED


def _verdict(problems: tuple[Problem, ...]) -> Verdict:
    if any(problem.certainty is Certainty.CERTAIN for problem in problems):
        return Verdict.FAILED
    return Verdict.NEEDS_REVIEW if problems else Verdict.PASSED


def _score(verdict: Verdict, problems: tuple[Problem, ...]) -> float | None:
    if verdict is Verdict.PASSED:
        return 1.0
    if verdict is not Verdict.FAILED:
        return None
    certain = (problem for problem in problems if problem.certainty is Certainty.CERTAIN)
    return 0.5 if all(problem.middle for problem in certain) else 0.0


def _argument(evidence: Evidence, wanted: type) -> object | None:
    if isinstance(evidence, wanted):
        return evidence
    assert isinstance(evidence, PageEvidence)
    if wanted is Page:
        return evidence.page
    if wanted is Visit:
        return evidence.visit
    section: object | None = getattr(evidence, SECTIONS[wanted])
    return section


def _where(evidence: Evidence) -> dict[str, Any]:
    if isinstance(evidence, PageEvidence):
        visit, page = evidence.visit, evidence.page
        return {"template": page.template, "device": visit.device, "page_key": page.key, "visit": visit.id}
    if isinstance(evidence, TemplateEvidence):
        return {"template": evidence.template, "device": evidence.device}
    if isinstance(evidence, AcrossDevices):
        return {"template": evidence.mobile.page.template, "page_key": evidence.mobile.page.key}
    if isinstance(evidence, JourneyEvidence):
        return {"device": evidence.device, "journey": evidence.journey}
    return {}


def _things(spec: CheckSpec, shop: ShopEvidence) -> Iterator[Evidence]:
    """What a check is to judge: every visit, template, pair of devices it applies to, journey, or the shop."""
    if spec.scope == "shop":
        yield shop
        return
    if spec.scope == "journey":
        yield from (one for one in shop.journeys if one.journey in spec.journeys and one.device in spec.devices)
        return
    wanted = [
        visit for visit in shop.visits
        if visit.page.template in spec.templates and visit.visit.device in spec.devices
    ]  # fmt: skip
    if spec.scope == "page":
        yield from wanted
        return
    loaded = [visit for visit in wanted if visit.visit.ended is Ended.LOADED]
    if spec.scope == "template":
        groups: dict[tuple[Template, Device], list[PageEvidence]] = defaultdict(list)
        for visit in loaded:
            groups[visit.page.template, visit.visit.device].append(visit)
        for (template, device), visits in groups.items():
            yield TemplateEvidence(template=template, device=device, pages=tuple(visits))
        return
    by_key: dict[str, dict[Device, PageEvidence]] = defaultdict(dict)
    for visit in loaded:
        by_key[visit.page.key][visit.visit.device] = visit
    for devices in by_key.values():
        if len(devices) == len(Device):
            yield AcrossDevices(mobile=devices[Device.MOBILE], desktop=devices[Device.DESKTOP])
