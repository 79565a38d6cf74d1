"""Persian reports bring a font that shapes Persian; others bring none."""

import base64
import re

import pytest
from PIL import ImageFont

from auditor.browser.vendor_files import vendor_file
from reports.fonts import font_faces
from reports.html import CONTENT_POLICY, html_report
from reports.language import Language, languages, written_in
from reports.view import view_of
from tests.factories.results import sample


def test_a_persian_report_holds_the_font_in_two_weights_and_asks_nobody_for_it(tmp_path):
    result, folder = sample(tmp_path / "run", pictures=False)
    with written_in(Language("fa")):
        page = html_report(view_of(result, folder), folder.path)
    bodies = re.findall(r"url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\)", page)
    assert [base64.b64decode(body)[:4] for body in bodies] == [b"wOF2", b"wOF2"]
    assert sum(map(len, bodies)) < 100_000
    assert "http" not in "".join(re.findall(r"@font-face \{[^}]*\}", page))
    assert "font-src data:" in CONTENT_POLICY


@pytest.mark.parametrize("code", [code for code in languages() if code != "fa"])
def test_reports_in_other_languages_bring_no_font(code):
    with written_in(Language(code)):
        assert font_faces() == ""


def test_the_font_has_every_letter_of_persian():
    font = ImageFont.truetype(vendor_file("vazirmatn-400.woff2"), 40)
    unknown = bytes(font.getmask("\U0010fffd"))
    letters = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءأؤة۰۱۲۳۴۵۶۷۸۹،؛؟٪"
    assert [letter for letter in letters if bytes(font.getmask(letter)) in (unknown, b"")] == []


def test_the_font_comes_with_its_licence():
    assert "SIL OPEN FONT LICENSE" in vendor_file("vazirmatn.LICENSE").read_text(encoding="utf-8")
