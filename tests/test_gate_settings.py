"""What a gate is asked for: profiles, budgets of Lighthouse, a kept log-in, and the first configuration."""

import json
from pathlib import Path

import pytest

from auditor.cli.errors import Refused
from auditor.cli.gate_sides import shop_name, side_settings
from auditor.evidence import Device
from auditor.finding import Severity
from auditor.gate.initial import initial_config
from auditor.gate.judging import judge
from auditor.gate.policy import AccessReferences, GateConfig, GatePolicy, read_config
from auditor.gate.verdict import Reason
from auditor.result import AuditResult
from auditor.settings import ShopSettings
from tests.factories.gate import TEXTS, failed, side, visits
from tests.factories.results import run, sample
from tests.test_gate_judging import TODAY

URL = "https://preview.shop.example/"
ASKED = {"profile": "ci-fast", "allow_private": None}


def settings(config: GateConfig | None = None, secrets: list[str] | None = None, **given: object) -> ShopSettings:
    config = config or GateConfig(version=1)
    return side_settings(config, ASKED | given, URL, config.access, [] if secrets is None else secrets)


def test_a_profile_looks_at_eight_pages_on_the_phone_without_timed_loads():
    shop = settings()
    assert (shop.devices, sum(shop.panel.values()), shop.speed.runs) == ((Device.MOBILE,), 8, 0)


def test_against_a_file_the_timed_profile_makes_its_own_loads():
    assert settings(profile="ci").speed.runs >= 5
    assert settings(profile="ci", base="https://shop.example/").speed.runs == 0


def test_the_file_wins_over_the_profile_and_the_command_line_over_the_file():
    config = GateConfig(version=1, shop={"depth": "pages", "devices": ["desktop"], "allow_private": False})
    shop = settings(config, allow_private=True)
    assert (shop.depth, shop.devices, shop.allow_private) == ("pages", (Device.DESKTOP,), True)
    assert settings(GateConfig(version=1, shop={"allow_private": True})).allow_private is True


def test_budgets_of_lighthouse_are_read_and_a_time_in_them_gets_its_loads(tmp_path):
    (tmp_path / "budget.json").write_text(
        json.dumps([{"path": "/*", "resourceSizes": [{"resourceType": "script", "budget": 90}]}])
    )
    (tmp_path / "rc.json").write_text(
        json.dumps(
            {
                "ci": {
                    "assert": {
                        "assertions": {
                            "largest-contentful-paint": ["error", {"maxNumericValue": 2500}],
                            "unused-css": "error",
                        }
                    }
                }
            }
        )
    )
    sizes = settings(GateConfig(version=1, budgets=(tmp_path / "budget.json",)))
    assert [(one.metric, one.max) for one in sizes.speed.budgets] == [("kib", 90)]
    assert sizes.speed.runs == 0
    times = settings(GateConfig(version=1, budgets=(tmp_path / "rc.json",)))
    assert times.speed.runs >= 5
    assert "unused-css" in times.speed.budgets_unread[0]
    (tmp_path / "budget.json").write_text("{")
    with pytest.raises(Refused, match=r"budget\.json"):
        settings(GateConfig(version=1, budgets=(tmp_path / "budget.json",)))


@pytest.mark.parametrize(("severity", "level"), [(Severity.SERIOUS, "error"), (Severity.MINOR, "warning")])
def test_a_passed_budget_holds_for_old_pages_too(severity, level):
    over = side([failed("product/price-unclear")])
    finding = over.findings[0].model_copy(
        update={"check": "speed/over-budget", "severity": severity, "indicative": True}
    )
    over = over.model_copy(update={"findings": (finding,)})
    report = judge(GatePolicy(), shop="lamps", profile="ci", after=over, before=over, texts=TEXTS, today=TODAY)
    (reason,) = report.errors + report.warnings
    assert isinstance(reason, Reason)
    assert (reason.kind, reason.level, reason.new) == ("budget", level, False)


STATE = {
    "cookies": [
        {"name": "login", "value": "Canary-1", "domain": ".shop.example", "path": "/"},
        {"name": "other", "value": "Canary-2", "domain": "tracker.example", "path": "/"},
        {"name": "near", "value": "Canary-3", "domain": "op.example", "path": "/"},
    ],
    "origins": [],
}  # fmt: skip


def test_of_a_storage_state_the_hosts_own_cookies_are_sent_and_known_as_secrets(tmp_path):
    (tmp_path / "state.json").write_text(json.dumps(STATE))
    secrets: list[str] = []
    shop = settings(None, secrets, storage_state=f"file:{tmp_path / 'state.json'}")
    assert {name: value.get_secret_value() for name, value in shop.access.cookies.items()} == {"login": "Canary-1"}
    assert secrets == ["Canary-1"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cookies": [{"name": "x"}]}'])
def test_what_is_no_storage_state_is_refused(tmp_path, text):
    (tmp_path / "state.json").write_text(text)
    with pytest.raises(Refused, match="storage_state"):
        settings(storage_state=f"file:{tmp_path / 'state.json'}")


def test_secrets_of_the_file_are_references_that_the_command_line_overrides(monkeypatch):
    monkeypatch.setenv("LOGIN", "me:Canary-pw")
    monkeypatch.setenv("TOKEN", "Canary-token")
    monkeypatch.setenv("SESSION", "session=Canary-cookie")
    access = AccessReferences(basic="env:LOGIN", headers={"x-bypass": "env:TOKEN"})
    secrets: list[str] = []
    shop = settings(GateConfig(version=1, access=access), secrets, cookies=("env:SESSION",))
    assert shop.access.basic is not None
    assert set(shop.access.headers) == {"x-bypass"}
    assert set(secrets) == {"me:Canary-pw", "Canary-pw", "Canary-token", "Canary-cookie"}
    with pytest.raises(Refused, match="GONE"):
        settings(GateConfig(version=1, access=AccessReferences(basic="env:GONE")))


def test_findings_are_accepted_under_a_name_that_outlives_previews():
    candidate, base = settings(), ShopSettings(start_url="https://shop.example/")
    assert shop_name(GateConfig(version=1, name="lamps"), candidate, base, None) == "lamps"
    assert shop_name(GateConfig(version=1), candidate, base, None) == "shop.example"


def test_the_first_configuration_can_be_read_and_says_what_was_seen(tmp_path: Path):
    result, _folder = sample(tmp_path / "run", pictures=False)
    seen = side([failed("product/price-unclear")], visits({"https://cdn.example.com/t.js": 9}))
    text = initial_config(result, seen)
    path = tmp_path / "auditor-gate.yaml"
    path.write_text(text, encoding="utf-8")
    config = read_config(path)
    assert (config.name, config.shop["language"]) == ("shop.example", "fa")
    assert config.gate == GatePolicy()
    assert "1 critical" in text
    assert "example.com" in text


def test_a_shop_cannot_write_into_the_configuration(tmp_path):
    result, _folder = sample(tmp_path / "run", pictures=False)
    hostile = 'fa"\naccepted: /etc/passwd\n# '
    told = AuditResult.model_validate(
        result.model_dump() | {"discovery": {"language": hostile}, "run": run().model_dump()}
    )
    path = tmp_path / "auditor-gate.yaml"
    path.write_text(initial_config(told, side()), encoding="utf-8")
    assert read_config(path).accepted == Path("accepted.yaml")
