"""The real command line as a process: started, waited for, and what it left behind."""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from auditor.check import load_checks
from auditor.cli import main
from auditor.replay import replay
from auditor.result import AuditResult, Run
from auditor.run_folder import RunFolder

AUDITOR = str(Path(sys.executable).with_name("auditor"))
LONGEST_S = 110
SMALL = (
    "--allow-private",
    "--devices",
    "mobile",
    "--panel",
    "1",
    "--max-pages",
    "5",
    "--speed-runs",
    "0",
    "--depth",
    "pages",
)


@dataclass(frozen=True)
class Audited:
    """A process that ended. ``code`` is negative for a signal."""

    code: int
    said: str
    printed: str
    folder: Path

    @property
    def run(self) -> Run:
        return RunFolder.open(self.folder).run()

    @property
    def report(self) -> AuditResult:
        return RunFolder.open(self.folder).result()

    def replayed(self) -> AuditResult:
        return replay(RunFolder.open(self.folder), load_checks())[0]


class Place:
    """A folder of one test: temp folder of the audits, their run folders and settings. Its path is short, because
    sockets in it have a longest name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.temp = path / "temp"
        self.temp.mkdir()

    def config(self, **settings: Any) -> tuple[str, str]:
        """Settings as a file for ``--config``."""
        target = self.path / "shop.yaml"
        target.write_text(json.dumps(settings), encoding="utf-8")
        return "--config", str(target)

    def processes(self) -> list[psutil.Process]:
        """All that runs with this place's temp folder, or names this place in its command."""
        found = []
        for process in psutil.process_iter():
            try:
                words = [*process.cmdline(), process.environ().get("TMPDIR", "")]
            except psutil.Error:
                continue
            if any(str(self.path) in word for word in words):
                found.append(process)
        return found

    def left(self, others: list[psutil.Process] | None = None, seconds: float = 20) -> list[str]:
        """Processes and temp files that are still there after ``seconds``; also ``others`` that still run."""
        until = time.monotonic() + seconds
        while True:
            alive = [*self.processes(), *(one for one in others or [] if _runs(one))]
            there = [_named(one) for one in alive] + [entry.name for entry in self.temp.iterdir()]
            if not there or time.monotonic() > until:
                return there
            time.sleep(0.05)


@contextmanager
def place() -> Iterator[Place]:
    path = Path(tempfile.mkdtemp(prefix="bad-"))
    try:
        yield Place(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Started:
    """An ``auditor`` process. It is killed after LONGEST_S, so that a test ends when the auditor does not."""

    def __init__(
        self,
        where: Place,
        *words: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        self.where = where
        self.folder = folder or where.path / "run"
        self._said: list[str] = []
        self.process = subprocess.Popen(
            [AUDITOR, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=before,
            env={**os.environ, "TMPDIR": str(where.temp), **(environment or {})},
        )  # fmt: skip
        self._watch = threading.Timer(LONGEST_S, self.process.kill)
        self._watch.start()

    def wait_for(self, words: str) -> None:
        """Reads on until a line of standard error holds ``words``."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._said.append(line)
            if words in line:
                return
        raise AssertionError(f"{words!r} was never said, but {''.join(self._said)!r}")

    def descendants(self) -> list[psutil.Process]:
        """The processes it has now."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def browser(self) -> psutil.Process:
        """The root process of its Chromium; on Debian a shell script waits for that of the browser without windows."""
        found = None
        for process in self.descendants():
            words = process.cmdline()
            if any("--user-data-dir" in word for word in words) and not any("--type=" in word for word in words):
                found = process
        assert found is not None, "there is no browser process"
        return found

    def end(self) -> Audited:
        """Waits for its end."""
        try:
            printed, rest = self.process.communicate()
        finally:
            self._watch.cancel()
            self._watch.join()
        return Audited(self.process.returncode, "".join(self._said) + rest, printed, self.folder)


def start_audit(where: Place, url: str, *options: str, **more: Any) -> Started:
    """``auditor audit`` of ``url``, small: home page only, phone, five pages, unless ``options`` say otherwise."""
    folder = more.get("folder") or where.path / "run"
    return Started(where, "audit", url, *SMALL, "--out", str(folder), *options, **more)


def audit(where: Place, url: str, *options: str, **more: Any) -> Audited:
    return start_audit(where, url, *options, **more).end()


def here(where: Place, *words: str) -> Audited:
    """The ``auditor`` command by its own entry point in this process, which has imported everything already: for tests
    of what an audit says, returns and leaves behind, not of how its process ends. Writes to ``run`` of its place."""
    folder = where.path / "run"
    said, printed = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(said):
        patch.setattr(sys, "argv", ["auditor", *words, "--out", str(folder)])
        patch.setenv("TMPDIR", str(where.temp))
        patch.setattr(tempfile, "tempdir", str(where.temp))
        with pytest.raises(SystemExit) as ended:
            main()
    code = ended.value.code
    assert isinstance(code, int)
    return Audited(code, said.getvalue(), printed.getvalue(), folder)


def audit_here(where: Place, url: str, *options: str) -> Audited:
    """``audit``, in this process."""
    return here(where, "audit", url, *SMALL, *options)


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _named(process: psutil.Process) -> str:
    try:
        return f"{process.pid} {' '.join(process.cmdline())[:200]}"
    except psutil.Error:
        return str(process.pid)
