"""``auditor report`` with brand, notes, another run, a period: what is asked for is written, faults are told."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from auditor.browser.finder import ENVIRONMENT_VARIABLE
from auditor.cli import cli
from auditor.run_folder import RunFolder
from auditor.store import RunState, open_store
from auditor.store import runs as stored
from tests.factories.results import declared, outcomes, run, sample, visits

BRAND = Path(__file__).parents[1] / "docs/branding/branding.yaml"
QUARTERS = {"2026-Q3": datetime(2026, 8, 2, 6, tzinfo=UTC), "2026-Q4": datetime(2026, 11, 21, 10, tzinfo=UTC)}


@pytest.fixture
def shop(tmp_path) -> dict[str, RunFolder]:
    """Two runs of a shop in two quarters, beside each other."""
    made = {}
    for quarter, when in QUARTERS.items():
        result, folder = sample(tmp_path / "runs" / "shop" / quarter, pictures=False)
        told = run(started_at=when, id=quarter)
        folder.write_run(told)
        folder.write_result(result.model_copy(update={"run": told}))
        folder.write_outcomes(outcomes(visits(), declared()))
        made[quarter] = folder
    return made


def asked(*arguments):
    return CliRunner().invoke(cli, ["report", *map(str, arguments)])


def test_a_report_is_written_beside_the_others_and_its_path_is_all_that_is_said(shop):
    done = asked(shop["2026-Q4"].path, "--brand", BRAND, "--locale", "pl")
    assert done.exit_code == 0
    assert done.stdout.strip() == str(shop["2026-Q4"].path / "report.pl.html")
    assert "Northlight Commerce" in Path(done.stdout.strip()).read_text(encoding="utf-8")


def test_notes_in_the_run_folder_are_used_without_being_asked_for(shop, tmp_path):
    folder = shop["2026-Q4"].path
    (folder / "notes.md").write_text("## Finding: navigation/dead-links\nHide: old\n", encoding="utf-8")
    lists = {form: asked(folder, "--format", form, "--out", tmp_path / f"x.{form}") for form in ("csv", "json", "md")}
    assert {done.exit_code for done in lists.values()} == {0}
    texts = {form: (tmp_path / f"x.{form}").read_text(encoding="utf-8") for form in lists}
    assert "dead-links" not in texts["csv"] + texts["md"]
    assert "dead-links" in texts["json"], "what machines read is what was found"


def test_other_notes_can_be_given(shop, tmp_path):
    (tmp_path / "other.md").write_text("## Scores\n\nAs agreed by telephone.\n", encoding="utf-8")
    done = asked(shop["2026-Q4"].path, "--notes", tmp_path / "other.md", "--out", tmp_path / "x.html")
    assert done.exit_code == 0
    assert "As agreed by telephone." in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_before_and_after_is_part_of_the_report(shop, tmp_path):
    done = asked(shop["2026-Q4"].path, "--compare", shop["2026-Q3"].path, "--out", tmp_path / "x.html")
    assert done.exit_code == 0
    assert 'id="changes"' in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_a_period_takes_the_runs_beside_the_named_one(shop, tmp_path):
    out = tmp_path / "x.html"
    assert asked(shop["2026-Q3"].path, "--period", "2026", "--out", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert 'id="period"' in page
    assert 'id="changes"' in page
    assert "2 August 2026" in page
    assert asked(shop["2026-Q3"].path, "--period", "2026-Q4", "--out", out).exit_code == 0
    assert "2 August 2026" not in out.read_text(encoding="utf-8")


def test_a_period_of_a_schedule_tells_what_was_missed(shop, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'runs' / 'auditor.db'}")
    with store.begin() as connection:
        for quarter, when in QUARTERS.items():
            stored.add_run(
                connection, schedule="weekly", shop="shop", slot=when, wall="x", starts=when, state=RunState.DONE,
                folder=str(shop[quarter].path),
            )  # fmt: skip
        missed = datetime(2026, 10, 1, 6, tzinfo=UTC)
        stored.add_run(
            connection, schedule="weekly", shop="shop", slot=missed, wall="x", starts=missed, state=RunState.MISSED,
            why="nothing ran then",
        )  # fmt: skip
    store.close()
    out = tmp_path / "x.html"
    done = asked("--schedule", "weekly", "--period", "2026-Q4", "--runs", tmp_path / "runs", "--out", out)
    assert done.exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert "nothing ran then" in page
    assert "2 August 2026" not in page
    refused = asked("--schedule", "daily", "--period", "2026-Q4", "--runs", tmp_path / "runs", "--out", out)
    assert refused.exit_code == 2
    assert "has no run with a report in 2026-Q4" in refused.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the folder of a RUN"),
        (["nowhere"], "no run folder"),
        (["RUN", "--period", "winter"], "no period"),
        (["RUN", "--period", "2025"], "no run of shop.example in 2025"),
        (["RUN", "--schedule", "x"], "goes with --period"),
        (["RUN", "--compare", "nowhere"], "no run folder"),
        (["RUN", "--notes", "nowhere.md"], "cannot be read"),
        (["RUN", "--brand", "nowhere.yaml"], "nowhere.yaml"),
        (["--schedule", "x", "--period", "2026"], "holds no auditor.db"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments, said, shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_folder = str(shop["2026-Q4"].path)
    done = asked(*(run_folder if one == "RUN" else one for one in arguments))
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
    assert not list((tmp_path).glob("runs/auditor.db"))


def test_tickets_go_into_a_folder(shop):
    done = asked(shop["2026-Q4"].path, "--format", "tickets")
    assert done.exit_code == 0
    assert len(list(Path(done.stdout.strip()).glob("*.md"))) == len(shop["2026-Q4"].result().findings)


def test_a_report_without_a_browser_imports_neither_a_browser_nor_a_database():
    told = "import sys, auditor.cli.reporting; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout.split()
    assert "reports.html" in loaded
    assert not {"playwright", "sqlalchemy", "alembic", "xlsxwriter"} & set(loaded)


def test_several_formats_in_one_go_go_into_a_folder(shop, tmp_path):
    out = tmp_path / "client"
    forms = ("html", "xlsx", "html", "tickets")
    done = asked(shop["2026-Q4"].path, *(part for form in forms for part in ("--format", form)), "--out", out)
    assert done.exit_code == 0
    assert done.stdout.split() == [str(out / name) for name in ("report.html", "report.xlsx", "tickets.en")]
    assert all(Path(path).exists() for path in done.stdout.split())


def test_a_folder_that_is_there_gets_the_one_format_into_it(shop, tmp_path):
    assert asked(shop["2026-Q4"].path, "--locale", "fa", "--out", tmp_path).stdout.strip() == str(
        tmp_path / "report.fa.html"
    )


def test_several_formats_do_not_go_into_a_file(shop, tmp_path):
    (tmp_path / "taken.html").write_text("mine", encoding="utf-8")
    done = asked(shop["2026-Q4"].path, "--format", "md", "--format", "csv", "--out", tmp_path / "taken.html")
    assert done.exit_code == 2
    assert "cannot be written" in done.output
    assert (tmp_path / "taken.html").read_text(encoding="utf-8") == "mine"


def test_without_a_browser_the_other_formats_are_written_and_the_pdf_is_refused(shop, tmp_path, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "no-browser"))
    done = asked(shop["2026-Q4"].path, "--format", "pdf", "--format", "html", "--out", tmp_path / "client")
    assert done.exit_code == 2
    assert "there is no such file" in done.output
    assert [file.name for file in (tmp_path / "client").iterdir()] == ["report.html"]


@pytest.mark.browser
def test_html_and_pdf_are_written_in_one_go_in_the_same_language(shop, tmp_path):
    done = asked(shop["2026-Q4"].path, "--format", "html", "--format", "pdf", "--locale", "fa", "--out", tmp_path)
    assert done.exit_code == 0
    html = BeautifulSoup((tmp_path / "report.fa.html").read_bytes(), "lxml")
    assert html.title is not None
    with pikepdf.open(tmp_path / "report.fa.pdf") as pdf:
        assert str(pdf.docinfo.Title) == html.title.text
        assert str(pdf.Root.Lang).startswith("fa")
