"""SARIF 2.1.0, as GitHub's code scanning takes it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from auditor import __version__
from auditor.gate.outputs.location import address_of, first_page, host_of, path_of
from auditor.gate.verdict import AcceptedReason, GateReport, Reason
from reports.shop_text import clean, web_address

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_LOCATIONS = 100
MOST_RESULTS = 5000
MOST_TEXT = 1000


def sarif(report: GateReport, source_map: Mapping[str, str]) -> str:
    """One run. Errors and warnings are results; what is accepted is a suppressed one."""
    reasons = (*report.errors, *report.warnings)
    accepted = {id(one.reason): one for one in report.accepted}
    every = [*reasons, *(one.reason for one in report.accepted)][:MOST_RESULTS]
    run = {
        "tool": {
            "driver": {
                "name": "storefront-auditor", "semanticVersion": __version__, "version": __version__,
                "rules": _rules(every),
            }
        },
        "automationDetails": {"id": f"storefront-auditor/{clean(report.shop, 80)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": report.answer in ("open", "closed"),
                "exitCode": report.exit_code,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": clean(note, MOST_TEXT)}} for note in report.notes
                ],
            }
        ],
        "results": [_result(reason, report, source_map, accepted.get(id(reason))) for reason in every],
    }  # fmt: skip
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _rules(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = {}
    for reason in reasons:
        rule: dict[str, Any] = {
            "id": reason.id,
            "shortDescription": {"text": clean(reason.title, MOST_TEXT)},
            "defaultConfiguration": {"level": reason.level},
            "properties": {"tags": [str(reason.area or reason.kind)], "problem.severity": reason.level},
        }
        if reason.fix:
            rule["help"] = {"text": clean(reason.fix, MOST_TEXT)}
        if reason.source and web_address(reason.source):
            rule["helpUri"] = reason.source
        rules.setdefault(reason.id, rule)
    return list(rules.values())


def _result(
    reason: Reason, report: GateReport, source_map: Mapping[str, str], accepted: AcceptedReason | None
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": reason.id,
        "level": reason.level,
        "kind": "fail",
        "message": {"text": clean(f"{reason.title}: {reason.found}", MOST_TEXT)},
        "locations": [
            _location(page, reason, report, source_map) for page in (reason.pages or ("/",))[:MOST_LOCATIONS]
        ],
        "partialFingerprints": {"storefrontAuditor/v1": reason.fingerprint or reason.id},
        "properties": {
            "page_url": clean(address_of(first_page(reason), report), 2000), "severity": reason.severity or "none",
            "rule": reason.rule, "owner": clean(reason.owner, 200),
        },
    }  # fmt: skip
    if report.before is not None:
        result["baselineState"] = "new" if reason.new else "unchanged"
    if page := web_address(address_of(first_page(reason), report)):
        result["webRequest"] = {"target": page, "method": "GET"}
    if accepted is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": clean(accepted.why, 500)}]
    return result


def _location(page: str, reason: Reason, report: GateReport, source_map: Mapping[str, str]) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": path_of(page, host_of(report), source_map)},
            "region": {"startLine": 1},
        }
    }
    if reason.selector:
        location["logicalLocations"] = [{"fullyQualifiedName": clean(reason.selector, 500), "kind": "element"}]
    return location
