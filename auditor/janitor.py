"""A process beside the audit that cleans up however the audit ends, also by ``kill -9``.

It holds the reading end of a pipe. When the audit is gone the pipe closes: the janitor ends what is left of the audit's
process tree and removes its temp folder. Run as a plain script with the standard library only, so that it starts at
once.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "AUDITOR_RUN"
"""Environment variable that every process of one audit inherits."""


@contextmanager
def temp_folder() -> Iterator[Path]:
    """A temp folder of this audit, under which browsers and this process put theirs (``TMPDIR``); gone afterwards in
    any case."""
    folder = Path(tempfile.mkdtemp(prefix="auditor-"))
    before, chosen = {name: os.environ.get(name) for name in ("TMPDIR", MARK)}, tempfile.tempdir
    os.environ["TMPDIR"] = str(folder)
    os.environ[MARK] = folder.name
    tempfile.tempdir = str(folder)
    reading, writing = os.pipe()
    watcher = subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, str(folder), folder.name],
        stdin=reading, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={"PATH": os.environ.get("PATH", "")},
    )  # fmt: skip
    os.close(reading)
    try:
        yield folder
    finally:
        tempfile.tempdir = chosen
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        os.close(writing)
        watcher.wait()


def _marked(mark: str) -> list[int]:
    """Processes of this audit, by the variable they inherited (Linux)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"{MARK}={mark}".encode() in environment and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def main(folder: str, mark: str) -> None:
    sys.stdin.buffer.read()
    for _ in range(20):
        left = _marked(mark)
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                continue
        shutil.rmtree(folder, ignore_errors=True)
        if not left and not os.path.exists(folder):
            return


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
