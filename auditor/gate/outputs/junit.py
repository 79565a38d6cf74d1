"""JUnit XML, as Jenkins and GitLab read it: a suite for each area, a case for each reason."""

import re
from collections import defaultdict
from xml.etree import ElementTree

from auditor.gate.explaining import explain
from auditor.gate.outputs.location import address_of, first_page
from auditor.gate.verdict import GateReport, Reason
from reports.shop_text import clean

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 4000


def junit(report: GateReport) -> str:
    """The first case is the gate itself. Errors are failures; warnings and what is accepted are skipped cases."""
    root = ElementTree.Element("testsuites", name="storefront-auditor")
    cases = defaultdict(list)
    for reason in report.errors:
        cases[_suite(reason)].append(_case(reason, report, "failure", ""))
    for reason in report.warnings:
        cases[_suite(reason)].append(_case(reason, report, "skipped", f"a warning. {reason.note}"))
    for one in report.accepted:
        said = f"accepted by {one.who}: {one.why}"
        cases[_suite(one.reason)].append(_case(one.reason, report, "skipped", said))
    for name, found in ({"gate": [_gate(report)]} | cases).items():
        suite = ElementTree.SubElement(root, "testsuite", name=name, tests=str(len(found)))
        for kind in ("failure", "error", "skipped"):
            number = sum(case.find(kind) is not None for case in found)
            suite.set("skipped" if kind == "skipped" else f"{kind}s", str(number))
        suite.extend(found)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _gate(report: GateReport) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name="the gate", classname=_text(report.shop))
    if report.answer == "closed":
        told = ElementTree.SubElement(case, "failure", message=_text(report.why), type="gate")
        told.text = _text("\n".join(explain(report)))
    elif report.answer != "open":
        told = ElementTree.SubElement(case, "error", message=_text(report.why), type=report.answer)
        told.text = _text("\n".join(explain(report)))
    return case


def _suite(reason: Reason) -> str:
    return str(reason.area or reason.kind)


def _case(reason: Reason, report: GateReport, kind: str, said: str) -> ElementTree.Element:
    name = f"{reason.title} [{reason.fingerprint}]" if reason.fingerprint else reason.title
    case = ElementTree.Element("testcase", name=_text(name), classname=_text(reason.check or reason.id))
    told = ElementTree.SubElement(case, kind, message=_text(said.strip() or reason.found))
    if kind == "failure":
        told.set("type", str(reason.severity or reason.kind))
        lines = [reason.found, reason.fix, f"Page: {address_of(first_page(reason), report)}", f"Rule: {reason.rule}"]
        if reason.selector:
            lines.append(f"Element: {clean(reason.selector)}")
        told.text = "\n".join(_text(line) for line in lines if line)
    else:
        ElementTree.SubElement(case, "system-out").text = _text(reason.found)
    return case


def _text(text: str) -> str:
    return _NOT_XML.sub("", text)[:LONGEST]
