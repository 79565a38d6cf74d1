"""Problems become findings with an identity."""

from typing import Any

import pytest

from auditor.api import Certainty, Problem, Severity, Template
from auditor.check import CheckSpec
from auditor.evidence import Device
from auditor.finding import Outcome, Verdict, fingerprint, skeleton
from auditor.fold import fold


def spec(check_id: str = "imagery/alt-missing", severity: Severity = Severity.SERIOUS, **fields) -> CheckSpec:
    whole: dict[str, Any] = {
        "id": check_id, "row": "A11Y-004", "severity": severity, "title": "t", "why": "w", "fix": "f",
        "found": ("{count} image of {size} px", "{count} images of {size} px"), "source": "s",
        "judge": lambda: iter(()),
        "templates": frozenset(Template), "devices": frozenset(Device), "scale": "binary", "scored": True,
        "indicative": False, "formerly": (), "scope": "page", "reads": (),
    }  # fmt: skip
    return CheckSpec(**(whole | fields))


def outcome(*problems: Problem, page: str = "/a", device: Device = Device.MOBILE, check: str = "imagery/alt-missing"):
    verdict = Verdict.FAILED if problems else Verdict.PASSED
    return Outcome(
        check=check, verdict=verdict, template=Template.PRODUCT, device=device, page_key=page, problems=problems,
        visit=f"{page}.{device}", score=0.0 if problems else 1.0,
    )  # fmt: skip


def folded(*outcomes: Outcome, specs: tuple[CheckSpec, ...] = (spec(),)):
    return fold(outcomes, {each.id: each for each in specs})


def test_the_same_problem_on_all_pages_and_devices_is_one_finding():
    problem = Problem(selector="div.card:nth-child(2) img", values={"size": 40})
    findings = folded(
        outcome(problem, problem),
        outcome(problem, page="/b"),
        outcome(problem, device=Device.DESKTOP),
        outcome(page="/c"),
    )
    assert len(findings) == 1
    finding = findings[0]
    assert finding.pages == ("/a", "/b")
    assert finding.devices == (Device.MOBILE, Device.DESKTOP)
    assert finding.reach == pytest.approx(3 / 4)
    assert [seen.count for seen in finding.occurrences] == [2, 1, 1]
    assert finding.found == "2 images of 40 px"


def test_different_places_are_different_findings():
    header, card = Problem(selector="header img", values={"size": 1}), Problem(selector="main img", values={"size": 1})
    assert len(folded(outcome(header, card))) == 2


def test_the_middle_band_is_one_severity_lower_and_doubt_is_kept_apart():
    mild = Problem(selector="a", values={"size": 1}, middle=True)
    doubt = Problem(selector="b", values={"size": 1}, certainty=Certainty.NEEDS_REVIEW)
    by_selector = {finding.selector: finding for finding in folded(outcome(mild, doubt))}
    assert by_selector["a"].severity is Severity.MODERATE
    assert by_selector["b"].verdict is Verdict.NEEDS_REVIEW


def test_one_certain_sighting_makes_a_doubtful_finding_certain():
    doubt = Problem(selector="b", values={"size": 1}, certainty=Certainty.NEEDS_REVIEW)
    sure = Problem(selector="b", values={"size": 2})
    (finding,) = folded(outcome(doubt), outcome(sure, page="/b"))
    assert (finding.verdict, finding.values) == (Verdict.FAILED, {"size": 2})


def test_worst_comes_first():
    specs = (spec("imagery/minor", Severity.MINOR), spec("imagery/critical", Severity.CRITICAL))
    problem = Problem(values={"size": 1})
    findings = folded(outcome(problem, check="imagery/minor"), outcome(problem, check="imagery/critical"), specs=specs)
    assert [finding.severity for finding in findings] == [Severity.CRITICAL, Severity.MINOR]


def test_a_missing_value_does_not_lose_the_finding():
    (finding,) = folded(outcome(Problem(selector="a")))
    assert finding.found == "{count} image of {size} px"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ul > li:nth-child(3) a", "ul > li:nth-child(9) a"),
        ("div.css-1q2w3e4 a.buy", "div.css-9z8y7x6 a.buy"),
        ("#product-12 img", "#product-734 img"),
        ("div.Card__Xy12_ab img", "div.Card__Qw98_zz img"),
    ],
)
def test_what_varies_is_no_identity(one, other):
    assert skeleton(one) == skeleton(other)
    assert fingerprint("a/b", None, one) == fingerprint("a/b", None, other)


@pytest.mark.parametrize(
    ("one", "other"), [("header a.logo", "footer a.logo"), ("a.buy", "a.wish"), ("#menu a", "#cart a")]
)
def test_what_stays_is_identity(one, other):
    assert fingerprint("a/b", None, one) != fingerprint("a/b", None, other)


def test_check_template_and_discriminator_are_identity():
    prints = {
        fingerprint("a/b", None, "x"),
        fingerprint("a/c", None, "x"),
        fingerprint("a/b", Template.HOME, "x"),
        fingerprint("a/b", None, "x", "returns"),
    }
    assert len(prints) == 4
