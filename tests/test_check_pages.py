"""Documentation pages of checks."""

from pathlib import Path

import pytest

from auditor.check import Registry, load_checks
from reports.check_pages import check_page, write_check_pages
from tests.factories.results import declared

FOLDER = Path(__file__).parents[1] / "docs" / "checks"


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    for spec in declared().values():
        made.add(spec)
    return made


def test_the_pages_of_all_checks_are_current():
    assert write_check_pages(load_checks(), FOLDER, write=False) == [], "run: auditor checks docs"


def test_a_page_says_all_that_is_declared():
    for spec in load_checks():
        page = check_page(spec)
        for part in (spec.id, spec.row, spec.title, spec.why, spec.fix, spec.source, *spec.found):
            assert part in page
        for name, default in spec.limits.items():
            assert f"| `{name}` | {default} |" in page


def test_pages_are_written_once_and_what_is_no_check_goes(registry, tmp_path):
    written = write_check_pages(registry, tmp_path)
    assert len(written) == len(registry) + 1
    assert write_check_pages(registry, tmp_path) == []
    stale = tmp_path / "speed" / "lcp-slow.md"
    stale.write_text("old", encoding="utf-8")
    surplus = tmp_path / "speed" / "gone.md"
    surplus.write_text("of a check that is no more", encoding="utf-8")
    assert set(write_check_pages(registry, tmp_path, write=False)) == {stale, surplus}
    assert surplus.exists()
    write_check_pages(registry, tmp_path)
    assert not surplus.exists()
    assert stale.read_text(encoding="utf-8") == check_page(registry.get("speed/lcp-slow"))


def test_the_index_links_every_page(registry, tmp_path):
    write_check_pages(registry, tmp_path)
    index = (tmp_path / "README.md").read_text(encoding="utf-8")
    for spec in registry:
        assert f"({spec.id}.md)" in index
        assert (tmp_path / f"{spec.id}.md").is_file()
