"""What closes the gate, what only warns, and what cannot be decided."""

from datetime import date

import pytest

from auditor.acceptance import Acceptances, Accepted
from auditor.evidence import Device
from auditor.finding import Certainty, Severity, Verdict
from auditor.gate.judging import judge
from auditor.gate.policy import GatePolicy, Growth, Rule, Timing
from auditor.gate.side import Side
from auditor.gate.verdict import GateReport, TimingAnswer
from tests.factories.gate import CONDITIONS, TEXTS, failed, side, visits
from tests.factories.records import page_evidence
from tests.factories.results import declared, run
from tests.factories.sections import request, timing

TODAY = date(2026, 11, 22)
PRICE, ALT, CRUMBS, LCP = (
    "product/price-unclear", "accessibility/product-alt", "navigation/breadcrumb-missing", "speed/lcp-slow",
)  # fmt: skip
CALM, DEFAULTS = side(), GatePolicy()


def gate(after: Side, before: Side | None = CALM, policy: GatePolicy = DEFAULTS, **more: object) -> GateReport:
    given = {"shop": "lamps", "profile": "ci-fast", "texts": TEXTS, "today": TODAY} | more
    return judge(policy, after=after, before=before, **given)  # type: ignore[arg-type]


def test_the_same_shop_passes():
    report = gate(CALM)
    assert (report.answer, report.exit_code, report.errors, report.warnings) == ("open", 0, (), ())


def test_a_new_finding_closes_the_gate_with_what_a_developer_needs():
    report = gate(side([failed(PRICE)]))
    assert (report.answer, report.exit_code) == ("closed", 1)
    (reason,) = report.errors
    assert (reason.check, reason.pages, reason.severity, reason.new) == (
        PRICE,
        ("/p/arc-lamp",),
        Severity.CRITICAL,
        True,
    )
    assert reason.fix
    assert reason.rule == "findings: moderate or worse: fail"


def test_a_finding_that_was_there_does_not():
    old = side([failed(PRICE)])
    assert gate(old, before=old).answer == "open"


def test_what_was_repaired_is_told():
    report = gate(CALM, before=side([failed(PRICE)]))
    assert [one.check for one in report.fixed] == [PRICE]


def test_the_first_rule_that_fits_decides():
    policy = GatePolicy(findings=(Rule(check="product/*", action="warn"), Rule()))
    report = gate(side([failed(PRICE), failed(ALT)]), policy=policy)
    assert [one.check for one in report.errors] == [ALT]
    assert [one.check for one in report.warnings] == [PRICE]


@pytest.mark.parametrize(
    ("rule", "closes"),
    [
        (Rule(severity=Severity.CRITICAL), {PRICE}),
        (Rule(severity=Severity.MODERATE), {PRICE, CRUMBS}),
        (Rule(area="navigation"), {CRUMBS}),
        (Rule(area="navigation", severity=Severity.SERIOUS), set()),
        (Rule(check=CRUMBS), {CRUMBS}),
        (Rule(action="ignore"), set()),
    ],
)  # fmt: skip
def test_rules_choose_by_severity_area_and_check(rule, closes):
    report = gate(side([failed(PRICE), failed(CRUMBS)]), policy=GatePolicy(findings=(rule,)))
    assert {one.check for one in report.errors} == closes


def test_doubt_never_closes_the_gate():
    unsure = failed(PRICE, certainty=Certainty.NEEDS_REVIEW).model_copy(update={"verdict": Verdict.NEEDS_REVIEW})
    report = gate(side([unsure]))
    assert (report.answer, report.errors) == ("open", ())


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (side(checks=[ALT]), "the check is new"),
        (side(seen=visits(pages={"/": "home"})), "not looked at before"),
        (CALM.model_copy(update={"digests": {}}), "the check has changed"),
    ],
)
def test_what_may_have_been_there_before_only_warns(before, says):
    report = gate(side([failed(PRICE)]), before=before)
    assert report.answer == "open"
    assert says in report.warnings[0].note


def test_a_time_that_crossed_a_limit_only_warns():
    report = gate(side([failed(LCP, values={"lcp_ms": 2600, "good_ms": 2500})]))
    assert report.answer == "open"
    assert "repeated loads decide" in report.warnings[0].note


def stopper() -> Side:
    found = side([failed(PRICE)])
    finding = found.findings[0].model_copy(update={"row": "CHK-004"})
    return found.model_copy(update={"findings": (finding,)})


@pytest.mark.parametrize(("says", "answer"), [("fail", "closed"), ("new", "open"), ("warn", "open")])
def test_an_old_show_stopper(says, answer):
    assert gate(stopper(), before=stopper(), policy=GatePolicy(show_stoppers=says)).answer == answer


def test_a_show_stopper_closes_the_gate_without_anything_to_compare_with():
    assert gate(stopper(), before=None).answer == "closed"


def test_more_findings_than_allowed_close_the_gate_old_ones_included():
    old = side([failed(PRICE)])
    report = gate(old, before=old, policy=GatePolicy(most={Severity.CRITICAL: 0}))
    assert [one.kind for one in report.errors] == ["number"]


def test_a_new_third_party_script_closes_the_gate_and_names_it():
    report = gate(side(seen=visits({"https://cdn.tracker.example.com/t.js": 900})))
    (reason,) = report.errors
    assert (reason.kind, reason.owner) == ("third_party", "example.com")
    assert gate(side(seen=visits({"https://shop.example/own.js": 900}))).answer == "open"


def test_a_third_party_on_pages_that_were_not_looked_at_before_only_warns():
    script = {"https://cdn.example.com/t.js": 900}
    seen = [*visits(pages={"/": "home"}), *visits(script, pages={"/p/arc-lamp": "product"})]
    report = gate(side(seen=seen), before=side(seen=visits(pages={"/": "home"})))
    assert report.answer == "open"
    assert [one.owner for one in report.warnings] == ["example.com"]


@pytest.mark.parametrize(("size", "answer"), [(300 * 1024, "closed"), (40_000, "open")])
def test_heavier_pages_close_the_gate_from_a_size_that_matters(size, answer):
    assert gate(side(seen=visits({"/static/new.js": size}))).answer == answer


def test_what_grew_and_which_script_is_new_are_named():
    own, strange = "/static/app.js", "https://cdn.example.com/t.js"
    report = gate(side(seen=visits({own: 400_000, strange: 2000})), before=side(seen=visits({own: 100_000})))
    said = {reason.id: reason.found for reason in report.errors}
    assert "the largest change is /static/app.js, 300 kB more" in said["growth/bytes"]
    assert said["third-party-script"].endswith("such as cdn.example.com/t.js")


def test_growth_must_also_be_a_share_of_what_was():
    big = {"/static/app.js": 4_000_000}
    assert gate(side(seen=visits(big | {"/static/new.js": 300_000})), before=side(seen=visits(big))).answer == "open"


def test_a_layout_that_shifts_closes_the_gate():
    report = gate(side(seen=visits(cls=0.16)))
    assert [one.id for one in report.errors] == ["growth/cls"]
    assert report.errors[0].pages == ("/", "/c/lamps", "/p/arc-lamp")


def test_growth_can_be_a_warning_only():
    policy = GatePolicy(growth=(Growth(metric="cls", share=0, least=0.05, action="warn"),))
    assert gate(side(seen=visits(cls=0.16)), policy=policy).answer == "open"


def test_what_the_second_look_does_not_show_only_warns():
    report = gate(side([failed(PRICE), failed(ALT)]), again=side([failed(ALT)]))
    assert [one.check for one in report.errors] == [ALT]
    assert "one of two visits" in report.warnings[0].note


def accepted(until: date, shop: str = "lamps") -> Acceptances:
    (finding,) = side([failed(PRICE)]).findings
    one = Accepted(shop=shop, fingerprint=finding.fingerprint, who="Ada", why="a known case", until=until)
    return Acceptances(version=1, accepted=(one,))


def test_an_accepted_finding_does_not_close_the_gate_until_its_day_is_over():
    report = gate(side([failed(PRICE)]), acceptances=accepted(TODAY))
    assert (report.answer, report.accepted[0].who) == ("open", "Ada")
    late = gate(side([failed(PRICE)]), acceptances=accepted(date(2026, 11, 21)))
    assert late.answer == "closed"
    assert "until 2026-11-21" in late.notes[0]
    assert gate(side([failed(PRICE)]), acceptances=accepted(TODAY, "another")).answer == "closed"


def other(**environment: object) -> Side:
    made = run().environment.model_copy(update=environment)
    return side(environment=made)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (side(conditions=CONDITIONS | {"devices": "desktop"}), "devices desktop"),
        (side(conditions=CONDITIONS | {"profile": "ci"}), "profile ci"),
        (other(auditor="0.1.9"), "auditor 0.1"),
        (side(seen=visits(pages={"/elsewhere": "home"})), "no page in common"),
    ],
)
def test_what_cannot_be_compared_is_undecided_and_says_why(before, says):
    report = gate(CALM, before=before)
    assert (report.answer, report.exit_code) == ("undecided", 4)
    assert says in report.why


def test_times_need_the_same_browser_and_machine_findings_do_not():
    before = other(browser="Chromium 120.0", cores=16)
    assert gate(CALM, before=before).answer == "open"
    steady = TimingAnswer(
        metric="lcp", device=Device.MOBILE, page=None, verdict="steady", loads=5, before=1, after=1, shift=0, p=1
    )
    report = gate(CALM, before=before, timing=(steady,))
    assert (report.answer, "browser 120" in report.why) == ("undecided", True)


def test_a_run_that_lost_pages_is_undecided_unless_something_closes_the_gate():
    assert gate(side(ended="partial", why="No page could be judged of: cart.")).exit_code == 4
    assert gate(side([failed(PRICE)], ended="partial", why="No page …")).exit_code == 1


def test_a_run_without_a_page_is_not_judged():
    report = gate(side(seen=[], ended="failed", why="Not audited, because a login form answered."))
    assert (report.exit_code, report.why) == (3, "Not audited, because a login form answered.")


def test_a_time_that_became_worse_closes_the_gate_once_with_its_numbers():
    whole = TimingAnswer(
        metric="lcp", device=Device.MOBILE, page=None, verdict="worse", loads=7, before=2000, after=2500, shift=0.25, p=0.001
    )  # fmt: skip
    report = gate(CALM, timing=(whole, whole.model_copy(update={"page": "/", "shift": 0.4})))
    (reason,) = report.errors
    assert reason.found.startswith("over all pages 2,500 ms, before 2,000 ms (+25%, 7 loads a side")
    warns = GatePolicy(timing=Timing(action="warn"))
    assert gate(CALM, policy=warns, timing=(whole,)).answer == "open"


def test_every_declared_check_can_be_held_against_a_candidate():
    report = gate(side([failed(name) for name in declared()]), policy=GatePolicy(findings=(Rule(),)))
    assert {one.check for one in (*report.errors, *report.warnings)} == set(declared())


def test_a_token_in_the_previews_address_is_not_repeated():
    report = gate(side(start_url="https://preview.shop.example/pl?bypass=Canary-1"))
    assert report.candidate is not None
    assert report.candidate.url == "https://preview.shop.example/pl"


def test_what_is_counted_does_not_depend_on_when_the_load_event_came_nor_on_how_long_a_script_asks_on():
    def counted(*calls: str, late: bool) -> Side:
        pictures = [request(f"/media/{n}.webp", decoded_bytes=9000, after_load=late) for n in range(12)]
        asked = [request(url, type="xhr", decoded_bytes=400_000, after_load=True) for url in calls]
        return side(seen=[page_evidence("home", "mobile", "/", requests=[*pictures, *asked], timing=timing())])

    quick, slow = counted("/alive?t=1", late=True), counted(*(f"/alive?t={n}" for n in range(40)), late=False)
    assert quick.counted == slow.counted
    (home,) = quick.counted
    assert (home.requests, home.bytes) == (13, 508_000)
