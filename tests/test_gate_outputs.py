"""Every output of the gate: valid by its published schema, within its reader's limits, safe with what a shop wrote."""

import json
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.evidence import Device
from auditor.finding import Area, Severity
from auditor.gate.explaining import explain
from auditor.gate.outputs import NAMES, write_outputs
from auditor.gate.outputs.annotations import annotations
from auditor.gate.outputs.codequality import code_quality
from auditor.gate.outputs.comment import COMMENT_CHARACTERS, MARK, SUMMARY_BYTES, comment
from auditor.gate.outputs.junit import junit
from auditor.gate.outputs.location import path_of
from auditor.gate.outputs.sarif import sarif
from auditor.gate.verdict import AcceptedReason, Compared, Fixed, GateReport, Reason, TimingAnswer
from tests.published_schemas import SARIF, problems

HOSTILE = (
    "`` ` ```", "<script>alert(1)</script>", "](javascript:alert(1)) ![x](y)", "@everyone #1 | | \n\n# head",
    "::error::injected\n::set-output name=x::y", "%0A::warning::x", "\x00\x07\x1b[31m\ud800\u202e", "]]> --> &lt;", "چراغ\u200cرومیزی",
)  # fmt: skip


def reason(text: str = "14 of 61 targets are too small", **fields: object) -> Reason:
    made = {
        "kind": "finding", "level": "error", "id": "mobile/targets-small", "check": "mobile/targets-small",
        "title": "Links and buttons are too small to hit", "found": text, "rule": "findings: any: fail", "fix": "Enlarge.",
        "source": "https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum", "area": Area.MOBILE,
        "severity": Severity.SERIOUS, "fingerprint": "1f2e3d4c5b6a7988", "pages": ("/p/arc-lamp?size=m", "/c/lamps"),
        "devices": (Device.MOBILE,), "selector": "form.buy > button",
    }  # fmt: skip
    return Reason.model_validate(made | fields)


def report(*errors: Reason, **fields: object) -> GateReport:
    made = {
        "answer": "closed" if errors else "open", "why": "The gate is closed: a test.", "shop": "lamps", "profile": "ci",
        "candidate": Compared(url="https://me@preview.shop.example:3000/?token=1", run="two", ended="complete", pages=3),
        "before": Compared(url="https://shop.example/", run="one", ended="complete", pages=3), "errors": errors,
    }  # fmt: skip
    return GateReport.model_validate(made | fields)


FULL = report(
    reason(),
    reason("2,500 ms", kind="timing", id="timing/lcp", check="", area=None, pages=(), selector=None),
    warnings=(reason("a warning", level="warning", note="not looked at before"),),
    accepted=(AcceptedReason(reason=reason(), who="Ada", why="known", until=date(2027, 1, 1)),),
    fixed=(Fixed(fingerprint="a" * 16, check="trust/phone-missing", found="no phone"),),
    timing=(
        TimingAnswer(
            metric="lcp",
            device=Device.MOBILE,
            page=None,
            verdict="worse",
            loads=7,
            before=2000,
            after=2500,
            shift=0.25,
            p=0.001,
        ),
    ),
    notes=("One page was not looked at.",),
)
UNDECIDED = report(answer="undecided", notes=("The baseline was made with devices desktop, this run with mobile.",))
MANY = report(*(reason(f"{place}: " + "چراغ " * 60, fingerprint=f"{place:016x}") for place in range(400)))
REPORTS = {
    "full": FULL,
    "undecided": UNDECIDED,
    "open": report(),
    "many": MANY,
    "hostile": report(*map(reason, HOSTILE[:6])),
}
every_report = pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)


@every_report
def test_sarif_follows_its_published_schema(made):
    assert problems(SARIF, json.loads(sarif(made, {}))) == []


def test_the_schema_tells_wrong_from_right():
    wrong = json.loads(sarif(FULL, {}))
    wrong["runs"][0]["results"][0]["level"] = "fatal"
    assert "level" in problems(SARIF, wrong)[0]


def results(made: GateReport, source_map: dict[str, str] | None = None) -> Any:
    return json.loads(sarif(made, source_map or {}))["runs"][0]["results"]


def test_a_location_in_sarif_is_a_path_in_the_repository_never_a_web_address():
    (first, *_) = results(FULL)
    uris = [one["physicalLocation"]["artifactLocation"]["uri"] for one in first["locations"]]
    assert uris == ["preview.shop.example_3000/p/arc-lamp", "preview.shop.example_3000/c/lamps"]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert first["properties"]["page_url"] == "https://preview.shop.example:3000/p/arc-lamp?size=m"
    assert first["webRequest"]["target"].startswith("https://preview.shop.example:3000/")
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "form.buy > button"
    assert first["partialFingerprints"] == {"storefrontAuditor/v1": "1f2e3d4c5b6a7988"}


def test_the_source_map_gives_a_real_file():
    (first, *_) = results(FULL, {"/p/**": "templates/product.html"})
    uris = [one["physicalLocation"]["artifactLocation"]["uri"] for one in first["locations"]]
    assert uris == ["templates/product.html", "preview.shop.example_3000/c/lamps"]


def test_what_was_accepted_is_suppressed_with_its_reason():
    suppressed = [one["suppressions"] for one in results(FULL) if "suppressions" in one]
    assert suppressed == [[{"kind": "external", "status": "accepted", "justification": "known"}]]


def test_sarif_keeps_within_what_github_takes():
    assert len(results(MANY)) == 400
    wide = results(report(reason(pages=tuple(f"/p/{place}" for place in range(900)))))
    assert len(wide[0]["locations"]) == 100


@given(st.text(max_size=120), st.text(max_size=40))
def test_a_path_never_leaves_its_folder(page, host):
    path = path_of(page, host, {})
    assert not path.startswith("/")
    assert not {"", ".", ".."} & set(path.split("/"))
    assert re.fullmatch(r"[\w.~/-]+", path)


@every_report
def test_junit_is_read_back_with_its_counts(made):
    root = ElementTree.fromstring(junit(made))
    assert root.tag == "testsuites"
    for suite in root:
        assert {child.tag for child in suite} == {"testcase"}
        assert int(suite.get("tests")) == len(suite)
        for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.get(name)) == sum(case.find(kind) is not None for case in suite)
        for case in suite:
            assert case.get("name")
            assert case.get("classname")
            assert {child.tag for child in case} <= {"failure", "error", "skipped", "system-out"}
    failures = root.findall("testsuite/testcase/failure")
    assert len(failures) == len(made.errors) + (made.answer == "closed")


def test_an_undecided_gate_is_an_error_in_junit():
    root = ElementTree.fromstring(junit(UNDECIDED))
    assert root.find("testsuite/testcase/error").get("type") == "undecided"


@given(st.text(max_size=200))
def test_junit_is_well_formed_whatever_a_shop_writes(text):
    made = report(reason(text, title=text or "t", selector=text))
    assert ElementTree.fromstring(junit(made)).findall("testsuite/testcase/failure")


@every_report
def test_code_quality_has_what_gitlab_asks_for(made):
    issues = json.loads(code_quality(made, {}))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["description"]
        assert issue["check_name"]
        assert isinstance(issue["location"]["lines"]["begin"], int)
        assert "://" not in issue["location"]["path"]


@every_report
def test_a_comment_and_a_summary_fit(made):
    shown = comment(made, COMMENT_CHARACTERS)
    assert len(shown.encode("utf-16-le")) // 2 <= COMMENT_CHARACTERS
    assert len(comment(made, SUMMARY_BYTES, in_bytes=True).encode()) <= SUMMARY_BYTES
    assert shown.startswith(MARK)


def test_a_comment_that_is_too_long_says_how_much_is_left_out():
    shown = comment(MANY, COMMENT_CHARACTERS)
    (dropped,) = re.findall(r"(\d+) more entries did not fit", shown)
    assert shown.count("  - seen: ") + int(dropped) == 400


def test_of_several_reasons_of_one_check_the_remedy_is_told_once():
    places = [reason(f"{number} pictures", pages=(f"/p/{number}",), fingerprint=f"{number:016x}") for number in (1, 2)]
    other = reason("no price", check="product/price-unclear", id="product/price-unclear")
    made = report(*places, other)
    shown = comment(made, COMMENT_CHARACTERS)
    assert (shown.count("  - repair: "), shown.count("  - seen: ")) == (2, 3)
    assert all(f"on `{one.pages[0]}`" in shown and f"`{one.fingerprint}`" in shown for one in places)
    lines = explain(made)
    assert len(lines) == 4
    assert "and 1 more like it" in lines[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_shop_wrote_stands_in_code_spans_only(text):
    made = report(reason(text, selector=text, pages=(text,)), notes=(text,), warnings=(reason(text, note=text),))
    shown = comment(made, COMMENT_CHARACTERS)
    outside = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", shown.removeprefix(MARK), flags=re.DOTALL)
    assert not re.search(r"[<@]|!\[|\]\(|javascript|::|alert", outside)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_annotation_is_one_line_that_nothing_can_be_added_to(text):
    lines = annotations(report(reason(text, pages=(text,))), {}).splitlines()
    assert len(lines) == 1
    assert re.match(r"::error file=[^,:]+,line=1,title=[^:]+::", lines[0])


def test_annotations_keep_to_the_ten_of_a_kind_that_github_shows():
    assert annotations(MANY, {}).count("::error ") == 10


@every_report
def test_the_explanation_has_five_lines_at_most_and_says_what_to_do(made):
    lines = explain(made)
    assert 1 <= len(lines) <= 5
    if made.errors:
        assert any("Enlarge." in line for line in lines)
        assert "auditor baseline accept" in lines[-1]


def test_all_outputs_are_written_and_json_is_read_back(tmp_path):
    written = write_outputs(FULL, tmp_path / "gate", {})
    assert {path.name for path in (tmp_path / "gate").iterdir()} == set(NAMES.values())
    assert GateReport.model_validate_json(written["json"].read_bytes()) == FULL
