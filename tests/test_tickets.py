"""Findings as Markdown tickets."""

import pytest

from auditor.result import AuditResult
from reports.language import Language, written_in
from reports.tickets import write_tickets
from tests.factories.results import sample


@pytest.fixture
def result(tmp_path) -> AuditResult:
    return sample(tmp_path / "run", pictures=False)[0]


def test_there_is_a_ticket_for_each_finding_worst_first(result, tmp_path):
    written = write_tickets(result, tmp_path / "tickets")
    assert len(written) == len(result.findings)
    assert len({path.name for path in written}) == len(written)
    fingerprints = {path.stem.rpartition("-")[2] for path in written}
    assert fingerprints == {finding.fingerprint for finding in result.findings}
    assert "**Severity**: Critical" in written[0].read_text(encoding="utf-8")


def test_tickets_of_a_later_run_replace_the_earlier_ones(result, tmp_path):
    write_tickets(result, tmp_path / "tickets")
    fewer = result.model_copy(update={"findings": result.findings[:2]})
    written = write_tickets(fewer, tmp_path / "tickets")
    assert sorted(path for path in (tmp_path / "tickets").glob("*.md")) == sorted(written)


def test_a_folder_with_other_files_is_left_alone(result, tmp_path):
    (tmp_path / "thesis.md").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="other files"):
        write_tickets(result, tmp_path)
    assert (tmp_path / "thesis.md").read_text(encoding="utf-8") == "mine"


def test_a_ticket_is_in_the_language_of_the_report(result, tmp_path):
    with written_in(Language("pl")):
        text = write_tickets(result, tmp_path / "tickets")[0].read_text(encoding="utf-8")
    assert "Krytyczn" in text
    assert "Why it matters" not in text
