"""The contact sheet of a report: which pictures it shows, which it marks and why, from the run folder alone."""

import json
from pathlib import Path

import pytest

from auditor.evidence import Images, Template
from auditor.finding import Area
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from reports.html import html_report
from reports.imagery import imagery_sheet
from reports.language import Language, written_in
from reports.view import view_of
from tests.factories import box, image
from tests.factories.results import PICTURE, sample, visits


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[AuditResult, RunFolder]:
    """The sample shop with a main picture on each product page and two cards in each list."""
    folder = tmp_path_factory.mktemp("sheet") / "run"
    result, run = sample(folder)
    main = image(selector="#gallery img", box=PICTURE, shown_width=330, shown_height=330, card=None, link_url=None)
    cards = tuple(
        image(f"/media/{n}.jpg", selector=f".card:nth-child({n}) img.photo", card=f".card:nth-child({n})", alt=f"Lamp {n}",
              box=box(24 + 200 * n, 160, 160, 160), shown_width=160, shown_height=160, natural_width=120,
              natural_height=120,
              link_url=f"https://shop.example/p/{n}")
        for n in (2, 3)
    )  # fmt: skip
    shown = {Template.PRODUCT: (main,), Template.CATEGORY: cards}
    for visit in visits(folder):
        run.write_visit(visit.model_copy(update={"images": Images(items=shown.get(visit.page.template, ()))}))
    return result, run


def test_each_product_is_there_once_and_the_weak_ones_come_first(audited: tuple[AuditResult, RunFolder]) -> None:
    sheet = imagery_sheet(*audited)
    keys = [one.key for one in sheet.products]
    assert len(keys) == len(set(keys)) == 3
    assert keys[0] == "/p/صندلی-گردو"
    assert sheet.products[0].weak[0].title == "Products have no real picture"
    assert sheet.products[0].weak[0].sure


def test_a_picture_in_a_list_is_marked_only_where_a_finding_names_it(audited: tuple[AuditResult, RunFolder]) -> None:
    sheet = imagery_sheet(*audited)
    assert {one.name: bool(one.weak) for one in sheet.listed} == {"Lamp 2": False, "Lamp 3": True}


def test_every_picture_of_a_list_is_marked_that_a_finding_counts(audited: tuple[AuditResult, RunFolder]) -> None:
    result, run = audited
    alt = next(one for one in result.findings if one.row == "A11Y-004")
    here = next(one for one in alt.occurrences if one.page_key.startswith("/c/"))
    blurred = alt.model_copy(
        update={
            "check": "imagery/blurred-or-distorted", "fingerprint": "b" * 16, "area": Area.IMAGERY, "row": "IMG-005",
            "occurrences": (here.model_copy(update={"values": {"what": "blurred"}}),),
        }
    )  # fmt: skip
    sheet = imagery_sheet(result.model_copy(update={"findings": (blurred,)}), run)
    assert {one.name: [weak.found for weak in one.weak] for one in sheet.listed} == {
        "Lamp 2": [""],
        "Lamp 3": [blurred.found],
    }


@pytest.mark.parametrize("code", ["en", "fa"])
def test_marks_lead_to_cards_and_nothing_is_fetched(code: str, audited: tuple[AuditResult, RunFolder]) -> None:
    result, run = audited
    with written_in(Language(code)):
        page = html_report(view_of(result, run), run.path)
    section = page.partition('<section id="imagery">')[2].partition("</section>")[0]
    assert section.count('<img src="data:image/jpeg;base64,') == 5
    for part in section.split('href="#')[1:]:
        assert f'id="{part.partition(chr(34))[0]}"' in page
    assert "http" not in section.replace("https://shop.example", "")
    assert ("Product pictures" in section) == (code == "en")


def test_broken_or_foreign_evidence_is_left_out(audited: tuple[AuditResult, RunFolder], tmp_path: Path) -> None:
    result, _run = audited
    empty = RunFolder.create(tmp_path / "empty")
    assert imagery_sheet(result, empty).products == ()
    product = next(page for page in result.pages if page.template is Template.PRODUCT)
    folder = empty.path / "pages" / product.visit
    folder.mkdir(parents=True)
    for text in ("{", "[]", json.dumps({"document": 1, "images": {"items": [{}]}})):
        (folder / "evidence.json").write_text(text, encoding="utf-8")
        assert imagery_sheet(result, empty).products == ()
