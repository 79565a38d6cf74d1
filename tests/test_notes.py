"""``notes.md``: what a consultant writes stands in its chapter, hides with a reason, and runs nothing."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from reports.client_report import client_report, notes_of
from reports.consultant_text import shown
from reports.language import Language, languages, written_in
from reports.notes import NotesError, read_notes
from reports.worklist import tasks
from tests.factories.results import sample

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs/branding"


@pytest.fixture
def audited(tmp_path):
    return sample(tmp_path / "run", pictures=False)


def noted(audited, text: str):
    """The report with these notes."""
    result, folder = audited
    (folder.path / "notes.md").write_text(text, encoding="utf-8")
    return client_report(result, folder, notes=notes_of(folder.path))


def page_of(report) -> BeautifulSoup:
    return BeautifulSoup(report.html(), "lxml")


def test_a_note_stands_under_the_heading_of_its_chapter(audited):
    page = page_of(noted(audited, "## Scores\n\nThey are **good**.\n\n- one\n- two\n"))
    note = page.select_one("#scores > h2 + .consultant")
    assert note.strong.text == "good"
    assert [item.text for item in note.select("li")] == ["one", "two"]
    assert len(page.select(".consultant")) == 1


@pytest.mark.parametrize("heading", ["scores", "SCORES", "Oceny", "امتیازها"])
def test_a_chapter_is_named_in_any_language_whatever_the_report_is_in(heading, audited):
    with written_in(Language("fa")):
        assert "Because." in page_of(noted(audited, f"## {heading}\n\nBecause.\n")).select_one("#scores").text


def test_what_stands_before_the_chapters_stands_on_the_cover(audited):
    page = page_of(noted(audited, "# Notes on the audit\n\nWe looked twice.\n\n## Scores\n\nx\n"))
    assert page.select_one("body > header .consultant").text.strip() == "We looked twice."
    assert "Notes on the audit" not in page.text


def test_a_hidden_finding_is_in_the_appendix_with_its_reason_and_nowhere_else(audited):
    report = noted(audited, "## Finding: mobile/targets-small\nHide: They are made larger this week.\n")
    page = page_of(report)
    row = page.select_one("#hidden tbody tr")
    assert "Links and buttons are too small to hit" in row.text
    assert "They are made larger this week." in row.text
    page.select_one("#hidden").decompose()
    assert "14 of 61 targets are too small" not in page.text
    assert "mobile/targets-small" not in {task.check for task in tasks(report.result)}
    assert "14 of 61" not in report.markdown()


def test_a_chapter_whose_findings_were_all_hidden_does_not_say_that_nothing_failed(audited):
    page = page_of(noted(audited, "## Finding: imagery/main-image-missing\nHide: Photographed next week.\n"))
    chapter = page.select_one("#area-imagery")
    assert not chapter.select(".card")
    assert "Nothing failed" not in chapter.text
    assert chapter.select_one('.lead a[href="#hidden"]')


def test_markdown_holds_the_notes_and_what_was_hidden(audited):
    text = "## Scores\n\nThey are **good**.\n\n## Finding: mobile/targets-small\nHide: soon `larger`\n"
    written = noted(audited, text).markdown()
    assert "They are **good**." in written
    assert "(MOB-004): `` soon `larger` ``" in written


def test_a_goal_is_not_reached_by_hiding(audited):
    result, folder = audited
    folder.write_result(result)
    text = "version: 1\ngoals:\n  - {findings: 0, check: mobile/targets-small}\n"
    (folder.path / "goals.yaml").write_text(text, encoding="utf-8")
    report = noted(audited, "## Finding: mobile/targets-small\nHide: soon\n")
    gap = page_of(report).select_one("#gaps tbody tr")
    assert "missed" in gap.text


def test_hiding_changes_no_score(audited):
    result, _folder = audited
    assert noted(audited, "## Finding: mobile/targets-small\nHide: x y\n").result.scores == result.scores


@pytest.mark.parametrize("words", [("Finding", "Hide"), ("Problem", "Ukryj"), ("یافته", "پنهان")])
def test_the_words_of_the_notes_are_known_in_every_language(words, audited):
    finding, hide = words
    report = noted(audited, f"## {finding}: mobile/targets-small\n{hide}: dlaczego چرا\n")
    assert [one.reason for one in report.annotations.hidden] == ["dlaczego چرا"] * len(report.annotations.hidden)
    assert report.annotations.hidden


def test_a_comment_on_a_check_stands_on_its_card_and_one_on_a_fingerprint_at_its_place(audited):
    result, _folder = audited
    dead = [finding for finding in result.findings if finding.check == "navigation/dead-links"]
    text = f"## Finding: mobile/targets-small\n\nOurs soon.\n\n## Finding: {dead[1].fingerprint}\n\nOld campaign.\n"
    page = page_of(noted(audited, text))
    assert page.select_one("#mobile-targets-small-serious-failed .comment").text.strip() == "Ours soon."
    places = [place for place in page.select(".place") if place.select_one(".comment")]
    assert len(places) == 1
    assert places[0].select_one(".comment").text.strip() == "Old campaign."
    assert dead[1].values["text"] in places[0].text


def test_named_findings_come_first_among_their_severity_and_of_what_is_to_be_done(audited):
    def severity(href: str) -> str:
        return href.rsplit("-", 2)[1]

    def links(page: BeautifulSoup, where: str) -> list[str]:
        return [str(link["href"]) for link in page.select(where)]

    plain = links(page_of(noted(audited, "")), "#findings tbody a")
    last = [href for href in plain if severity(href) == "moderate"][-1]
    check = next(one.check for one in audited[0].findings if last.startswith("#" + one.check.replace("/", "-")))
    page = page_of(noted(audited, f"## Order\n\n1. `{check}`\n"))
    moved = links(page, "#findings tbody a")
    assert "come first" in page_of(noted(audited, "")).select_one(".opening").text
    assert "come first" not in page.select_one(".opening").text, "what the consultant named does"
    # A check may have cards of several severities: each goes first among its own.
    own = [href for href in plain if href.startswith("#" + check.replace("/", "-"))]
    for level in ("critical", "serious", "moderate", "minor"):
        before = [href for href in plain if severity(href) == level]
        wanted = [href for href in before if href in own] + [href for href in before if href not in own]
        assert [href for href in moved if severity(href) == level] == wanted
    assert plain != moved
    assert [cell.text for cell in page.select("#findings .no")] == [str(place) for place in range(1, len(plain) + 1)]
    assert links(page, "#summary .first tbody a")[0] in own


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n## Prices\n\nx\n", 2, "no chapter “Prices”. There are: “"),
        ("## Finding: mobile/targets-small\nHide:\n", 1, "say why it is hidden"),
        ("## Finding:\nx\n", 1, "say which finding"),
        ("## Scores\n\nx\n\n## Order\n\nfirst the images\n", 5, "under Order stands a list"),
    ],
)
def test_notes_that_cannot_be_used_are_told_with_file_and_line(text, line, said, audited):
    with pytest.raises(NotesError) as told:
        noted(audited, text).html()
    assert str(told.value).startswith(f"{audited[1].path / 'notes.md'}, line {line}: ")
    assert said in str(told.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 600_000])
def test_a_file_that_is_no_note_is_refused(content, tmp_path):
    (tmp_path / "notes.md").write_bytes(content)
    with pytest.raises(NotesError, match=r"UTF-8|larger"):
        read_notes(tmp_path / "notes.md")


def test_a_finding_that_the_run_does_not_have_is_told_and_no_error(audited):
    report = noted(audited, "## Finding: mobile/target-small\nx\n\n## Order\n- nothing\n")
    assert [told.partition("notes.md, ")[2] for told in report.told] == [
        "line 1: this run has no finding 'mobile/target-small'. Is it mobile/targets-small?",
        "line 5: this run has no finding 'nothing'.",
    ]


def test_a_hash_in_code_is_no_heading(audited):
    page = page_of(noted(audited, "## Scores\n\n```\n## Prices\n```\n"))
    assert page.select_one("#scores .consultant code").text.strip() == "## Prices"


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<img src=x onerror=x>",
        "[x](javascript:x)",
        "[x](data:text/html;base64,x)",
        "![x](http://evil.example/x.png)",
        "<javascript:x>",
        "[x]: javascript:x\n\n[x]",
        '[x](https://e.example "\\" onmouseover=x")',
        "<a href='javascript:x'>x</a>",
        "&lt;script&gt;",
        "`<script>`",
    ],
)
def test_markdown_of_the_notes_runs_nothing_and_fetches_nothing(text):
    page = BeautifulSoup(shown(text, 3), "lxml")
    assert not page.select("script, img, iframe, object, style, link")
    assert {link.get("href", "").partition(":")[0] for link in page.select("a")} <= {"https", "http"}
    assert not [name for tag in page.find_all() for name in tag.attrs if name.startswith("on")]


def test_headings_in_a_note_stand_below_that_of_their_chapter():
    page = BeautifulSoup(shown("# a\n\n### b\n\n###### c\n", 3), "lxml")
    assert [tag.name for tag in page.select("h1, h2, h3, h4, h5, h6")] == ["h3", "h5", "h6"]


@pytest.mark.parametrize("code", languages())
def test_the_examples_of_the_documentation_have_an_effect_in_every_part(code, audited):
    result, folder = audited
    with written_in(Language(code)):
        report = client_report(result, folder, notes=read_notes(EXAMPLES / f"notes.{code}.md"))
        page = page_of(report)
    assert report.told == ()
    assert len(page.select(".consultant")) == 2
    assert page.select(".comment")
    assert page.select("#hidden tbody tr")
