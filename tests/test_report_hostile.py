"""A shop that writes hostile text wherever it can: in no form of the report does it run, calculate or break out."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from auditor.browser.printing import printed
from auditor.evidence import Device
from auditor.finding import Area, Verdict
from auditor.result import AuditResult, Journey, NotSeen
from auditor.run_folder import RunFolder
from reports.before_after import before_after
from reports.client_report import client_report
from reports.language import Language, written_in
from reports.more import More
from reports.periods import Period, Unrun, period_part
from reports.tickets import write_tickets
from reports.worklist import csv_worklist, tasks, xlsx_worklist
from tests.factories.results import run, sample
from tests.hostile_strings import HOSTILE
from tests.test_reports_browser import opened

SHOWN_DIFFERENTLY = {"a", "bdi", "code"}
"""An address is a link only where it is one of the web; foreign words are isolated; what is in back-ticks is code."""
DANGEROUS = "script, iframe, object, embed, form, base, link, template, math, video, audio, input, textarea, noscript"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def of_a_shop_that_writes(texts: tuple[str, ...], folder: Path) -> tuple[AuditResult, RunFolder]:
    """A run with a finding, a page, a journey, a metric and something unseen for each text, which stands in every field
    of theirs that a shop controls."""
    plain, run_folder = sample(folder, pictures=False)
    finding, page, metric = plain.findings[0], plain.pages[0], plain.metrics[0]
    made: dict[str, list[Any]] = {
        "findings": [],
        "pages": [],
        "metrics": [],
        "journeys": [],
        "not_seen": [],
        "checks": [],
    }
    areas, kinds = list(Area), ["page", "template", "section", "journey", "discovery", "device", "language"]
    for number, text in enumerate(texts):
        check = f"{areas[number % len(areas)]}/check-{number}"
        made["checks"].append(plain.checks[finding.check].model_copy(update={"id": check}))
        here = {"page_key": text, "journey": None}
        made["findings"].append(
            finding.model_copy(
                update={
                    "check": check, "area": areas[number % len(areas)], "found": text, "selector": text, "owner": text,
                    "owner_name": text, "owner_because": text, "pages": (text, "/"), "values": {"text": text},
                    "fingerprint": f"{number:016x}",
                    "verdict": Verdict.NEEDS_REVIEW if number % 5 == 0 else Verdict.FAILED,
                    "occurrences": tuple(one.model_copy(update=here) for one in finding.occurrences),
                }
            )
        )  # fmt: skip
        made["pages"].append(
            page.model_copy(
                update={"url": text, "key": text, "because": (text,), "reason": text, "note": text, "visit": f"v{number}",
                        "screenshot": text, "full_page": text}
            )
        )  # fmt: skip
        made["metrics"].append(metric.model_copy(update={"page": text}))
        step = {
            "intent": text, "did": text, "because": [text], "reached": text, "effect": [text], "picture": text,
            "waited_ms": 3,
        }  # fmt: skip
        made["journeys"].append(
            Journey(
                name="buy", device=Device.MOBILE, ended="stuck", reached=text, stuck_at=text, blocker=text, why=text,
                steps=(step, step | {"intent": "search"}), refused_requests=(text,), product=text, traces=(text,),
                beyond_robots=(text,), guest=text, effort={text: 1.0},
            )
        )  # fmt: skip
        made["not_seen"].append(NotSeen.model_validate({"what": text, "why": text, "kind": kinds[number % len(kinds)]}))
    text = texts[0]
    told = run(why=text, host=text, start_url=text, id=text, refused_addresses=texts, authorised_by=text, release=text)
    result = plain.model_copy(
        update={"run": told, "checks": {one.id: one for one in made.pop("checks")}}
        | {name: tuple(entries) for name, entries in made.items()}
    )
    return result, run_folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[AuditResult, RunFolder]:
    return of_a_shop_that_writes(HOSTILE, tmp_path_factory.mktemp("hostile") / "run")


def other_runs(result: AuditResult, folder: RunFolder) -> tuple[More, ...]:
    """The parts that show another run of the same hostile shop."""
    earlier = RunFolder(folder.path.parent / "earlier")
    if not earlier.path.exists():
        RunFolder.create(earlier.path)
        earlier.write_run(result.run)
        earlier.write_outcomes(())
        folder.write_outcomes(())
        earlier.write_bytes("report.json", result.model_dump_json().encode(errors="surrogatepass"))
    findings = tuple(one.model_copy(update={"fingerprint": f"{one.fingerprint[1:]}f"}) for one in result.findings)
    folder.write_bytes("report.json", result.model_copy(update={"findings": findings}).model_dump_json().encode())
    unrun = [Unrun(result.run.started_at, "missed", text) for text in HOSTILE]
    return (before_after(result, folder, earlier), period_part(Period.read("2026-Q4"), [result], unrun))


def html_of(result: AuditResult, folder: RunFolder) -> str:
    return client_report(result, folder).html()


def test_the_corpus_is_large_and_without_doubles():
    assert len(HOSTILE) >= 60
    assert len(set(HOSTILE)) == len(HOSTILE)


@pytest.mark.parametrize("code", ["en", "fa"])
def test_html_has_the_elements_of_a_harmless_shops_report_and_no_others(code, hostile, tmp_path):
    harmless = of_a_shop_that_writes(tuple(f"word{number}" for number in range(len(HOSTILE))), tmp_path / "run")
    with written_in(Language(code)):
        attacked, plain = (BeautifulSoup(html_of(*one), "lxml") for one in (hostile, harmless))
    assert attacked.select(DANGEROUS) == []
    assert nested(attacked) <= nested(plain)


def nested(page: BeautifulSoup) -> set[tuple[str, str]]:
    """Which elements stand in which."""
    return {
        (tag.parent.name, tag.name)
        for tag in page.find_all()
        if tag.name not in SHOWN_DIFFERENTLY and tag.parent.name not in SHOWN_DIFFERENTLY
    }


def test_html_has_no_handler_and_no_address_but_of_the_web(hostile):
    page = BeautifulSoup(html_of(*hostile), "lxml")
    names = {name for tag in page.find_all() for name in tag.attrs}
    assert [name for name in names if name.startswith("on") or name in ("srcdoc", "formaction", "background")] == []
    schemes = {str(link["href"]).split(":")[0] for link in page.select("a[href]") if str(link["href"])[0] != "#"}
    assert schemes <= {"http", "https"}
    assert [str(link["href"]) for link in page.select("a[href]") if "secret" in str(link["href"])] == []
    assert [str(image["src"])[:40] for image in page.select("img") if not str(image["src"]).startswith("data:")] == []


def test_csv_and_xlsx_hold_the_text_and_no_formula(hostile):
    rows = tasks(hostile[0])
    table = list(csv.reader(StringIO(csv_worklist(rows).removeprefix("\ufeff"))))
    assert len(table) == len(rows) + 1
    assert {len(row) for row in table} == {len(table[0])}
    assert [cell for row in table for cell in row if cell.lstrip(" ").startswith(FORMULA)] == []
    sheet = openpyxl.load_workbook(BytesIO(xlsx_worklist(rows))).active
    assert sheet.max_row == len(rows) + 1
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value] == []
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []


def tags_of(markdown: str) -> BeautifulSoup:
    """As a reader of CommonMark shows it that lets HTML through."""
    return BeautifulSoup(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown), "lxml")


def refuse_live(page: BeautifulSoup) -> None:
    assert page.select(f"{DANGEROUS}, img, svg, style, details") == []
    assert [link["href"] for link in page.select("a") if not str(link["href"]).startswith("https://www.w3.org/")] == []
    for span in page.select("code"):
        span.decompose()
    assert "@" not in page.text
    assert "window.ran" not in page.text
    assert "=1+1" not in page.text


def test_markdown_and_tickets_have_the_shops_words_in_code_only(hostile, tmp_path):
    result, folder = hostile
    refuse_live(tags_of(client_report(result, folder).markdown()))
    for ticket in write_tickets(result, tmp_path / "tickets"):
        page = tags_of(ticket.read_text(encoding="utf-8"))
        assert len(page.select("h1")) == 1
        refuse_live(page)


def test_json_gives_every_text_back(hostile):
    result = hostile[0]
    # Half a character is no text in JSON: what records it leaves it out.
    whole = [finding for finding in result.findings if "\ud800" not in finding.found]
    written = result.model_copy(update={"findings": tuple(whole)}).model_dump_json(include={"findings"})
    assert [one["found"] for one in json.loads(written)["findings"]] == [finding.found for finding in whole]


@pytest.mark.browser
async def test_in_a_browser_nothing_runs_is_fetched_or_breaks_the_page(hostile, tmp_path):
    result, folder = hostile
    sound = result.model_copy(
        update={
            "findings": tuple(one for one in result.findings if "\ud800" not in one.found),
            "run": run(host="<svg>"),
        }
    )
    unheard = {"pages": (), "metrics": (), "journeys": (), "not_seen": ()}
    sound_enough = sound.model_copy(update=unheard)
    report = client_report(sound, folder, more=other_runs(sound_enough, folder))
    html = report.html()
    file = tmp_path / "hostile.html"
    file.write_text(html, encoding="utf-8")
    ran, asked, widths = await opened(file)
    assert ran is None
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert widths == {1350: 1350, 412: 412, 320: 320}
    with pikepdf.open(BytesIO(await printed(html))) as pdf:
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        actions = [note.A for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note]
        assert {str(action.S) for action in actions} <= {"/URI", "/GoTo"}
        assert {str(action.URI).split(":")[0] for action in actions if "/URI" in action} <= {"http", "https"}
