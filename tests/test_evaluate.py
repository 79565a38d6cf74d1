"""One check on one thing: verdicts, and what a judge's troubles become."""

import pytest

from auditor.api import (
    AcrossDevices,
    Certainty,
    Images,
    Judgement,
    Links,
    Measure,
    NotApplicable,
    NotRecorded,
    Page,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    TemplateEvidence,
)
from auditor.check import REGISTRY, CheckSpec, DeclarationError, Registry, check
from auditor.evaluate import UnknownLimit, evaluate, judge
from auditor.evidence import Device, Ended
from auditor.finding import Verdict
from tests import factories as make

TEXTS = {"title": "t", "why": "w", "fix": "f", "found": "{count}", "source": "https://example.com/", "row": "X-001"}


@pytest.fixture
def declare(monkeypatch):
    """Declare a check in a registry of its own."""
    registry = Registry()
    monkeypatch.setattr("auditor.check.REGISTRY", registry)

    def declared(judge_function, **fields) -> CheckSpec:
        check(**({"id": "imagery/test", "severity": Severity.SERIOUS} | TEXTS | fields))(judge_function)
        check_id: str = fields.get("id", "imagery/test")
        spec = registry.get(check_id)
        assert spec is not None
        return spec  # type: ignore[no-any-return]

    return declared


def no_alt(images: Images) -> Judgement:
    for image in images.items:
        if image.alt is None:
            yield Problem(selector=image.selector, middle=image.region == "footer")


def test_a_section_that_was_not_recorded_is_never_a_pass(declare):
    evidence = make.page_evidence().model_copy(update={"missing": {"images": "the page was too large"}})
    outcome = judge(declare(no_alt), evidence)
    assert (outcome.verdict, outcome.score) == (Verdict.NOT_RECORDED, None)
    assert "too large" in outcome.note


def test_an_optional_section_is_handed_over_as_none(declare):
    def either(links: Links, images: Images | None) -> Judgement:
        if images is None:
            yield Problem(discriminator="none")

    assert judge(declare(either), make.page_evidence(links=[])).verdict is Verdict.FAILED


def test_a_visit_that_did_not_load_is_not_judged(declare):
    evidence = make.page_evidence(images=[], visit_fields={"ended": "blocked", "note": "a captcha was shown"})
    outcome = judge(declare(no_alt), evidence)
    assert outcome.verdict is Verdict.NOT_RECORDED
    assert "captcha" in outcome.note


def test_pass_fail_and_middle_band_score(declare):
    spec = declare(no_alt)
    good, bad, mild = make.image(alt="Lamp"), make.image(alt=None), make.image(alt=None, region="footer")
    scores = [judge(spec, make.page_evidence(images=images)).score for images in ([good], [mild], [bad, mild])]
    assert scores == [1.0, 0.5, 0.0]


def test_doubt_is_not_scored(declare):
    def unsure(page: Page) -> Judgement:
        yield Problem(certainty=Certainty.NEEDS_REVIEW)

    outcome = judge(declare(unsure), make.page_evidence())
    assert (outcome.verdict, outcome.score) == (Verdict.NEEDS_REVIEW, None)


@pytest.mark.parametrize(
    ("raised", "verdict"),
    [
        (NotApplicable("no pictures"), Verdict.NOT_APPLICABLE),
        (NotRecorded("too few"), Verdict.NOT_RECORDED),
        (ZeroDivisionError("division"), Verdict.CRASHED),
    ],
)
def test_what_a_judge_raises_is_an_outcome(declare, raised, verdict):
    def raising(page: Page) -> Judgement:
        if page.url:
            raise raised
        yield Problem()

    outcome = judge(declare(raising), make.page_evidence())
    assert outcome.verdict is verdict
    assert str(raised) in outcome.note


def test_limits_reach_the_judge_and_unknown_ones_are_refused(declare):
    def slow(page: Page, *, good_ms: float = 100) -> Judgement:
        yield Measure(value=good_ms, unit="ms")

    spec = declare(slow, id="speed/test")
    shop = make.shop_evidence([make.page_evidence()])
    assert judge(spec, shop.visits[0], {"good_ms": 7}).measure == Measure(value=7, unit="ms")
    assert evaluate(shop, [spec], {"speed/test": {"good_ms": 9}})[0].measure == Measure(value=9, unit="ms")
    with pytest.raises(UnknownLimit, match="it has: good_ms"):
        evaluate(shop, [spec], {"speed/test": {"best_ms": 7}})
    with pytest.raises(UnknownLimit, match="no check"):
        evaluate(shop, [spec], {"speed/typo": {}})


def test_scopes_give_each_judge_its_own_things(declare):
    def of_page(page: Page) -> Judgement:
        yield from ()

    def of_template(evidence: TemplateEvidence) -> Judgement:
        yield Measure(value=len(evidence.pages), unit="pages")

    def of_pair(pair: AcrossDevices) -> Judgement:
        yield from ()

    def of_shop(shop: ShopEvidence) -> Judgement:
        yield from ()

    visits = [make.page_evidence("product", device, url) for url in ("/products/a", "/products/b") for device in Device]
    visits.append(make.page_evidence("home", "mobile"))
    lost = make.page_evidence("product", "mobile", "/products/c", visit_fields={"ended": Ended.TIMED_OUT})
    shop = make.shop_evidence([*visits, lost])
    product = {"templates": {Template.PRODUCT}}
    counts = {
        spec.scope: evaluate(shop, [spec])
        for spec in (
            declare(of_page, id="trust/page", **product),
            declare(of_template, id="trust/template", **product),
            declare(of_pair, id="trust/pair", **product),
            declare(of_shop, id="trust/shop"),
        )
    }
    assert [outcome.verdict for outcome in counts["page"]].count(Verdict.NOT_RECORDED) == 1
    assert {scope: len(outcomes) for scope, outcomes in counts.items()} == {
        "page": 5,
        "template": 2,
        "devices": 2,
        "shop": 1,
    }
    assert {outcome.measure.value for outcome in counts["template"]} == {2}


def test_a_device_or_template_that_a_check_does_not_ask_for_is_left_out(declare):
    spec = declare(no_alt, devices={Device.MOBILE}, templates={Template.PRODUCT})
    shop = make.shop_evidence(
        [make.page_evidence("product", "desktop"), make.page_evidence("home", "mobile", images=[])]
    )
    assert evaluate(shop, [spec]) == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"id": "imagery"}, "area/what-is-wrong"), ({"id": "colour/x"}, "an area of")],
)
def test_a_wrong_declaration_says_what_to_change(declare, fields, says):
    with pytest.raises(DeclarationError, match=says):
        declare(no_alt, **fields)


def test_a_parameter_that_is_no_evidence_is_refused(declare):
    def asks_for_an_int(number: int) -> Judgement:
        yield from ()

    with pytest.raises(DeclarationError, match="no evidence"):
        declare(asks_for_an_int)


def test_two_checks_cannot_share_an_id(declare):
    def other(page: Page) -> Judgement:
        yield from ()

    other.__module__ = "acme.checks"
    declare(no_alt)
    with pytest.raises(DeclarationError, match=r"acme\.checks"):
        declare(other)


def test_the_real_registry_is_untouched_by_tests():
    assert REGISTRY.get("imagery/test") is None
