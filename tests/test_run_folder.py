"""The run folder keeps what was recorded, also of a run that was cut short."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.run_folder import RunFolder, RunFolderError, default_folder
from auditor.settings import Access, ShopSettings
from tests import factories as make

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


def test_visits_come_back_as_they_were_in_order(folder):
    visits = [make.page_evidence(links=[make.link("Lamps", "/lamps")], visit_fields={"id": f"00{n}-x"}) for n in (2, 1)]
    for visit in visits:
        folder.write_visit(visit)
    assert list(folder.visits()) == visits[::-1]


def test_secrets_are_never_written(folder):
    access = Access.model_validate(
        {"basic": "me:hunter2", "headers": {"X-Key": "hunter2"}, "cookies": {"a": "hunter2"}}
    )
    folder.write_settings(ShopSettings(start_url="https://shop.example/", access=access))
    assert "hunter2" not in "".join(path.read_text() for path in folder.path.rglob("*.json"))
    assert folder.settings().start_url == "https://shop.example/"


def test_a_line_that_a_killed_run_left_unfinished_is_passed_over(folder):
    whole = make.page_facts("/a").model_dump_json()
    folder.discovered_pages.write_text(f"{whole}\n{whole[:40]}")
    assert [facts.key for facts in folder.facts()] == ["/a"]


def test_a_broken_line_in_the_middle_is_said(folder):
    folder.discovered_pages.write_text('{"nonsense": 1}\n')
    with pytest.raises(RunFolderError, match="cannot be read"):
        list(folder.facts())


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "not JSON"), ('{"schema_version": 99}', "evidence version 99"), ('{"pages": 1}', "pages")],
)
def test_an_unreadable_file_is_named_with_its_reason(folder, text, says):
    (folder.path / "panel.json").write_text(text)
    with pytest.raises(RunFolderError, match=says):
        folder.panel()


def test_a_missing_file_says_that_the_run_ended_before(folder):
    with pytest.raises(RunFolderError, match="ended before"):
        folder.discovery()


def test_a_used_folder_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(RunFolderError, match="not empty"):
        RunFolder.create(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "keep me"


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunFolderError, match="Choose another --out"):
        RunFolder.create(tmp_path / "file" / "run")


def test_a_foreign_folder_is_no_run(tmp_path):
    with pytest.raises(RunFolderError, match="no run folder"):
        RunFolder.open(tmp_path)


def test_a_failed_write_leaves_no_half_file(folder, monkeypatch):
    folder.write_text("note.txt", "old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"):
        folder.write_text("note.txt", "new")
    assert {path.name: path.read_text() for path in folder.path.glob("*note*")} == {"note.txt": "old"}


def test_default_folders_do_not_collide(tmp_path):
    first = default_folder("https://shop.example:8443/x", NOON, tmp_path)
    first.mkdir(parents=True)
    second = default_folder("https://shop.example:8443/x", NOON, tmp_path)
    assert first.parent.name == "shop.example_8443"
    assert first != second
