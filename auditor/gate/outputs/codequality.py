"""GitLab's code quality report: a list of issues in Code Climate's shape."""

import hashlib
import json
from collections.abc import Mapping

from auditor.finding import Severity
from auditor.gate.outputs.location import first_page, host_of, path_of
from auditor.gate.verdict import GateReport, Reason
from reports.shop_text import clean

SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.SERIOUS: "major",
    Severity.MODERATE: "minor",
    Severity.MINOR: "info",
    None: "major",
}
"""Ours to GitLab's five. ``blocker`` is left to show-stoppers."""


def code_quality(report: GateReport, source_map: Mapping[str, str]) -> str:
    issues = {}
    for reason in (*report.errors, *report.warnings):
        path = path_of(first_page(reason), host_of(report), source_map)
        mark = hashlib.sha256(f"{reason.fingerprint or reason.id}\x1f{path}".encode()).hexdigest()[:32]
        issues[mark] = {
            "type": "issue", "description": clean(f"{reason.title}: {reason.found}", 800),
            "check_name": reason.check or reason.id, "fingerprint": mark, "severity": _severity(reason),
            "location": {"path": path, "lines": {"begin": 1}},
        }  # fmt: skip
    return json.dumps(list(issues.values()), indent=1, ensure_ascii=False) + "\n"


def _severity(reason: Reason) -> str:
    return "blocker" if reason.kind == "show_stopper" else SEVERITIES[reason.severity]
