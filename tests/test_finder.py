"""Finding a browser: the order of the candidates, and what is said when one does not work."""

import asyncio
from pathlib import Path

import pytest

from auditor.browser.finder import BrowserNotFound, find_chromium, install_chromium

VERSION = "156.0.8078.79"


def executable(path: Path, script: str = f"echo Chromium {VERSION}") -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser; what is put into the returned folder is on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "nothing"))
    monkeypatch.delenv("AUDITOR_CHROMIUM", raising=False)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Where Playwright's own browser would be."""
    return tmp_path / "playwright-chrome"


def test_the_named_browser_comes_first(empty_machine: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(empty_machine / "chromium", "echo Chromium 1.2.3.4")
    executable(own, "echo Chromium 5.6.7.8")
    named = executable(empty_machine / "mine")
    monkeypatch.setenv("AUDITOR_CHROMIUM", str(named))
    found = find_chromium(own)
    assert (found.path, found.source, found.version) == (named, "environment", VERSION)


def test_playwrights_own_comes_before_the_systems(empty_machine: Path, own: Path) -> None:
    executable(empty_machine / "chromium")
    executable(own, "echo Chromium 5.6.7.8")
    found = find_chromium(own)
    assert (found.path, found.source, found.version) == (None, "playwright", "5.6.7.8")


@pytest.mark.parametrize(
    "name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
)
def test_a_system_browser_is_found_on_path(empty_machine: Path, own: Path, name: str) -> None:
    path = executable(empty_machine / name)
    found = find_chromium(own)
    assert (found.path, found.source, found.version) == (path, "system", VERSION)


def test_the_browser_without_windows_comes_before_one_with_them(empty_machine: Path, own: Path) -> None:
    executable(empty_machine / "chromium")
    shell = executable(empty_machine / "chromium-headless-shell")
    assert find_chromium(own).path == shell


def test_a_stub_that_only_prints_advice_is_passed_over(empty_machine: Path, own: Path) -> None:
    executable(empty_machine / "chromium", "echo please install the snap >&2; exit 1")
    chrome = executable(empty_machine / "google-chrome")
    assert find_chromium(own).path == chrome


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (None, 0, "no such file"),
        ("#!/bin/sh\necho Chromium 1.2.3.4\n", 0o644, "not executable"),
        ("#!/bin/sh\necho boom >&2; exit 127\n", 0o755, "boom"),
        ("#!/bin/sh\necho hello\n", 0o755, "does not answer --version"),
        ("not a program", 0o755, "cannot be started"),
    ],
)
def test_a_broken_named_browser_is_an_error_although_another_works(
    empty_machine: Path,
    own: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str | None,
    mode: int,
    said: str,
) -> None:
    executable(empty_machine / "chromium")
    named = tmp_path / "named"
    if content is not None:
        named.write_text(content)
        named.chmod(mode)
    monkeypatch.setenv("AUDITOR_CHROMIUM", str(named))
    with pytest.raises(BrowserNotFound, match=said) as error:
        find_chromium(own)
    assert "AUDITOR_CHROMIUM" in str(error.value)
    assert str(named) in str(error.value)


def test_without_a_browser_the_three_remedies_are_named(empty_machine: Path, own: Path) -> None:
    executable(empty_machine / "chromium", "exit 3")
    with pytest.raises(BrowserNotFound) as error:
        find_chromium(own)
    message = str(error.value)
    assert "exit code 3" in message
    for remedy in (
        "playwright install --with-deps chromium",
        "apt-get install chromium-headless-shell",
        "AUDITOR_CHROMIUM=",
    ):
        assert remedy in message


@pytest.mark.server
async def test_playwright_is_asked_from_inside_an_event_loop_too(empty_machine: Path) -> None:
    assert asyncio.get_running_loop().is_running()
    with pytest.raises(BrowserNotFound, match="No usable Chromium"):
        find_chromium()


@pytest.mark.server
def test_an_installation_that_fails_names_what_was_tried(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    with pytest.raises(BrowserNotFound, match=r"playwright install .*failed with exit code") as error:
        install_chromium()
    assert "Do one of these" in str(error.value)
    assert "Running" in capfd.readouterr().err
