"""Nothing is left of an audit, however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from auditor.janitor import temp_folder

AUDIT = """
import subprocess, sys, time
from auditor.janitor import temp_folder
with temp_folder() as folder:
    (folder / "profile").mkdir()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    print(folder, child.pid, flush=True)
    time.sleep(60)
"""


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_folder_and_environment_are_restored():
    before = os.environ.get("TMPDIR")
    with temp_folder() as folder:
        assert os.environ["TMPDIR"] == str(folder)
        (folder / "profile").mkdir()
        assert Path(tempfile.mkdtemp()).parent == folder
    assert Path(tempfile.gettempdir()) != folder
    assert not folder.exists()
    assert os.environ.get("TMPDIR") == before


@pytest.mark.server
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_audit_leaves_neither_process_nor_folder(how):
    with subprocess.Popen([sys.executable, "-c", AUDIT], stdout=subprocess.PIPE, text=True) as audit:
        assert audit.stdout is not None
        folder, child = audit.stdout.readline().split()
        assert running(int(child))
        audit.send_signal(how)
    until = time.monotonic() + 20
    while (Path(folder).exists() or running(int(child))) and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(folder).exists()
    assert not running(int(child))
