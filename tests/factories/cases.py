"""Saved evidence under ``tests/evidence/<area>/<name>/<verdict>-<what>.json``: reading and writing it.

A file is ``{"evidence": …, "expect": […]}``: what a check receives and the problems that it must yield, without boxes.
"""

import json
from pathlib import Path
from typing import Any

from auditor.check import CheckSpec
from auditor.evaluate import Evidence, judge
from auditor.evidence import AcrossDevices, JourneyEvidence, PageEvidence, ShopEvidence, TemplateEvidence
from auditor.finding import Outcome

FOLDER = Path(__file__).parents[1] / "evidence"
KINDS: dict[str, type[Evidence]] = {
    "page": PageEvidence,
    "template": TemplateEvidence,
    "devices": AcrossDevices,
    "journey": JourneyEvidence,
    "shop": ShopEvidence,
}
WIDTH = 220
"""Lines of saved evidence are no longer than this where a value can be broken."""


def saved() -> list[Path]:
    return sorted(FOLDER.glob("*/*/*.json"))


def check_of(case: Path) -> str:
    return f"{case.parent.parent.name}/{case.parent.name}"


def verdict_of(case: Path) -> str:
    return case.name.split("-")[0]


def read_case(case: Path, spec: CheckSpec) -> tuple[Evidence, list[dict[str, Any]]]:
    """The evidence, and the problems expected of it."""
    whole = json.loads(case.read_text(encoding="utf-8"))
    return KINDS[spec.scope].model_validate(whole["evidence"]), whole["expect"]


def limits_of(case: Path) -> dict[str, Any] | None:
    """The operator's limits under which it was judged, where a check has nothing to say without them."""
    limits: dict[str, Any] | None = json.loads(case.read_text(encoding="utf-8")).get("limits")
    return limits


def summary(outcome: Outcome) -> list[dict[str, Any]]:
    """What is compared: the problems without boxes, defaults left out."""
    return [problem.model_dump(mode="json", exclude_defaults=True, exclude={"box"}) for problem in outcome.problems]


def write_case(spec: CheckSpec, name: str, evidence: Evidence, limits: dict[str, Any] | None = None) -> Outcome:
    """Save evidence with what the check says of it today. Read the file before it is kept: it becomes the truth."""
    outcome = judge(spec, evidence, limits)
    whole = {"evidence": evidence.model_dump(mode="json", exclude_defaults=True), "expect": summary(outcome)}
    whole |= {"limits": limits} if limits else {}
    case = FOLDER / spec.id / f"{name}.json"
    case.parent.mkdir(parents=True, exist_ok=True)
    case.write_text(_readable(whole) + "\n", encoding="utf-8")
    return outcome


def _readable(value: Any, indent: int = 0) -> str:
    """JSON with one line for every part that fits into one."""
    line = json.dumps(value, ensure_ascii=False)
    if (indent > 0 and len(line) + indent <= WIDTH) or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(key)}: {_readable(item, indent + 2)}" for key, item in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(f"{inner}{_readable(item, indent + 2)}" for item in value) + "\n" + " " * indent + "]"
