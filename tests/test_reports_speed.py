"""Timed loads in the report: film, waterfall, phases, and the two states of a page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from auditor.evidence import Fetched, FilmFrame, FirstView, LcpPhases, PaintTrial, SecondLook, Timed, TimedLoad
from auditor.result import AuditResult, metrics
from auditor.run_folder import RunFolder
from reports.films import film_pictures
from reports.html import html_report
from reports.speed import TimedPage, timed_pages
from reports.speed_files import MOST_FILES
from reports.tables import NO_BREAK, metric_rows
from reports.view import view_of
from tests.factories import page_evidence
from tests.factories.results import sample
from tests.factories.speed import insight, load, timed
from tests.test_reports import PAYLOADS

VISIT = "00-home.mobile"


def filmed(name: str, **fields: Any) -> TimedLoad:
    """A load with two pictures, four phases and three files."""
    made = load(**fields)
    assert made.traced is not None
    traced = made.traced.model_copy(
        update={
            "observed": {"fcp": 300.0, "lcp": 700.0},
            "phases": LcpPhases(ttfb_ms=100, load_delay_ms=50, load_ms=250, render_delay_ms=300),
            "lcp_url": "https://shop.example/hero.webp",
            "lcp_element": "IMG",
            "fetched": (
                Fetched(url="https://shop.example/", type="Document", start_ms=0, first_byte_ms=100, end_ms=150, bytes=9e3),
                Fetched(url="https://shop.example/a.css", type="Stylesheet", start_ms=150, end_ms=250, blocking=True),
                Fetched(url="https://tags.invalid/t.js", owner="Tags", type="Script", start_ms=160, end_ms=300, bytes=5e4),
                Fetched(url="https://shop.example/hero.webp", type="Image", start_ms=160, end_ms=600, bytes=8e4),
            ),
            "fetched_in_all": 31,
        }
    )  # fmt: skip
    film = (FilmFrame(at_ms=20, picture=f"{name}-a.webp"), FilmFrame(at_ms=690, picture=f"{name}-b.webp"))
    return made.model_copy(update={"traced": traced, "film": film})


def with_timed(result: AuditResult, folder: RunFolder, one: Timed) -> TimedPage:
    folder.write_timed(one.model_copy(update={"visit": VISIT}))
    (page,) = timed_pages(result, folder, "web-vitals")
    return page


@pytest.fixture
def audited(tmp_path: Path) -> tuple[AuditResult, RunFolder]:
    result, folder = sample(tmp_path / "run", pictures=False)
    (folder.path / "pages" / VISIT).mkdir(parents=True, exist_ok=True)
    for name in ("one-a", "one-b", "two-a", "two-b"):
        Image.new("RGB", (120, 240), "#204060").save(folder.path / f"{name}.webp")
    return result, folder


def test_a_page_shows_its_film_its_phases_and_what_it_fetched(audited: tuple[AuditResult, RunFolder]) -> None:
    result, folder = audited
    view = FirstView(at_ms=800, likeness=0.97, complete=1)
    again = SecondLook(lcp_ms=210, sent_bytes=4000, kept_whole=False, not_kept=("WebSocket",))
    middle = filmed("one").model_copy(update={"first_view": view})
    page = with_timed(result, folder, timed(load(), middle, load(), insights=[insight("Cache")], again=again))
    assert page.score is not None
    assert "median of 3 loads" in page.summary
    (film,) = page.films
    assert [(picture.label, picture.mark) for picture in film.pictures] == [
        ("20 ms", ""), ("690 ms", "first paint and largest paint"),
    ]  # fmt: skip
    assert [phase.value for phase in page.phases] == ["100 ms", "50 ms", "250 ms", "300 ms"]
    assert sum(phase.size for phase in page.phases) == pytest.approx(100, abs=0.1)
    assert [(row.owner, row.blocking, row.largest) for row in page.files] == [
        ("", False, False), ("", True, False), ("Tags", False, False), ("", False, True),
    ]  # fmt: skip
    assert all(span.start + span.size <= 100.5 for row in page.files for span in row.spans)
    assert page.kinds.startswith("1 picture, 80 KB; 1 script, 50 KB")
    assert "1 of it from a third party, 50 KB" in page.kinds
    said = " ".join(page.lines)
    assert "97 % like the settled one" in said
    assert "largest paint after 210 ms, 4 KB fetched" in said
    assert "`WebSocket`" in said
    html = BeautifulSoup(html_report(view_of(result, folder), folder.path), "lxml")
    assert len(html.select("#speed .film img[src^='data:image/webp']")) == 2
    assert len(html.select("#speed .waterfall li")) == 4


RACED = ("https://shop.example/a/bundle.js?v=2",)


@pytest.mark.parametrize(
    ("trial", "said"),
    [
        (PaintTrial(fcp=True, lcp=True, raced=RACED), "paints without (`bundle.js`)"),
        (PaintTrial(fcp=True, lcp=True, raced=RACED), "figure for these loads is 8 s to 9 s"),
        (PaintTrial(fcp=True, lcp=False), "Its largest part appears only once late scripts have run"),
        (PaintTrial(fcp=False, lcp=False), "shows nothing until its late scripts have run"),
        (PaintTrial(note="the browser ended"), "could not be tried (the browser ended)"),
    ],
)
def test_a_page_says_what_was_tried_of_files_that_raced_with_its_paints(
    audited: tuple[AuditResult, RunFolder], trial: PaintTrial, said: str
) -> None:
    result, folder = audited
    loads = [load(lcp=lcp, steady_fcp=800.0, steady_lcp=1900.0) for lcp in (8000.0, 9000.0, 8500.0)]
    page = with_timed(result, folder, timed(*loads, trial=trial))
    assert said in " ".join(page.lines)
    assert ("after 1.9 s" if trial.lcp else "after 8.5 s") in page.summary


def test_a_page_with_two_states_shows_both(audited: tuple[AuditResult, RunFolder]) -> None:
    result, folder = audited
    loads = (filmed("one", lcp=2100.0), load(lcp=2150.0), load(lcp=8300.0), filmed("two", lcp=8250.0), load(lcp=2120.0))
    page = with_timed(result, folder, timed(*loads, insights=[insight("Cache")]))
    assert [(state.name, state.loads) for state in page.states] == [("Quicker state", 3), ("Slower state", 2)]
    assert "2.1 s or 8.3 s" in page.summary
    assert len(page.films) == 2
    html = BeautifulSoup(html_report(view_of(result, folder), folder.path), "lxml")
    assert len(html.select("#speed .states > div")) == 2
    assert len(html.select("#speed .film img")) == 4


def test_of_many_files_those_that_say_most_are_shown_in_their_order(audited: tuple[AuditResult, RunFolder]) -> None:
    result, folder = audited
    middle = filmed("one")
    assert middle.traced is not None
    small = [
        Fetched(url=f"https://shop.example/{n}.png", type="Image", start_ms=n, end_ms=n + 5, bytes=n) for n in range(40)
    ]
    fetched = (*middle.traced.fetched[:1], *small, *middle.traced.fetched[1:])
    traced = middle.traced.model_copy(update={"fetched": fetched, "insights": (insight("Cache"),)})
    page = with_timed(result, folder, timed(middle.model_copy(update={"traced": traced})))
    names = [row.name for row in page.files]
    assert len(names) == MOST_FILES
    assert {"/", "a.css", "hero.webp"} <= set(names)
    assert "0.png" not in names
    assert names.index("39.png") < names.index("hero.webp")


def test_pictures_from_elsewhere_and_what_is_no_picture_are_left_out(audited: tuple[AuditResult, RunFolder]) -> None:
    result, folder = audited
    outside = folder.path.parent / "secret.webp"
    Image.new("RGB", (9, 9)).save(outside)
    (folder.path / "text.webp").write_text("no picture")
    page = with_timed(result, folder, timed(filmed("one"), insights=[insight("Cache")]))
    names = ("../secret.webp", str(outside), "text.webp", "gone.webp", "one-a.webp", "one-b.webp")
    film = page.films[0].__class__("", tuple(page.films[0].pictures[0].__class__(name, "", "") for name in names))
    pages = [page.__class__(**{**vars(page), "films": (film,)})]
    assert set(film_pictures(pages, folder.path)) == {"one-a.webp", "one-b.webp"}
    size = (folder.path / "one-a.webp").stat().st_size
    assert set(film_pictures(pages, folder.path, budget=size)) == {"one-a.webp"}


def test_paper_holds_the_pictures_of_printed_pages_in_a_form_that_a_pdf_takes_as_it_is(
    audited: tuple[AuditResult, RunFolder],
) -> None:
    result, folder = audited
    page = with_timed(result, folder, timed(filmed("one"), insights=[insight("Cache")]))
    printed = film_pictures([replace(page, leading=True)], folder.path, paper=True)
    assert printed.keys() == film_pictures([page], folder.path).keys()
    assert {uri.partition(",")[0] for uri in printed.values()} == {"data:image/jpeg;base64"}
    assert film_pictures([replace(page, leading=False)], folder.path, paper=True) == {}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_shop_calls_its_files_is_shown_as_text(audited: tuple[AuditResult, RunFolder], payload: str) -> None:
    result, folder = audited
    middle = filmed("one")
    assert middle.traced is not None
    hostile = Fetched(url=f"https://shop.example/{payload}", owner=payload, type=payload, start_ms=0, end_ms=5)
    traced = middle.traced.model_copy(
        update={"fetched": (hostile,), "lcp_element": payload, "insights": (insight("Cache"),)}
    )
    with_timed(result, folder, timed(middle.model_copy(update={"traced": traced})))
    html = html_report(view_of(result, folder), folder.path)
    assert "<script" not in html
    assert not BeautifulSoup(html, "lxml").select("#speed [onerror], #speed [onload], #speed a[href^='javascript']")


def test_a_broken_file_of_timed_loads_is_left_out(audited: tuple[AuditResult, RunFolder]) -> None:
    result, folder = audited
    with_timed(result, folder, timed())
    folder.write_text(f"pages/{VISIT}/timed.json", "{")
    assert timed_pages(result, folder, "web-vitals") == ()


def test_a_cell_breaks_before_its_spread_and_nowhere_else() -> None:
    (row,) = metric_rows(metrics([page_evidence(timed=timed())]), [])
    assert row.values["lcp"].replace(NO_BREAK, "~") == "1.5~s (0~ms)"
