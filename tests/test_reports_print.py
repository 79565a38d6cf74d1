"""The report on paper."""

from io import BytesIO

import pikepdf
import psutil
import pytest

from auditor.browser.printing import printed, printed_when_made
from reports.brand_templates import TemplateError
from reports.html import html_report
from reports.language import Language, written_in
from reports.view import view_of
from tests.factories.journeys import bought
from tests.factories.results import sample

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("code", ["en", "pl", "fa"])
async def test_a_pdf_has_tags_language_title_and_outline(code, tmp_path):
    result, folder = sample(tmp_path / "run")
    result = result.model_copy(update={"journeys": (bought(folder=folder.path),)})
    with written_in(Language(code)):
        html = html_report(view_of(result, folder), folder.path)
    with pikepdf.open(BytesIO(await printed(html))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith(code)
        assert "shop.example" in str(pdf.docinfo.Title)
        with pdf.open_outline() as outline:
            assert outline.root
        lying = [number for number, page in enumerate(pdf.pages, 1) if page.mediabox[2] > page.mediabox[3]]
        assert lying[0] <= 6, "the map of the shopper's way is the first page that lies, near the front"
        assert lying[0] + 1 not in lying, "and it is on one page"


async def test_a_report_that_cannot_be_made_says_why_and_leaves_no_browser():
    def fails() -> str:
        raise TemplateError("the brand's template is broken")

    before = set(psutil.Process().children(recursive=True))
    with pytest.raises(TemplateError, match="is broken"):
        await printed_when_made(fails)
    assert not {child for child in psutil.Process().children(recursive=True) if child not in before}


async def test_a_hostile_page_runs_nothing_and_asks_nobody():
    script = (
        "<title>x</title><script>document.body.innerHTML='<h1>ran</h1>'</script><img src='http://127.0.0.1:1/a.png'>"
    )
    with pikepdf.open(BytesIO(await printed(f"<!doctype html>{script}<p>text</p>"))) as pdf:
        assert len(pdf.pages) == 1
        with pdf.open_outline() as outline:
            assert not list(outline.root)
