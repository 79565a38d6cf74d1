"""Budgets: files of Lighthouse and Lighthouse CI, what of them is not understood, and what becomes of it in a report."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from auditor.check import load_checks
from auditor.cli.errors import Refused
from auditor.cli.options import shop_settings, with_budgets
from auditor.evidence import Device, Page, Template
from auditor.reading.budgets import holding
from auditor.replay import BUDGETS, limits_of, unread_budgets
from auditor.settings import ShopSettings, Speed, SpeedBudget
from auditor.speed.budget_files import BudgetFileError, read_budgets, with_budget_files
from checks.speed.over_budget import _name
from reports.language import Language, written_in
from reports.recorded import said


def written(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def short(budget: SpeedBudget) -> dict[str, Any]:
    return budget.model_dump(exclude_defaults=True, mode="json")


def test_a_budget_json_of_lighthouse_is_understood(tmp_path: Path) -> None:
    file = written(
        tmp_path / "budget.json",
        [
            {"path": "/*", "timings": [{"metric": "largest-contentful-paint", "budget": 3000}]},
            {
                "path": "/shop$",
                "resourceSizes": [{"resourceType": "script", "budget": 250}],
                "resourceCounts": [{"resourceType": "third-party", "budget": 10}],
            },
        ],
    )
    read = read_budgets(file)
    assert [short(one) for one in read.budgets] == [
        {"metric": "lcp", "max": 3000.0, "path": "/*", "file": "budget.json"},
        {"metric": "kib", "max": 250.0, "kind": "script", "path": "/shop$", "file": "budget.json", "entry": 1},
        {"metric": "requests", "max": 10.0, "kind": "third-party", "path": "/shop$", "file": "budget.json", "entry": 1},
    ]
    assert read.unread == []


def test_what_of_a_budget_json_is_not_understood_is_listed(tmp_path: Path) -> None:
    timings = [
        {"metric": "interactive", "budget": 5000},
        {"metric": "speed-index", "budget": "soon"},
        {"metric": "first-contentful-paint", "budget": 900, "tolerance": 50},
    ]
    file = written(tmp_path / "budget.json", [{"options": {"firstPartyHostnames": ["*.x"]}, "timings": timings}, 7])
    read = read_budgets(file)
    assert [one.metric for one in read.budgets] == ["fcp"]
    said = "\n".join(read.unread)
    for named in ("options", "interactive", "speed-index", "tolerance", "entry 2"):
        assert named in said


def test_assertions_of_lighthouse_ci_are_understood_in_json_and_yaml(tmp_path: Path) -> None:
    rc = {
        "ci": {
            "collect": {"settings": {"preset": "desktop"}},
            "assert": {
                "preset": "lighthouse:recommended",
                "assertMatrix": [
                    {
                        "matchingUrlPattern": ".*/product/.*",
                        "assertions": {
                            "categories:performance": ["error", {"minScore": 0.9}],
                            "total-blocking-time": [
                                "warn",
                                {"maxNumericValue": 300, "aggregationMethod": "optimistic"},
                            ],
                            "resource-summary:script:size": ["error", {"maxNumericValue": 102400}],
                            "uses-http2": "off",
                            "categories:seo": ["error", {"minScore": 1}],
                            "speed-index": ["error", {"minScore": 0.8}],
                        },
                    }
                ],
            },
        }
    }
    read = read_budgets(written(tmp_path / "lighthouserc.json", rc))
    common = {"device": "desktop", "url": ".*/product/.*"}
    assert [short(one) for one in read.budgets] == [
        {"metric": "performance", "min": 90.0, **common},
        {"metric": "tbt", "max": 300.0, "level": "warn", **common},
        {"metric": "kib", "max": 100.0, "kind": "script", **common},
    ]
    said = "\n".join(read.unread)
    for named in ("lighthouse:recommended", "optimistic", "categories:seo", "speed-index"):
        assert named in said
    assert "uses-http2" not in said
    yaml = "ci:\n  assert:\n    assertions:\n      largest-contentful-paint: [error, {maxNumericValue: 2500}]\n"
    (budget,) = read_budgets(written(tmp_path / "lighthouserc.yml", yaml)).budgets
    assert short(budget) == {"metric": "lcp", "max": 2500.0, "device": "mobile"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.json", "{", "cannot be read"),
        ("b.json", '"x"', "neither"),
        ("b.json", "[]", "no budget"),
        ("b.json", "[" * 100_000, "cannot be read"),
        ("lighthouserc.js", "module.exports = {}", "save them as JSON"),
        ("b.yml", "a: [", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(BudgetFileError, match=said):
        read_budgets(written(tmp_path / name, content))
    with pytest.raises(BudgetFileError, match="No such file"):
        read_budgets(tmp_path / "none.json")


def test_files_are_read_beside_the_settings_that_name_them(tmp_path: Path) -> None:
    written(tmp_path / "budget.json", [{"timings": [{"metric": "speed-index", "budget": 3000}]}])
    config = written(tmp_path / "shop.yaml", "start_url: https://shop.example/\nspeed: {budget_files: [budget.json]}\n")
    speed = shop_settings({}, config).speed
    assert [one.metric for one in speed.budgets] == ["si"]
    assert speed.budget_files == ()
    (tmp_path / "budget.json").unlink()
    with pytest.raises(Refused, match="budget_files"):
        shop_settings({}, config)


def test_files_of_the_command_line_join_the_budgets_of_the_settings(tmp_path: Path) -> None:
    own = SpeedBudget(metric="lcp", max=2000)
    shop = ShopSettings(start_url="https://shop.example/", speed=Speed(budgets=(own,)))
    first = written(tmp_path / "a.json", [{"timings": [{"metric": "speed-index", "budget": 3000}]}])
    second = written(tmp_path / "b.json", {"assertions": {"categories:performance": ["error", {"minScore": 0.9}]}})
    assert [one.metric for one in with_budgets(shop, [first, second]).speed.budgets] == ["lcp", "si", "performance"]
    assert with_budgets(shop, []).speed.budgets == (own,)
    with pytest.raises(Refused, match=r"--budget: .*c\.json"):
        with_budgets(shop, [tmp_path / "c.json"])


@pytest.mark.parametrize("language", ["pl", "fa"])
def test_what_is_over_budget_is_said_without_english_words(language: str) -> None:
    kinds = ("total", "document", "script", "stylesheet", "image", "font", "media", "other", "third-party")
    budgets = [SpeedBudget.model_validate({"metric": "performance", "min": 80})]
    budgets += [
        SpeedBudget.model_validate({"metric": m, "max": 1, "kind": k}) for m in ("kib", "requests") for k in kinds
    ]
    with written_in(Language(language)):
        for budget in budgets:
            sentence = said(f"{_name(budget)}: 12 KiB, and the budget is 1 KiB")
            words = [word for word in re.findall("[A-Za-z]+", sentence) if word != "KiB"]
            english = {"size", "of", "requests", "the", "for", "to", "score", "parties", "scripts"}
            assert not english & {word.lower() for word in words}, sentence


def test_what_is_not_understood_stands_in_the_report(tmp_path: Path) -> None:
    file = written(tmp_path / "b.json", [{"timings": [{"metric": "interactive", "budget": 1}]}])
    shop = ShopSettings(start_url="https://shop.example/", speed=Speed(budget_files=(file,)))
    (entry,) = unread_budgets(with_budget_files(shop))
    assert "interactive" in entry.what


def test_budgets_are_limits_of_their_check() -> None:
    checks = {spec.id for spec in load_checks()}
    budget = SpeedBudget(metric="lcp", max=2000)
    shop = ShopSettings(start_url="https://shop.example/", speed=Speed(budgets=(budget,), profile="lighthouse"))
    assert limits_of(shop, checks)[BUDGETS] == {"budgets": (budget,), "profile": "lighthouse"}
    assert BUDGETS not in limits_of(shop, set()), "a replay without the check asks for none of its limits"
    assert BUDGETS not in limits_of(ShopSettings(start_url="https://shop.example/"), checks)


@pytest.mark.parametrize(
    ("pattern", "holds"),
    [("/", True), ("/lamps", True), ("/lamps$", False), ("/*arc", True), ("/*arc$", False), ("/*lamp?x=1$", True), ("/mugs", False)],
)  # fmt: skip
def test_paths_are_matched_as_in_robots_txt(pattern: str, holds: bool) -> None:
    page = Page(url="https://shop.example/lamps/arc-lamp?x=1", key="/lamps/arc-lamp", template=Template.PRODUCT)
    budget = SpeedBudget(metric="lcp", max=1, path=pattern)
    assert bool(holding([budget], page, Device.MOBILE)) is holds


@pytest.mark.parametrize("wrong", [{"metric": "lcp"}, {"metric": "lcp", "min": 5}, {"metric": "performance", "max": 5}])
def test_a_budget_needs_the_limit_of_its_metric(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give max"):
        SpeedBudget.model_validate(wrong)
