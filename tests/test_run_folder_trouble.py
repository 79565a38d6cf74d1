"""A machine that has no room, no browser or no free folder: it is said, and nothing of the operator's is touched."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor.browser.artifacts import folder_name
from auditor.evidence import Device
from auditor.run_folder import RunFolder
from tests.hostile_shop import pages
from tests.hostile_shop.audited import LONGEST_S, Audited, Place, audit
from tests.hostile_shop.judging import NOTHING_JUDGED, PARTIAL, USAGE, audit_of_hanging_page, clean, judged
from tests.hostile_shop.server import serving

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.timeout(LONGEST_S + 60)]


def test_run_folder_that_is_a_file(where: Place) -> None:
    taken = where.path / "report"
    taken.write_text("mine")
    done = audit(where, "http://shop.example/", folder=taken)
    assert done.code == USAGE
    assert "Choose another --out" in done.said
    assert taken.read_text() == "mine"
    clean(done, where)


def test_run_folder_that_is_not_empty(where: Place) -> None:
    taken = where.path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    done = audit(where, "http://shop.example/", folder=taken)
    assert done.code == USAGE
    assert "is not empty (mine.txt" in done.said
    assert "Choose another --out" in done.said
    assert [entry.name for entry in taken.iterdir()] == ["mine.txt"]
    clean(done, where)


def test_browser_that_does_not_start(where: Place) -> None:
    broken = where.path / "chromium"
    broken.write_text('#!/bin/sh\ntest "$1" = --version && echo "Chromium 150.0.1.2" || exit 1\n')
    broken.chmod(0o755)
    with serving({"/": pages.page("Home")}) as shop:
        done = audit(where, shop.url, environment={"AUDITOR_CHROMIUM": str(broken)})
    assert done.code == USAGE
    assert "could not be started" in done.said
    assert "auditor doctor" in done.said
    clean(done, where)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of its own under ``folder``; skips where this process may not mount one."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mounting, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_disk_that_is_full_in_discovery(where: Place) -> None:
    with small_disk(where.path / "disk", 1), serving(fallback=pages.page_of_many_links) as shop:
        done = audit(where, shop.url, "--max-pages", "400", folder=where.path / "disk" / "run")
        assert done.code == NOTHING_JUDGED, done.said
        told_of_full_disk(done, where)
        assert (done.folder / "discovery" / "pages.jsonl").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_disk_that_is_full_in_visits(where: Place) -> None:
    with serving(pages.hanging_second_page() | {"/never.png": pages.after_the_first}) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        page = RunFolder.open(audit.folder).panel().pages[1].page
        visit = audit.folder / "pages" / folder_name(page, Device.MOBILE)
        visit.mkdir(exist_ok=True)
        (visit / "viewport.jpg").symlink_to("/dev/full")
        shop.release()
        done = audit.end()
    judged(done, where, code=PARTIAL)
    told_of_full_disk(done, where)
    assert "make room" in done.report.run.why
    assert [page.key for page in done.report.pages] == ["/"]


def told_of_full_disk(done: Audited, where: Place) -> None:
    assert "The run folder could not be written (No space left on device)" in done.said
    assert "make room" in done.said
    clean(done, where)
