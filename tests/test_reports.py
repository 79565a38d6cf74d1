"""The reports of a run: what they say, in which order, and what a hostile shop can do to them."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from bs4 import BeautifulSoup, Tag

from auditor.evidence import Device, Ended, Template
from auditor.finding import Finding, Verdict
from auditor.result import AuditResult, NotSeen
from auditor.run_folder import RunFolder
from reports import write_reports
from reports.data import SCHEMA_FILE, report_schema, schema_text
from reports.html import html_report, isolated
from reports.language import Language, written_in
from reports.markdown import code, markdown_report
from reports.reach import Looked, reach
from reports.shop_text import clean, shown_address, web_address
from reports.view import view_of
from tests.factories.results import run, sample

ROOT = Path(__file__).parents[1]
PAYLOADS = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '" onmouseover="window.ran=1',
    "javascript:window.ran=1",
    "![x](https://evil.example/x.png) @everyone <b>",
    "``` `` ` ``",
    "\u202egnp.exe\u2066",
    "a\x00b\x1bc\x7f",
    "x" * 5000,
    "چراغ‌رومیزی «برنجی»",
    "{{ 7*7 }} {% raw %} %(count)s {count}",
]


@pytest.fixture
def audited(tmp_path: Path) -> tuple[AuditResult, RunFolder]:
    return sample(tmp_path / "run", pictures=False)


def html_of(result: AuditResult, folder: RunFolder) -> BeautifulSoup:
    return BeautifulSoup(html_report(view_of(result, folder), folder.path), "lxml")


def title_of(card: Tag) -> str:
    """Without its number."""
    return str(card.select_one(".title").contents[-1]).strip()


def hostile(result: AuditResult, text: str) -> AuditResult:
    """The result of a shop that writes ``text`` wherever it can."""
    pages = tuple(
        page.model_copy(update={"url": text, "key": f"{text}{number}", "because": (text,), "reason": text,
                                "note": text, "ended": Ended.BLOCKED})
        for number, page in enumerate(result.pages)
    )  # fmt: skip
    findings = tuple(
        finding.model_copy(
            update={
                "found": f"before {text} after", "selector": text, "owner": text, "pages": (text, "/"),
                "values": {"text": text},
                "occurrences": tuple(one.model_copy(update={"page_key": text}) for one in finding.occurrences),
            }
        )
        for finding in result.findings
    )  # fmt: skip
    return result.model_copy(
        update={
            "pages": pages,
            "findings": findings,
            "not_seen": (NotSeen(what=text, why=text, kind="page"), NotSeen(what=text, why=text, kind="check")),
            "metrics": tuple(metric.model_copy(update={"page": text}) for metric in result.metrics[:1]),
            "journeys": tuple(each.model_copy(update={"why": text}) for each in result.journeys),
            "run": run(why=text, host=text, start_url=text, id=text, refused_addresses=(text,), authorised_by=text),
        }
    )


def test_the_three_files_are_written_and_json_gives_the_result_back(audited):
    result, folder = audited
    written = write_reports(result, folder)
    assert {kind: path.name for kind, path in written.items()} == {
        "json": "report.json",
        "html": "report.html",
        "markdown": "report.md",
    }
    assert folder.result() == result


def test_a_written_report_is_as_its_published_schema_says(audited):
    result, folder = audited
    written = json.loads(write_reports(result, folder)["json"].read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(report_schema()).validate(written)
    broken = written | {"scores": {}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(report_schema()).validate(broken)


def test_the_published_schema_is_current():
    assert (ROOT / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text(), "run: python -m reports.data"


def test_what_was_not_seen_comes_before_scores_and_findings(audited):
    ids = [section["id"] for section in html_of(*audited).select("main > section[id]")]
    assert ids.index("not-seen") < ids.index("scores") < ids.index("findings")
    assert [name for name in ids if name.startswith("area-")] == [
        "area-navigation", "area-speed", "area-mobile", "area-imagery", "area-product", "area-checkout", "area-trust",
        "area-accessibility",
    ]  # fmt: skip


def test_an_area_with_too_little_evidence_has_no_number(audited):
    rows = {row.th.text: row for row in html_of(*audited).select(".areas tbody tr")}
    assert "insufficient evidence" in rows["Trust"].text
    assert rows["Trust"].select_one(".bar") is None
    assert rows["Product content"].select_one("b").text == "100"


def test_findings_stand_worst_first_and_doubtful_ones_apart(audited):
    page = html_of(*audited)
    order = ["Critical", "Serious", "Moderate", "Minor"]
    for chapter in page.select("section.chapter"):
        words = [card.select_one(".badge").text for card in chapter.select("& > .card:not(.doubts ~ .card)")]
        assert words == sorted(words, key=order.index)
    assert [row.select_one(".badge").text for row in page.select("#findings tbody tr")] == sorted(
        (row.select_one(".badge").text for row in page.select("#findings tbody tr")), key=order.index
    )
    doubtful = page.select(".doubts ~ .card")
    assert {title_of(card) for card in doubtful} == {"The shop cannot be called", "The server answers late"}
    assert all("Why a person should look:" in card.text for card in doubtful)
    assert "The shop cannot be called" not in page.select_one("#findings").text


def test_a_finding_says_what_where_why_how_and_the_source(audited):
    card = html_of(*audited).select_one("#imagery-main-image-missing-critical-failed")
    assert card is not None
    for part in (
        "Main picture: does not load", "1 of 3 product pages, on phone and desktop", "/p/صندلی-گردو", "#gallery img",
        "Why it matters", "How to fix it", "imagery/main-image-missing", "IMG-001", "Critical",
    ):  # fmt: skip
        assert part in card.text
    assert card.select_one(".source a")["href"].startswith("https://www.w3.org/")


def test_an_untimed_finding_is_marked_indicative(audited):
    page = html_of(*audited)
    marked = {title_of(card) for card in page.select(".card:has(.mark)")}
    assert marked == {"The main content appears late", "The server answers late"}


def test_reach_is_told_for_each_device_where_they_differ(audited):
    result, _folder = audited
    looked = Looked(result.pages)
    keys = [page.key for page in result.pages if page.template is Template.PRODUCT]
    product = next(
        each
        for each in result.findings
        if each.template is Template.PRODUCT and each.occurrences[0].device is Device.MOBILE and len(each.pages) == 3
    )
    key = keys[0]
    seen = {"page_key": key, "device": Device.DESKTOP}
    both = product.model_copy(
        update={
            "devices": (Device.MOBILE, Device.DESKTOP),
            "occurrences": (*product.occurrences, product.occurrences[0].model_copy(update=seen)),
        }
    )
    assert reach(both, looked) == "all 3 product pages on phone; 1 of 3 product pages on desktop"


def test_pages_that_were_not_judged_do_not_count_into_reach(audited):
    result, _folder = audited
    lost = tuple(
        page.model_copy(update={"ended": Ended.BLOCKED}) if page.key == "/p/arc-lamp" else page for page in result.pages
    )
    finding = next(each for each in result.findings if each.check == "imagery/main-image-missing")
    assert reach(finding, Looked(lost)) == "1 of 2 product pages, on phone and desktop"


def test_a_failed_run_looks_neither_healthy_nor_broken(audited):
    result, folder = audited
    failed = result.model_copy(
        update={
            "run": run("failed", "Not audited, because the shop answered with a bot wall."),
            "findings": (),
            "pages": tuple(page.model_copy(update={"ended": Ended.BLOCKED}) for page in result.pages),
        }
    )
    page = html_of(failed, folder)
    assert "Not audited, because the shop answered with a bot wall." in page.select_one(".masthead").text
    assert "neither judged nor scored" in page.select_one(".masthead").text
    assert [found["id"] for found in page.select("#scores, #summary, #findings, #passed, #map")] == []
    assert "/ 100" not in page.text
    text = markdown_report(view_of(failed, folder))
    assert "## Scores" not in text
    assert "Not audited" in text


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_shop_cannot_leave_its_text_in_html(audited, text):
    result, folder = audited
    page = html_of(hostile(result, text), folder)
    assert page.select("script, iframe, object, embed, base, link, form") == []
    names = {name for tag in page.find_all(True) for name in tag.attrs}
    assert not [name for name in names if name.startswith("on")]
    assert all(link["href"].startswith(("#", "https://", "http://")) for link in page.select("a[href]"))
    assert all(image["src"].startswith("data:image/") for image in page.select("img"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]", page.text)
    assert max(len(word) for word in page.body.text.split()) < 1200


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_shop_stays_in_code_spans_in_markdown(audited, text):
    result, folder = audited
    written = markdown_report(view_of(hostile(result, text), folder))
    outside = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", written)
    assert not re.search(r"<(?!https://)|@|!\[|javascript:|evil\.example|x{50}|چراغ", outside)


@pytest.mark.parametrize("text", ["`", "``x``", "a ` b `` c ```", " ` "])
def test_a_code_span_outlasts_its_back_ticks(text):
    span = code(text)
    fence = re.match("`+", span)[0]
    assert fence not in re.findall("`+", span[len(fence) : -len(fence)])
    assert span.endswith(fence)


def test_markdown_keeps_within_a_comment_and_counts_the_rest(audited):
    result, folder = audited
    first = next(finding for finding in result.findings if finding.verdict is Verdict.FAILED)
    many = tuple(
        first.model_copy(update={"check": f"mobile/check-{number}", "fingerprint": f"{number:016}"})
        for number in range(900)
    )
    text = markdown_report(view_of(result.model_copy(update={"findings": many}), folder))
    assert len(text) <= 65_536
    left_out = int(re.search(r"(\d+) more findings are in the full report", text)[1])
    assert left_out + text.count("`mobile/check-") == 900


def test_many_findings_of_one_check_share_a_card(audited):
    result, folder = audited
    dead = next(finding for finding in result.findings if finding.check == "navigation/dead-links")
    many: tuple[Finding, ...] = tuple(dead.model_copy(update={"fingerprint": f"{number:016}"}) for number in range(300))
    cards = html_of(result.model_copy(update={"findings": many}), folder).select(".card")
    assert len(cards) == 1
    assert len(cards[0].select(".place")) == 40
    assert "296 more findings of this kind" in cards[0].text
    assert "260 more are in report.json." in cards[0].text


def test_the_language_of_the_report_sets_its_direction_and_addresses_keep_theirs(audited):
    with written_in(Language("fa")):
        page = html_of(*audited)
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")
    for link in page.select("#panel .url a, .facts .pages a, .facts code"):
        assert link.select_one("bdi[dir=ltr]")
    sided = r"(?:margin|padding|border|inset)-(?:left|right)|text-align:\s*(?:left|right)|[;{\s](?:left|right):"
    assert not re.search(sided, page.style.text)


def test_the_page_forbids_itself_network_and_scripts(audited):
    page = html_of(*audited)
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "connect-src" not in policy


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://shop.example/a?b=1", "https://shop.example/a?b=1"),
        ("https://user:secret@shop.example/", "https://shop.example/"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.example/", None),
        ("https://[broken/", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(url, target):
    assert web_address(url) == target


def test_text_is_cut_and_freed_of_controls_and_keeps_joiners():
    assert clean("a\u202eb\x00c\n\td\ud800") == "abc d"
    assert clean("می‌خواهم") == "می‌خواهم"
    assert clean("x" * 900, 10) == "xxxxxxxxx…"


def test_an_address_is_shown_in_letters():
    assert (
        shown_address("https://shop.example/%DA%86%D8%B1%D8%A7%D8%BA%2F%20%FF") == "https://shop.example/چراغ%2F%20%FF"
    )


def test_foreign_words_are_isolated_in_an_english_sentence():
    assert isolated("linked as “چراغ <b>”", ("چراغ <b>", "as")) == "linked as “<bdi>چراغ &lt;b&gt;</bdi>”"
