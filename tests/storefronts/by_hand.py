"""The command line that all storefronts share: `python -m tests.storefronts.NAME --port 8000`."""

import shutil
import signal
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from tests.storefronts.shops import end_with_input


def options_of(name: str, title: str) -> ArgumentParser:
    options = ArgumentParser(prog=f"python -m tests.storefronts.{name}", description=f"Start {title}.")
    options.add_argument("--port", type=int, default=0, help="a free one is taken if this is 0")
    options.add_argument("--folder", type=Path, help="an empty folder for the shop's files, removed at the end")
    options.add_argument("--until-input-ends", action="store_true", help="end when standard input is closed")
    return options


def start(name: str, chosen: Namespace, serve: Callable[[Path], None]) -> None:
    """`serve(folder)` prints the shop's address and stays until it is interrupted; its folder is removed then."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if chosen.until_input_ends:
        end_with_input()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix=f"{name}-"))
    try:
        serve(folder)
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
