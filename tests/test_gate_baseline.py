"""The baseline file: what is kept of a run, what is refused, and how findings are accepted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.acceptance import read_acceptances
from auditor.cli import cli
from auditor.evidence import Panel
from auditor.gate.baseline import BaselineError, baseline_of, read_baseline, write_baseline
from auditor.gate.judging import judge
from auditor.gate.policy import GatePolicy, read_config
from auditor.gate.redaction import Redactor
from auditor.operator_file import SettingsFileError
from tests.factories.gate import TEXTS, failed, side, visits

PRICE = "product/price-unclear"
LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    path = tmp_path / "auditor-baseline.json"
    known = side([failed(PRICE)], visits({"https://cdn.example.com/t.js": 900}))
    write_baseline(path, baseline_of("lamps", known, Panel()))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_a_candidate_is_judged_against_the_file_as_against_the_run_itself(baseline):
    before = read_baseline(baseline).side
    today = datetime.now(UTC).date()
    for found, answer in (([failed(PRICE)], "open"), ([failed(PRICE), failed("accessibility/product-alt")], "closed")):
        after = side(found, visits({"https://cdn.example.com/t.js": 900}))
        report = judge(
            GatePolicy(), shop="lamps", profile="ci-fast", after=after, before=before, texts=TEXTS, today=today
        )
        assert report.answer == answer


def test_the_file_is_the_same_for_the_same_baseline_and_ends_with_a_line(baseline, tmp_path):
    again = tmp_path / "again.json"
    write_baseline(again, read_baseline(baseline))
    assert again.read_bytes() == baseline.read_bytes()
    assert baseline.read_text().endswith("}\n")


def cut(text: str) -> str:
    return text[: len(text) // 2]


def of_version(text: str) -> str:
    return json.dumps(json.loads(text) | {"schema_version": 9})


def without_side(text: str) -> str:
    return json.dumps({name: value for name, value in json.loads(text).items() if name != "side"})


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [(cut, "no JSON"), (of_version, "version 9"), (without_side, "side"), (lambda _text: "[]", "no baseline")],
)
def test_a_file_that_is_no_baseline_is_refused_with_a_remedy(baseline, spoilt, says):
    baseline.write_text(spoilt(baseline.read_text()))
    with pytest.raises(BaselineError, match=f"{says}.*anew"):
        read_baseline(baseline)


def test_a_missing_file_says_how_to_make_one(tmp_path):
    done = run(
        "gate", "--url", "https://preview.shop.example/", "--baseline", tmp_path / "none.json", "--out", tmp_path / "o"
    )
    assert (done.exit_code, "baseline create" in done.output) == (2, True)


def test_a_file_of_another_shop_is_refused(baseline, tmp_path):
    (tmp_path / "gate.yaml").write_text("version: 1\nname: sofas\n")
    done = run("gate", "--url", "https://x.example/", "--baseline", baseline, "--config", tmp_path / "gate.yaml")
    assert (done.exit_code, "'lamps'" in done.output) == (2, True)


def test_show_lists_what_is_known(baseline):
    shown = run("baseline", "show", "--file", baseline)
    assert shown.exit_code == 0
    assert "3 pages, 1 findings (1 critical)" in shown.output
    assert PRICE in shown.output


def test_create_does_not_write_over_a_file(baseline):
    done = run("baseline", "create", "--url", "https://shop.example/", "--file", baseline)
    assert (done.exit_code, "baseline update" in done.output) == (2, True)


def test_accept_writes_the_file_that_the_gate_reads(tmp_path):
    (tmp_path / "gate.yaml").write_text(f"version: 1\nname: lamps\naccepted: {tmp_path / 'accepted.yaml'}\n")
    fingerprint = side([failed(PRICE)]).findings[0].fingerprint
    done = run(
        "baseline", "accept", fingerprint, "--reason", "sale", "--until", LATER, "--config", tmp_path / "gate.yaml"
    )
    assert done.exit_code == 0, done.output
    found = read_acceptances(tmp_path / "accepted.yaml").of("lamps", datetime.now(UTC).date())
    assert found[fingerprint].why == "sale"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["zzz", "--reason", "x", "--until", LATER, "--shop", "lamps"], "fingerprint"),
        (["a" * 16, "--reason", "x", "--until", "2020-01-01", "--shop", "lamps"], "over already"),
        (["a" * 16, "--reason", "x", "--until", LATER], "--shop NAME"),
        (["a" * 16, "--until", LATER], "--reason"),
        (["a" * 16, "--reason", "x"], "--until"),
    ],
)
def test_accept_wants_a_finding_a_reason_and_a_day(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("baseline", "accept", *arguments)
    assert (done.exit_code, says in done.output) == (2, True)
    assert not (tmp_path / "accepted.yaml").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 1\ngate:\n  fail_on: new\n", "line 3: gate.fail_on: there is no such key"),
        ("version: 1\ngate:\n  findings:\n    - {severity: bad}\n", "line 4"),
        ("version: 1\naccess:\n  basic: me:secret\n", "line 3: access.basic: give the address of a secret"),
        ("version: 1\nshop:\n  access: {basic: x}\n", "beside shop"),
        ("gate: [", "line"),
    ],
)
def test_a_wrong_policy_is_named_by_line_and_key(tmp_path, text, says):
    path = tmp_path / "auditor-gate.yaml"
    path.write_text(text)
    with pytest.raises(SettingsFileError, match=says):
        read_config(path)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gate"], "Name the candidate"),
        (["gate", "--url", "shop.example"], "no web address"),
        (["gate", "--url", "https://a.example", "--base", "https://b.example", "--baseline", "x"], "not both"),
        (["gate", "--url", "https://a.example", "--auth", "me:secret"], "not the secret itself"),
        (["gate", "--url", "https://a.example", "--config", "/nowhere.yaml"], "No such file"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_touched(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.exit_code, says in done.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = run("gate", "--url", "https://a.example", "--out", tmp_path)
    assert (done.exit_code, "not empty" in done.output) == (2, True)
    assert (tmp_path / "mine.txt").read_text() == "mine"


SECRET = 'p/w "ż" 1&<'


def test_a_secret_is_taken_out_in_every_spelling(tmp_path):
    redactor = Redactor([SECRET, "abc"])
    spelled = [
        SECRET, json.dumps(SECRET), json.dumps(SECRET, ensure_ascii=False), "p%2Fw%20%22%C5%BC%22%201%26%3C",
        'p/w "ż" 1&amp;&lt;', "cC93ICLFvCIgMSY8",
    ]  # fmt: skip
    for text in spelled:
        assert "p" not in redactor.text(text).replace("[secret]", "")
    assert redactor.text("abc is too short to be told from a word") == "abc is too short to be told from a word"


def test_files_stay_readable_whatever_a_secret_is(tmp_path):
    told = {"answer": "x true answer y", "open": True}
    (tmp_path / "a.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps(told) + "\n" + json.dumps({"a": SECRET}) + "\n", encoding="utf-8")
    (tmp_path / "c.md").write_text(f"it says {SECRET}", encoding="utf-8")
    Redactor(["answer", SECRET]).files(tmp_path)
    redacted = {"answer": "x true [secret] y", "open": True}
    assert json.loads((tmp_path / "a.json").read_text()) == redacted
    assert [json.loads(line) for line in (tmp_path / "b.jsonl").read_text().splitlines()] == [
        redacted,
        {"a": "[secret]"},
    ]
    assert (tmp_path / "c.md").read_text() == "it says [secret]"
