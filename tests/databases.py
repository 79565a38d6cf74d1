"""Databases for tests: a SQLite file, and a throw-away PostgreSQL from the system's programs."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path


def programs() -> str | None:
    """The folder of PostgreSQL's programs; Debian keeps it off the path."""
    found = shutil.which("initdb")
    return (
        str(Path(found).parent) if found else next(iter(sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)), None)
    )


@contextmanager
def postgres() -> Iterator[str]:
    """Its address; gone afterwards. It listens on a socket file only and refuses to run as root."""
    bin_folder = programs()
    assert bin_folder is not None
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    user, group = (owner.pw_uid, owner.pw_gid) if os.geteuid() == 0 else (None, None)
    with tempfile.TemporaryDirectory(prefix="auditor-pg-") as name:
        folder = Path(name)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"

        def execute(program: str, *arguments: str | Path) -> None:
            command = [f"{bin_folder}/{program}", "-D", data, *arguments]
            subprocess.run(command, check=True, capture_output=True, cwd=folder, user=user, group=group)

        execute("initdb", "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8", "-N")
        execute("pg_ctl", "-w", "-l", folder / "log", "-o", f"-c listen_addresses= -k {folder} -F", "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            execute("pg_ctl", "-w", "-m", "immediate", "stop")
