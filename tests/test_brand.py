"""``branding.yaml``: what it may hold, how its faults are told, and what a logo or a template cannot do."""

import base64
import json
import re
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import jsonschema
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from ruamel.yaml import YAML

from auditor.operator_file import SettingsFileError
from reports.arranging import KEPT, NAMES, arranged
from reports.brand import SCHEMA_FILE, SectionChoice, schema_text
from reports.brand_templates import TemplateError, rendered
from reports.client_report import ClientReport, brand_of, client_report
from reports.colours import PAPER, READABLE, contrast, darkened, readable_on
from reports.language import Language, languages, written_in
from reports.logo import LogoError, read_logo
from reports.sections import sections_of
from reports.view import view_of
from tests.factories.results import run, sample

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs/branding/branding.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("audited") / "run", pictures=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "branding.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def page_of(report: ClientReport) -> BeautifulSoup:
    return BeautifulSoup(report.html(), "lxml")


def test_the_example_of_the_documentation_is_a_brand_without_complaints():
    brand = brand_of(EXAMPLE)
    assert brand.told == ()
    assert brand.logo.startswith("data:image/svg+xml;base64,")


def test_the_file_that_the_documentation_tells_to_write_works_as_it_stands(audited, tmp_path):
    guide = (ROOT / "docs" / "branding.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert block is not None
    Image.new("RGB", (600, 200), "#0b5d5e").save(tmp_path / "logo.png")
    brand = brand_of(written(tmp_path, dedent(block[1])))
    assert brand.told == ()
    result, folder = audited
    page = BeautifulSoup(client_report(result, folder, brand=brand).html(), "lxml")
    assert page.select_one(".masthead img")["alt"] == "Your Agency"
    assert "you@agency.example" in page.text


def test_the_published_schema_is_current_and_takes_the_example():
    assert (ROOT / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text(), "run: python -m reports.data"
    loaded = json.loads(json.dumps(YAML(typ="safe", pure=True).load(EXAMPLE.read_text(encoding="utf-8"))))
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(loaded)


@pytest.mark.parametrize("code", languages())
def test_a_branded_report_wears_name_logo_colours_texts_and_contact(code, audited):
    brand = brand_of(EXAMPLE)
    with written_in(Language(code)):
        report = client_report(*audited, brand=brand)
        html = report.html()
    page = BeautifulSoup(html, "lxml")
    assert page.select_one(f'img[src="{brand.logo}"]')["alt"] == "Northlight Commerce"
    assert "--brand: #0b5d5e" in html
    assert "Northlight Commerce" in page.footer.text
    assert "ada@agency.example" in page.text
    assert brand.cover_texts.text[code].splitlines()[0] in page.text
    assert page.select_one("#passed") is None
    assert [section["id"] for section in page.select("main > section")][:2] == ["summary", "map"]


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        ("name: A\ncolors: {}\n", 2, "colors", "no such key"),
        ("logo: x.png\n", 1, "name", "missing"),
        ("name: A\ncolours:\n  accent: #ff0000\n", 3, "colours.accent", "in quotes"),
        ('name: A\ncolours:\n  accent: "teal"\n', 3, "colours.accent", "is no colour"),
        ("name: A\nlogo: nowhere.png\n", 2, "logo", "cannot be read"),
        ("name: A\nsections:\n  off:\n    - speed\n    - prices\n", 5, "sections.off.1", "there is no section 'prices'"),
        ("name: A\nsections: {off: [not-seen]}\n", 2, "sections.off.0", "cannot be switched off"),
        ("name: A\nsections: {order: [speed, speed]}\n", 2, "sections", "named twice"),
        ("name: A\nsections: {order: [speed], off: [speed]}\n", 2, "sections", "both in order and off"),
        ("name: A\nfooter: {de: Hallo}\n", 1, "the file", "the language 'de'"),
        ("name: A\ncontact: {web: 'javascript:alert(1)'}\n", 2, "contact.web", "pattern"),
        ("name: A\ncontact:\n  email: nobody\n", 3, "contact.email", "pattern"),
        ("name: A\ntemplates: nowhere\n", 2, "templates", "cannot be read"),
        ("name: A\nversion: 2\n", 2, "version", "1"),
        ('name: A\ncolours:\n  contrast: refuse\n  accent: "#ffcc00"\n', 4, "colours.accent", "contrast of 1.4"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_line_and_key(text, line, key, said, tmp_path):
    path = written(tmp_path, text)
    with pytest.raises(SettingsFileError) as told:
        brand_of(path)
    assert str(told.value).startswith(f"{path}, line {line}: {key}: ")
    assert said in str(told.value)


def test_colours_that_cannot_be_read_are_replaced_and_told(tmp_path):
    path = written(tmp_path, 'name: A\ncolours:\n  accent: "#fc0"\n  cover: "#222222"\n  cover_text: "#333333"\n')
    brand = brand_of(path)
    assert contrast(brand.accent, PAPER) >= READABLE
    assert contrast(brand.cover_text, brand.cover) >= READABLE
    assert [told.partition(": ")[0].rpartition(" ")[2] for told in brand.told] == ["3", "5"]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0000ff", "#ffffff") == pytest.approx(8.59, abs=0.01)


@pytest.mark.parametrize("shade", ["#ffffff", "#ffff00", "#00ffff", "#ff8800", "#808080", "#111111", "#7fffd4"])
def test_every_colour_is_made_readable_and_a_readable_one_is_kept(shade):
    assert contrast(darkened(shade), PAPER) >= READABLE
    assert darkened(darkened(shade)) == darkened(shade)
    assert contrast(readable_on(shade), shade) >= READABLE


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<rect onload="alert(1)" width="9" height="9"/>', "onload"),
        ('<image href="http://evil.example/x.png"/>', "evil"),
        ('<image xlink:href="file:///etc/passwd"/>', "passwd"),
        ("<style>@import url(http://evil.example/x.css);</style>", "evil"),
        ('<rect style="fill:url(http://evil.example/#a)"/>', "evil"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "foreignObject"),
        ('<a href="javascript:alert(1)"><rect/></a>', "javascript"),
        ('<use href="data:image/svg+xml;base64,AAAA"/>', "data:"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "javascript"),
    ],
)  # fmt: skip
def test_an_svg_logo_keeps_its_drawing_and_nothing_that_runs_or_fetches(inside, gone, tmp_path):
    path = tmp_path / "logo.svg"
    path.write_text(SVG.format(f'{inside}<circle r="3"/>'), encoding="utf-8")
    logo = read_logo(path)
    drawn = base64.b64decode(logo.uri.partition(",")[2]).decode()
    assert gone not in drawn
    assert "<circle" in drawn
    assert logo.dropped


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.svg", b"<svg", "no SVG"),
        ("a.svg", b"<html></html>", "not <svg>"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "entities"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "no PNG"),
        ("a.png", b"", "no PNG"),
        ("a.jpg", b"%PDF-1.7", "no PNG"),
        ("a.svg", b"<" + b" " * 600_000, "larger than"),
    ],
)
def test_a_file_that_is_no_logo_is_refused(name, content, said, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LogoError, match=said):
        read_logo(tmp_path / name)


def test_a_picture_is_drawn_again_small_and_without_what_else_was_in_the_file(tmp_path):
    picture = Image.new("RGB", (3000, 1000), "#0b5d5e")
    exif = picture.getexif()
    exif[0x010E] = "GPS of the photographer"
    picture.save(tmp_path / "logo.jpg", exif=exif)
    body = base64.b64decode(read_logo(tmp_path / "logo.jpg").uri.partition(",")[2])
    assert b"GPS" not in body
    with Image.open(BytesIO(body)) as drawn:
        assert drawn.size == (960, 320)


def test_sections_come_in_the_wanted_order_and_the_rest_follows(audited):
    shown = arranged(sections_of(view_of(*audited)), SectionChoice(order=("conditions", "scores"), off=("panel",)))
    names = [section.name for section in shown]
    before = [section.name for section in sections_of(view_of(*audited))]
    assert names == ["conditions", "scores", *(n for n in before if n not in ("conditions", "scores", "panel"))]


def test_every_section_can_be_named_in_a_brand(audited):
    result, folder = audited
    for each in (result, result.model_copy(update={"run": run(ended="failed")})):
        assert {section.name for section in sections_of(view_of(each, folder))} <= set(NAMES)
    assert set(KEPT) <= set(NAMES)


def branded(folder: Path, templates: dict[str, str]) -> Path:
    (folder / "ours").mkdir()
    for name, text in templates.items():
        (folder / "ours" / name).write_text(text, encoding="utf-8")
    return written(folder, "name: A\ntemplates: ours\n")


def test_a_template_of_the_brand_stands_in_place_of_ours(audited, tmp_path):
    brand = brand_of(branded(tmp_path, {"brand_foot.html": "<p>Ours: {{ view.shop }} {{ _('Scores') }}</p>"}))
    with written_in(Language("pl")):
        page = page_of(client_report(*audited, brand=brand))
    assert "Ours: shop.example Oceny" in page.footer.text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("report.html", "<p>", "keeps scripts from running"),
        ("mine.html", "<p>", "replaces none of ours"),
        ("scores.html", "{% if %}", "line 1"),
        ("scores.html", "\n{{ view.shop | safe }}", "No filter named 'safe'"),
        ("scores.html", "{% autoescape false %}{{ view.shop }}{% endautoescape %}", "always escaped"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_the_line_that_names_it(name, text, said, tmp_path):
    with pytest.raises(SettingsFileError, match="line 2: templates: ") as told:
        brand_of(branded(tmp_path, {name: text}))
    assert said in str(told.value)
    assert name in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ view.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../html.py' %}",
        "{{ nothing.here }}",
        "{{ view.panel.append(1) }}",
        "{{ 1 / 0 }}",
        "{% for n in range(999999999) %}{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(text, audited, tmp_path):
    brand = brand_of(branded(tmp_path, {"scores.html": text}))
    assert brand.environment
    with pytest.raises(TemplateError, match="template of the brand failed"):
        rendered(brand.environment, "scores.html", {"view": view_of(*audited)})


def test_what_a_shop_wrote_is_escaped_in_templates_of_the_brand(audited, tmp_path):
    result, folder = audited
    hostile = result.model_copy(update={"run": run(host="<script>x</script>")})
    brand = brand_of(branded(tmp_path, {"scores.html": "<i>{{ view.shop }}</i>"}))
    html = client_report(hostile, folder, brand=brand).html()
    assert "<script" not in html
    assert "<i>&lt;script&gt;" in html
