"""A PostgreSQL of its own for shops that need one: its files in the shop's folder, reached by a socket there."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 120.0


@contextmanager
def postgres(folder: Path) -> Iterator[None]:
    """Make a database in `folder/data` and serve it, to whoever can read `folder`, for as long as the block lasts."""
    # PostgreSQL refuses to run as root.
    owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    account = pwd.getpwnam(owner)
    user, group = (account.pw_uid, account.pw_gid) if os.geteuid() == 0 else (None, None)
    data = folder / "data"
    os.chown(folder, account.pw_uid, account.pw_gid)
    initialise = ["initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    subprocess.run(initialise, cwd="/", check=True, stdout=subprocess.DEVNULL, user=user, group=group)
    serve = ["postgres", "-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-F"]
    server = subprocess.Popen(serve, cwd="/", stdout=sys.stderr, user=user, group=group)
    try:
        ready = ["pg_isready", "-q", "-h", str(folder)]
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(ready, check=False).returncode:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL did not start")
            time.sleep(0.1)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
