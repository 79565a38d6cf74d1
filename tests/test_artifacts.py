"""Artifacts that leave their run folders: the same bytes once, under their SHA-256, on whatever fsspec knows."""

import hashlib
import json
from pathlib import Path

import pytest

from auditor.store import StoreError, history
from auditor.store.artifacts import Artifacts, move, moved_from
from tests.web_place import Web, filled, web

__all__ = ["filled", "web"]


@pytest.fixture(params=["folder", "file", "memory"])
def url(request, tmp_path: Path) -> str:
    return {
        "folder": str(tmp_path / "kept"), "file": f"file://{tmp_path}/kept", "memory": f"memory://{tmp_path}",
    }[request.param]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "run"
    for name, content in (("pages/a/shot.webp", b"same"), ("pages/b/shot.webp", b"same"), ("crops/c.webp", b"other")):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return made


def test_the_same_bytes_are_kept_once_and_found_again_by_their_name(folder: Path, url: str):
    artifacts = Artifacts(url)
    files = sorted(folder.rglob("*.webp"))
    assert move(folder, files, artifacts) == 13
    assert not any(path.exists() for path in files)
    names = moved_from(folder)
    assert names["pages/a/shot.webp"] == names["pages/b/shot.webp"] == hashlib.sha256(b"same").hexdigest()
    again = Artifacts(url)
    assert (again.read(names["pages/b/shot.webp"]), again.read(names["crops/c.webp"])) == (b"same", b"other")
    kept = [path for path in again._files.find(again._root) if not path.endswith(".tmp")]
    assert len(kept) == 2


def test_what_is_not_there_damaged_or_no_digest_is_not_given_out(folder: Path, tmp_path: Path):
    artifacts = Artifacts(str(tmp_path / "kept"))
    digest = artifacts.keep(folder / "crops" / "c.webp")
    (place,) = (tmp_path / "kept").rglob(digest)
    place.write_bytes(b"changed")
    assert artifacts.read(digest) is None
    assert artifacts.read("0" * 64) is None
    assert artifacts.read("../../run.json") is None


def test_where_it_cannot_be_written_the_file_stays(folder: Path, tmp_path: Path):
    (tmp_path / "taken").write_text("no folder")
    with pytest.raises(StoreError, match="stays where it is"):
        move(folder, [folder / "crops" / "c.webp"], Artifacts(str(tmp_path / "taken")))
    assert (folder / "crops" / "c.webp").read_bytes() == b"other"


def test_an_address_that_nothing_knows_is_a_sentence():
    with pytest.raises(StoreError, match="no place for artifacts"):
        Artifacts("nowhere://bucket/x")


async def test_the_dashboard_shows_pictures_that_were_moved(web: Web, tmp_path: Path):
    with web.store.read() as connection:
        folder = Path(str(history.audit_of(connection, web.audits[2]).folder))
    name = json.loads((folder / "report.json").read_text())["pages"][0]["screenshot"]
    picture = folder / name
    content = picture.read_bytes()
    web.site.artifacts = Artifacts(str(tmp_path / "kept"))
    move(folder, [picture], web.site.artifacts)
    async with web.client() as client:
        answer = await client.get(f"/audits/{web.audits[2]}/files/{name}")
        assert (answer.status_code, answer.content) == (200, content)
        assert "sandbox" in answer.headers["content-security-policy"]
        assert name in (await client.get(f"/audits/{web.audits[2]}")).text
        assert (await client.get(f"/audits/{web.audits[2]}/files/pages/none.webp")).status_code == 404
