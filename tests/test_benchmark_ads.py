"""The command of the suite of cases: what it keeps, how it judges, where it publishes."""

from pathlib import Path

import pytest

from auditor.ads.learning import learned
from auditor.ads.loads import Seen
from auditor.evidence import Asked, Box, Device, Insertions, Page, Piece, Template
from benchmarks.ads import publishing, record
from benchmarks.ads.judging import judge, renamed
from benchmarks.between import PAGE
from tests.ads_cases.cases import BENIGN, INJECTED, UNCHANGED, UNCHANGED_VISITS
from tests.ads_cases.looking import OWN, TODAY
from tests.ads_cases.site import CLEAN, Case

TAGS, ADX = "http://tags.test/gtm.js", "http://adx.test/a.js"
AD = Piece(
    kind="layer", selector="div#ad", maker=(ADX,), box=Box(x=0, y=700, width=1350, height=220), share=0.23, layer=True,
    leads=("http://deals.test/go",), leads_share=1.0,
)  # fmt: skip
INFECTED = Case("T1 advertisement", "alert", "third-party-tag", "tags.test")


def load(*asked: Asked, pieces: tuple[Piece, ...] = ()) -> Seen:
    url = "http://shop.test/p/mug"
    every = (Asked(url=TAGS, type="script"), *asked)
    seen = Insertions(
        url=url, asked_url=url, makers_by="browser", served_hosts=("tags.test",), asked=every, pieces=pieces
    )
    return Seen(Page(url=url, key="/p/mug", template=Template.PRODUCT), Device.DESKTOP, "direct", seen, looked=True)


def infected() -> Seen:
    return load(Asked(url=ADX, type="script", maker=(TAGS,)), pieces=(AD,))


BASELINE = learned([load()], OWN, shop="shop.test", today=TODAY)


def test_every_case_has_a_name_of_its_own_and_says_what_it_should_be() -> None:
    cases = [CLEAN, *INJECTED, *BENIGN, UNCHANGED]
    assert len({case.name.split()[0] for case in cases}) == len(cases)
    assert {case.verdict for case in INJECTED} == {"alert"}
    assert {case.verdict for case in BENIGN} <= {"review", "quiet"}
    assert all(case.vector for case in INJECTED)
    assert len(UNCHANGED.loads) == UNCHANGED_VISITS


def test_a_case_that_is_told_rightly_has_no_fault() -> None:
    row = judge(INFECTED, (infected(),), (), BASELINE)
    assert (row.wrong, row.first_run, row.renamed) == ("", 1, True)
    assert row.told == "alert, third-party-tag, tags.test"


@pytest.mark.parametrize(
    ("case", "loads", "wrote", "fault"),
    [
        (INFECTED, (load(),), (), "no alert"),
        (Case("T2 other", "alert", "own-server", ""), (infected(),), (), "told as"),
        (Case("T3 honest", "quiet"), (infected(),), (), "false alert"),
        (INFECTED, (infected(),), ("shop.test/cart",), "a press wrote to shop.test/cart"),
    ],
)
def test_a_case_that_is_told_wrongly_says_how(
    case: Case, loads: tuple[Seen, ...], wrote: tuple[str, ...], fault: str
) -> None:
    assert fault in judge(case, loads, wrote, BASELINE).wrong


def test_every_host_but_the_shops_gets_another_name() -> None:
    (other,) = renamed((infected(),))
    text = other.insertions.model_dump_json()
    assert "http://shop.test/p/mug" in text
    assert "adx.test" not in text
    assert "xdaq.test" in text


def test_a_record_is_read_again_and_no_longer_when_its_case_changed(tmp_path: Path) -> None:
    kept = record.record(INFECTED, [infected()], (), 1.0, "156")
    record.write(kept, INFECTED, tmp_path)
    assert record.read(INFECTED, tmp_path) == kept
    changed = Case("T1 advertisement", "alert", "third-party-tag", "tags.test", body="<p>")
    assert record.read(changed, tmp_path) is None
    assert record.form(Case("T", "quiet", html=lambda _, page: page)) != record.form(
        Case("T", "quiet", html=lambda _, page: page + "x")
    )


def test_the_table_goes_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"before\n{publishing.BEGIN}\nold\n{publishing.END}\nafter\n")
    row = judge(INFECTED, (infected(),), (), BASELINE)
    kept = record.record(INFECTED, [infected()], (), 1.0, "156")
    measured = publishing.Measured([row], [kept])
    publishing.publish(measured, page)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert (
        "| T1 advertisement | alert, third-party-tag, tags.test | alert, third-party-tag, tags.test | alert |" in text
    )
    page.write_text("no markers")
    with pytest.raises(ValueError, match="needs the lines"):
        publishing.publish(measured, page)


def test_the_published_page_has_the_markers() -> None:
    assert publishing.BEGIN in PAGE.read_text()
