"""A shop beside its competitors: nobody is called better by what is not comparable."""

import json

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from auditor.cli import cli
from auditor.finding import Verdict
from auditor.result import AuditResult, Journey
from auditor.run_folder import RunFolder
from auditor.settings import JourneySettings, ShopSettings
from reports.language import Language, written_in
from reports.shop_lines import Line
from reports.shops_report import shops_html, shops_json, shops_markdown
from reports.side_by_side import side_by_side
from reports.wording import AREAS
from tests.factories.results import run, sample
from tests.pseudo_language import pseudo_language, untranslated

REPAIRED = "mobile/viewport-missing"


@pytest.fixture
def shops(tmp_path) -> list[tuple[AuditResult, RunFolder]]:
    """Ours, and one that has a viewport and is twice as fast."""
    ours, our_folder = sample(tmp_path / "ours", pictures=False)
    theirs, their_folder = sample(tmp_path / "theirs", pictures=False)
    theirs = theirs.model_copy(
        update={
            "run": run(host="other.example", id="other"),
            "findings": tuple(one for one in theirs.findings if one.check != REPAIRED),
            "outcomes": theirs.outcomes | {REPAIRED: {"passed": 4}},
            "metrics": tuple(
                one.model_copy(update={"median": one.median / 2, "method": "simulated"}) for one in theirs.metrics
            ),
            "scores": theirs.scores.model_copy(update={"overall": 97}),
        }
    )
    ours = ours.model_copy(
        update={"metrics": tuple(one.model_copy(update={"method": "simulated"}) for one in ours.metrics)}
    )
    for result, folder in ((ours, our_folder), (theirs, their_folder)):
        folder.write_result(result)
    return [(ours, our_folder), (theirs, their_folder)]


def with_environment(shops, **changed):
    (ours, folder), (theirs, other) = shops
    environment = theirs.run.environment.model_copy(update=changed)
    told = theirs.model_copy(update={"run": theirs.run.model_copy(update={"environment": environment})})
    return [(ours, folder), (told, other)]


def marks(lines: tuple[Line, ...], name: str) -> list[str]:
    return next([cell.mark for cell in line.cells] for line in lines if line.name == name)


def test_the_better_one_is_marked_where_both_were_judged_alike(shops):
    told = side_by_side(shops)
    assert marks(told.scores, "Overall") == ["", "best"]
    assert marks(told.times, "Largest contentful paint, product pages, phone") == ["", "best"]
    assert told.warnings == ()


def test_equals_are_not_told_apart(shops):
    trust = next(line for line in side_by_side(shops).scores if line.name == AREAS["product"])
    assert [cell.mark for cell in trust.cells] == ["", ""]


def test_scores_by_other_checks_are_shown_and_not_compared(shops):
    told = side_by_side(with_environment(shops, checks_digest="other"))
    assert {cell.mark for line in told.scores for cell in line.cells} == {""}
    assert {line.because for line in told.scores} == {"other checks"}
    assert "judged by different checks" in told.warnings[0]


@pytest.mark.parametrize("how", ["browser", "method", "shared"])
def test_times_that_were_not_taken_alike_are_not_compared_but_bytes_are(how, shops):
    if how == "browser":
        shops = with_environment(shops, browser="Chromium 1")
    else:
        (ours, folder), other = shops
        change = {"method": "untimed"} if how == "method" else {"shared": True}
        metrics = tuple(one.model_copy(update=change) for one in ours.metrics)
        shops = [(ours.model_copy(update={"metrics": metrics}), folder), other]
    times = side_by_side(shops).times
    assert marks(times, "Largest contentful paint, product pages, phone") == ["", ""]
    assert marks(times, "Bytes transferred, product pages, phone") == ["", "best"]


def test_where_a_competitor_passes_what_we_fail_we_are_behind(shops):
    told = side_by_side(shops)
    assert [[cell.mark for cell in line.cells] for line in told.behind] == [["failed", "passed"]]
    turned = side_by_side(shops[::-1])
    assert [[cell.mark for cell in line.cells] for line in turned.ahead] == [["passed", "failed"]]
    assert turned.behind == ()


def test_a_check_that_was_not_judged_of_one_shop_says_nothing_about_it(shops):
    (ours, folder), (theirs, other) = shops
    unasked = {name: counts for name, counts in theirs.outcomes.items() if name != REPAIRED}
    told = side_by_side([(ours, folder), (theirs.model_copy(update={"outcomes": unasked}), other)])
    assert told.behind == ()
    assert ["failed", ""] in [[cell.mark for cell in line.cells] for line in told.alike]


def test_doubt_is_neither_passed_nor_failed(shops):
    (ours, folder), (theirs, other) = shops
    doubted = tuple(one.model_copy(update={"verdict": Verdict.NEEDS_REVIEW}) for one in ours.findings)
    told = side_by_side([(ours.model_copy(update={"findings": doubted}), folder), (theirs, other)])
    assert told.behind == ()


def test_a_shop_that_was_not_audited_has_a_column_and_no_numbers(shops):
    (ours, folder), (theirs, other) = shops
    blocked = theirs.model_copy(
        update={"run": run(host="other.example", ended="failed", why="Not audited, because x.")}
    )
    told = side_by_side([(ours, folder), (blocked, other)])
    assert told.shops[1].ended == "Not audited"
    assert {line.cells[1].text for line in told.scores} == {"insufficient evidence"}
    assert {line.cells[1].text for line in told.counts} == {"not judged"}
    assert told.behind == ()


def test_pages_that_robots_txt_kept_closed_are_named(shops):
    (ours, folder), (theirs, other) = shops
    kept = Journey(
        name="search", device="mobile", ended="forbidden", refused_requests=("GET /search: robots.txt keeps this",)
    )
    told = side_by_side([(ours, folder), (theirs.model_copy(update={"journeys": (kept,)}), other)])
    assert told.warnings == ("other.example keeps pages of a journey from crawlers; they were not opened.",)


@pytest.mark.parametrize("code", ["en", "pl", "fa"])
def test_the_page_names_both_shops_in_the_readers_language(code, shops):
    with written_in(Language(code)):
        page = BeautifulSoup(shops_html(shops), "lxml")
        markdown = shops_markdown(shops)
    assert [shop.text for shop in page.select("#shops h3")] == ["shop.example", "other.example"]
    assert page.html["lang"] == code
    assert ("What cannot be compared" in markdown, "Where you are behind" in markdown) == (False, code == "en")


def test_every_text_comes_from_the_catalogues(shops, tmp_path, monkeypatch):
    (tmp_path / "eo").mkdir()
    with pseudo_language(tmp_path / "eo", monkeypatch):
        html = shops_html(with_environment(shops, checks_digest="other", browser="Chromium 1"))
    # The factory's checks are in no catalogue.
    titles = {text.title for result, _folder in shops for text in result.checks.values()}
    assert [text for text in untranslated(html) if text.strip(", ") not in titles and "2026" not in text] == []


def test_only_runs_within_robots_txt_are_said_to_have_kept_to_it(shops):
    said = "Nothing was put into a cart, and robots.txt was obeyed."
    assert said not in shops_html(shops)
    for _result, folder in shops:
        journey = JourneySettings(within_robots=True)
        folder.write_settings(ShopSettings(start_url="https://shop.example/", depth="pages", journey=journey))
    assert said in shops_html(shops)


def test_the_data_names_shops_runs_and_folders(shops):
    told = json.loads(shops_json(shops))
    assert [shop["run"] for shop in told["shops"]] == [result.run.id for result, _folder in shops]
    assert "pictures" not in told["shops"][0]


def test_run_folders_are_compared_without_a_browser(shops, tmp_path):
    folders = [str(folder.path) for _result, folder in shops]
    done = CliRunner().invoke(cli, ["compare", *folders, "--out", str(tmp_path / "both.html")])
    assert done.exit_code == 0
    assert done.output.strip() == str(tmp_path / "both.html")
    assert "other.example" in (tmp_path / "both.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("shops", "said"),
    [(["x"], "two to 8 shops"), (["nowhere", "elsewhere"], "no run folder"), (["https://a.example"] * 9, "two to 8")],
)
def test_what_cannot_be_compared_is_refused_before_any_audit(shops, said):
    done = CliRunner().invoke(cli, ["compare", *shops])
    assert done.exit_code == 2
    assert said in done.output


def test_a_competitor_is_asked_for_public_pages_only():
    from auditor.cli.competing import public_settings

    asked = public_settings("https://other.example/", 150, 3, allow_private=False)
    assert asked.depth == "pages"
    assert asked.journey.walk == ("search", "browse")
    assert asked.journey.within_robots
    assert asked.politeness.obey_robots
    assert not {"cart", "checkout", "account"} & {template.value for template in asked.panel}
