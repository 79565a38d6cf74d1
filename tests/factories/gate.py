"""Sides of a gate: a shop of three pages whose findings and counts a test chooses."""

from collections.abc import Iterable, Mapping
from typing import Any

from auditor.evidence import Device, Ended, PageEvidence, Template
from auditor.finding import Outcome, Problem, Verdict
from auditor.fold import fold
from auditor.gate.side import Side, side_of
from auditor.result import AuditResult, check_texts, outcome_counts, page_results
from auditor.score import score
from tests.factories.records import page_evidence, shop_evidence
from tests.factories.results import declared, run
from tests.factories.sections import request, timing

PAGES = {"/": "home", "/c/lamps": "category", "/p/arc-lamp": "product"}
CONDITIONS = {"profile": "ci-fast", "devices": "mobile", "language": "en", "consent": "reject", "depth": "cart"}
TEXTS = check_texts(declared(), declared())


def visits(files: Mapping[str, int] = {}, *, pages: Mapping[str, str] = PAGES, cls: float = 0.01) -> list[PageEvidence]:
    """Loaded visits on the phone; each page asks for its document of 20 kB and for ``files`` (address to bytes)."""
    return [
        page_evidence(
            template, "mobile", key, timing=timing(cls=cls),
            requests=[
                request(key, type="document", decoded_bytes=20_000),
                *(request(url, type="script", decoded_bytes=size) for url, size in files.items()),
            ],
        )
        for key, template in pages.items()
    ]  # fmt: skip


def failed(check: str, page: str = "/p/arc-lamp", **problem: Any) -> Outcome:
    template = Template(PAGES.get(page, "product"))
    return Outcome(
        check=check, verdict=Verdict.FAILED, template=template, device=Device.MOBILE, page_key=page, score=0.0,
        problems=(Problem.model_validate({"selector": ".it"} | problem),),
    )  # fmt: skip


def side(
    found: Iterable[Outcome] = (), seen: list[PageEvidence] | None = None, *, checks: Iterable[str] | None = None,
    conditions: Mapping[str, str] = CONDITIONS, **run_fields: Any,
) -> Side:  # fmt: skip
    """Every check of :func:`declared` (or of ``checks``) passes on every page, but where ``found`` says otherwise."""
    seen = visits() if seen is None else seen
    specs = {name: spec for name, spec in declared().items() if checks is None or name in checks}
    found = tuple(found)
    taken = {(outcome.check, outcome.page_key) for outcome in found}
    passed = (
        Outcome(
            check=name, verdict=Verdict.PASSED, score=1.0, template=visit.page.template, device=Device.MOBILE,
            page_key=visit.page.key,
        )
        for name in specs
        for visit in seen
        if visit.visit.ended is Ended.LOADED and (name, visit.page.key) not in taken
    )  # fmt: skip
    outcomes = (*found, *passed)
    result = AuditResult(
        run=run(**run_fields), pages=page_results(shop_evidence(seen)), findings=fold(outcomes, specs),
        outcomes=outcome_counts(outcomes), checks=TEXTS, journeys=(), metrics=(), scores=score(outcomes, specs),
        not_seen=(), discovery={},
    )  # fmt: skip
    return side_of(result, outcomes, seen, specs.values(), conditions)
