"""``auditor ads`` as it stands in the guide, on run folders without a browser."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli.ads import ads
from auditor.evidence import Asked, Box, Device, Insertions, Page, Piece, StorefrontBaseline, Template, VantageLoad
from auditor.incident_result import incident_results, looked_for
from auditor.operator_file import read_operator_file
from auditor.replay import shop_evidence
from auditor.run_folder import RunFolder
from auditor.settings import ShopSettings
from reports.incidents import write_incidents
from tests import factories as make

SHOP = "https://shop.example/"
TAGS, ADX = "https://tags.example.net/gtm.js", "https://cdn.adx.example/a.js"
AD = Piece(
    kind="layer", selector="div#ad", maker=(ADX,), box=Box(x=0, y=700, width=1350, height=220), share=0.23, layer=True,
    leads=("https://deals.example.com/go",), leads_share=1.0,
)  # fmt: skip


def run_folder(path: Path, *, infected: bool) -> Path:
    """A run with one load; of an unchanged shop, or of one with an advertisement."""
    folder = RunFolder.create(path)
    (path / "run.json").write_text("{}")
    folder.write_settings(ShopSettings(start_url=SHOP))
    folder.discovered_pages.touch()
    folder.discovered_links.touch()
    asked = (Asked(url=TAGS, type="script"), *((Asked(url=ADX, type="script", maker=(TAGS,)),) if infected else ()))
    seen = Insertions(
        url=SHOP, asked_url=SHOP, makers_by="browser", served_hosts=(), asked=asked, pieces=(AD,) if infected else ()
    )
    page = Page(url=SHOP, key="/", template=Template.HOME)
    folder.write_vantage(VantageLoad(page=page, device=Device.DESKTOP, vantage="direct", insertions=seen), "home")
    folder.write_visit(make.page_evidence("home", "desktop", visit_fields={"id": "home.desktop"}))
    return path


def ran(*arguments: object) -> str:
    result = CliRunner().invoke(ads, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: object) -> str:
    result = CliRunner().invoke(ads, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code == 2, result.output
    return " ".join(result.output.split())


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return run_folder(tmp_path / "clean", infected=False)


@pytest.fixture
def infected(tmp_path: Path) -> Path:
    return run_folder(tmp_path / "infected", infected=True)


@pytest.fixture
def file(tmp_path: Path, clean: Path) -> Path:
    path = tmp_path / "storefront-baseline.yaml"
    ran("init", clean, "--baseline", path)
    return path


def test_the_baseline_of_a_clean_run_names_its_companies(file: Path) -> None:
    baseline = read_operator_file(file, StorefrontBaseline)
    assert set(baseline.parties) == {"example.net"}
    assert baseline.shop == "shop.example"


def test_a_file_that_is_there_is_not_written_over(file: Path, clean: Path) -> None:
    before = file.read_text()
    assert "--force" in refused("init", clean, "--baseline", file)
    assert file.read_text() == before


def test_the_baseline_of_an_infected_run_leaves_the_alert_out(tmp_path: Path, infected: Path) -> None:
    told = ran("init", infected, "--baseline", tmp_path / "b.yaml")
    assert "NOT approved" in told
    parties = read_operator_file(tmp_path / "b.yaml", StorefrontBaseline).parties
    assert set(parties) == {"example.net"}


def test_an_incident_is_listed_approved_and_then_quiet(file: Path, infected: Path) -> None:
    told = ran("list", infected, "--baseline", file)
    assert "1 alerts, 0 to review" in told
    name = told.split()[0]
    told = ran("approve", name, "--run", infected, "--baseline", file, "--why", "our campaign", "--by", "anna")
    assert f"auditor ads list {infected} --baseline {file}" in told
    assert "0 alerts, 0 to review" in ran("list", infected, "--baseline", file)
    (accepted,) = read_operator_file(file, StorefrontBaseline).accepted
    assert (accepted.party, accepted.why, accepted.by) == ("adx.example", "our campaign", "anna")
    assert accepted.until is not None
    assert accepted.on is not None
    assert (accepted.until - accepted.on).days == 365


def test_an_unknown_incident_and_an_endless_approval_are_refused(file: Path, infected: Path) -> None:
    assert "has no incident inc-000000" in refused(
        "approve", "inc-000000", "--run", infected, "--baseline", file, "--why", "x"
    )
    name = ran("list", infected, "--baseline", file).split()[0]
    assert "within a year" in refused(
        "approve", name, "--run", infected, "--baseline", file, "--why", "x", "--until", "2099-01-01"
    )


def test_a_baseline_that_is_not_there_says_how_to_write_one(tmp_path: Path, infected: Path) -> None:
    assert "auditor ads init" in refused("list", infected, "--baseline", tmp_path / "none.yaml")


def test_the_page_of_incidents_tells_the_alert_and_escapes_what_the_shop_says(infected: Path, file: Path) -> None:
    folder = RunFolder.open(infected)
    folder.write_bytes("storefront-baseline.yaml", file.read_bytes())
    path = write_incidents(folder)
    assert path is not None
    html = path.read_text()
    assert "example.com" in html
    assert "a.js (cdn.adx.example) ← gtm.js (tags.example.net)" in html
    assert "<script" not in html
    hostile = AD.model_copy(update={"selector": "<script>alert(1)</script>"})
    load = next(iter(folder.vantages()))
    assert load.insertions is not None
    folder.write_vantage(
        load.model_copy(update={"insertions": load.insertions.model_copy(update={"pieces": (hostile,)})}), "home"
    )
    write_incidents(folder)
    assert "<script" not in path.read_text()


def test_the_result_holds_the_incidents_and_how_much_was_looked_at(infected: Path, file: Path) -> None:
    folder = RunFolder.open(infected)
    folder.write_bytes("storefront-baseline.yaml", file.read_bytes())
    shop = shop_evidence(folder, folder.settings())
    (one,) = incident_results(shop)
    assert (one.party, one.standing, one.vector, one.first_link) == (
        "adx.example",
        "alert",
        "third-party-tag",
        "example.net",
    )
    assert one.chain == (ADX, TAGS)
    assert any(sign.harm for sign in one.signs)
    told = looked_for(shop)
    assert told is not None
    assert (told.loads, told.seen_from_percent, told.baseline, told.visitors_measured) == (1, 95, True, False)
    assert looked_for(shop.model_copy(update={"vantages": ()})) is None
