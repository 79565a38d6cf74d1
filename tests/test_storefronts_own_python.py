"""What a storefront installs and seeds is kept, made again when its sources change, and never left half made."""

from pathlib import Path

import pytest

from tests.storefronts.own_python import kept


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDITOR_TEST_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "requirements.txt"
    file.write_text("a==1")
    return file


def test_it_is_made_once(source: Path) -> None:
    made: list[Path] = []
    first = kept("shop", [source], made.append)
    assert kept("shop", [source], made.append) == first
    assert made == [first]


def test_it_is_made_again_when_a_source_changes(source: Path) -> None:
    first = kept("shop", [source], lambda folder: None)
    source.write_text("a==2")
    assert kept("shop", [source], lambda folder: None) != first


def test_what_broke_off_is_made_again(source: Path) -> None:
    def breaks(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        kept("shop", [source], breaks)
    seen: list[list[Path]] = []
    kept("shop", [source], lambda folder: seen.append(list(folder.iterdir())))
    assert seen == [[]]
