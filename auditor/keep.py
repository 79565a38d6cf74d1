"""A real visit → saved evidence for a check's test."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from auditor.check import SECTIONS, CheckSpec, Registry
from auditor.evaluate import judge
from auditor.evidence import PageEvidence
from auditor.finding import Verdict
from auditor.run_folder import RunFolder

_CASE = re.compile(r"^(?P<check>[a-z-]+/[a-z0-9-]+)/(?P<verdict>[a-z_]+)-(?P<what>[a-z0-9-]+)$")


class KeepError(Exception):
    """The message says what to change."""


def keep_case(folder: RunFolder, visit_id: str, case: str, root: Path, registry: Registry) -> Path:
    """Write ``tests/evidence/<area>/<name>/<verdict>-<what>.json`` from one visit.

    Kept are the sections that the check reads; the shop's host becomes shop.example.

    :raises KeepError: when the case's name, check or verdict does not fit what the check says of that visit.
    """
    match = _CASE.match(case)
    if match is None or match["verdict"] not in set(Verdict):
        raise KeepError(f"--as {case}: write AREA/NAME/VERDICT-WHAT with a verdict of {', '.join(Verdict)}.")
    spec = registry.get(match["check"])
    if spec is None:
        raise KeepError(f"There is no check {match['check']!r}. `auditor checks list` shows all.")
    if spec.scope != "page":
        raise KeepError(f"{spec.id} judges more than one page: write its case by hand (tests/factories.py helps).")
    evidence = _visit(folder, visit_id)
    outcome = judge(spec, evidence)
    if outcome.verdict != match["verdict"]:
        raise KeepError(
            f"{spec.id} says {outcome.verdict} of that visit, not {match['verdict']} {outcome.note}".rstrip()
        )
    target = root / "tests" / "evidence" / f"{case}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = scrub(trimmed(evidence, spec), urlsplit(evidence.page.url).netloc)
    expected = [{"selector": problem.selector, "values": problem.values} for problem in outcome.problems]
    text = json.dumps({"evidence": kept, "expect": expected}, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def _visit(folder: RunFolder, visit_id: str) -> PageEvidence:
    known = []
    for evidence in folder.visits():
        known.append(evidence.visit.id)
        if evidence.visit.id == visit_id:
            return evidence
    raise KeepError(f"The run has no visit {visit_id!r}. It has: {', '.join(known) or 'none'}.")


def trimmed(evidence: PageEvidence, spec: CheckSpec) -> dict[str, Any]:
    """The evidence as JSON, without sections the check does not read and without artifacts."""
    read = {SECTIONS[parameter.type] for parameter in spec.reads if parameter.type in SECTIONS}
    kept = evidence.model_dump(mode="json", exclude_defaults=True, exclude=set(SECTIONS.values()) - read)
    kept["visit"].pop("artifacts", None)
    return kept


def scrub(kept: dict[str, Any], host: str) -> dict[str, Any]:
    """Host names of the shop replaced by shop.example."""
    text = json.dumps(kept, ensure_ascii=False)
    bare = host.removeprefix("www.")
    for name in sorted({host, bare, bare.split(":")[0]}, key=len, reverse=True):
        text = text.replace(name, "shop.example")
    scrubbed: dict[str, Any] = json.loads(text)
    return scrubbed
