"""No text of a report is worded outside the catalogues: in a language of brackets everything stands in brackets."""

import pytest

from auditor.check import load_checks
from auditor.evidence import Device
from auditor.result import Journey, check_texts
from reports.before_after import before_after
from reports.brand_reading import Brand
from reports.client_report import client_report, notes_of
from reports.periods import Period, period_part
from reports.wording import moment
from tests.factories.results import declared, outcomes, sample, visits
from tests.pseudo_language import pseudo_language, untranslated

NOTES = "## Scores\n\n2026\n\n## Finding: navigation/dead-links\nHide: 2026\n"
NOT_OURS = ("Sale", "Lamps", "About", "First byte after 910 ms; good is up to 800 ms")
"""Words of the shop, and what a check of the factory that is in no catalogue found."""


@pytest.fixture
def whole_report(tmp_path, monkeypatch):
    """A report with all its parts, in the language of brackets."""
    real = {spec.id: spec for spec in load_checks()}
    result, folder = sample(tmp_path / "run", pictures=False)
    step = {"intent": "search", "did": "", "waited_ms": 1200, "clicks": 2, "keys": 5, "fields": 1, "confirmed": False}
    walked = tuple(
        Journey(name=name, device=Device.MOBILE, ended=ended, steps=(step,), effort={"clicks": 4})
        for name, ended in (("search", "completed"), ("browse", "stuck"), ("buy", "forbidden"))
    )
    texts = check_texts(real, [name for name in declared() if name in real])
    result = result.model_copy(update={"checks": texts, "journeys": (*walked, *result.journeys)})
    folder.write_result(result)
    folder.write_outcomes(outcomes(visits(), declared()))
    (folder.path / "notes.md").write_text(NOTES, encoding="utf-8")
    (tmp_path / "eo").mkdir()
    with pseudo_language(tmp_path / "eo", monkeypatch):
        more = (before_after(result, folder, folder), period_part(Period.read("2026"), [result]))
        brand = Brand("2026")
        report = client_report(result, folder, brand=brand, notes=notes_of(folder.path), more=more)
        yield report.html(), moment(result.run.started_at)


def test_every_text_of_a_report_comes_from_the_catalogues(whole_report):
    html, date = whole_report
    left = [text for text in untranslated(html) if text.strip("· ") not in (date, *NOT_OURS)]
    assert left == []


def test_a_text_outside_the_catalogues_is_found(whole_report):
    html, _date = whole_report
    assert "Buy it now" in untranslated(html.replace("<main>", "<main><p>Buy it now</p>"))
    assert "A picture" in untranslated(html.replace("<main>", '<main><img alt="A picture">'))
