"""Finds a Node for the trace engine: AUDITOR_NODE, else the one that Playwright carries, else PATH."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ENVIRONMENT_VARIABLE = "AUDITOR_NODE"
OLDEST = 22
ASK_SECONDS = 20.0


class NodeNotFound(Exception):
    """The message says why, and what to do next."""


@dataclass(frozen=True)
class Node:
    path: Path
    source: Literal["environment", "playwright", "path"]
    version: str


def find_node() -> Node:
    """The first Node that answers and is new enough; a bad AUDITOR_NODE is an error, not passed over.

    :raises NodeNotFound: when there is none.
    """
    reasons = []
    for path, source in _candidates():
        try:
            return Node(path, source, _version(path))
        except ValueError as reason:
            if source == "environment":
                raise NodeNotFound(f"{ENVIRONMENT_VARIABLE} is set to {str(path)!r}, but {reason}.") from reason
            reasons.append(f"{path}: {reason}")
    passed = f" Passed over {'; '.join(reasons)}." if reasons else ""
    raise NodeNotFound(
        f"No Node {OLDEST} or newer was found.{passed} Install Playwright's package again, or name one with"
        f" {ENVIRONMENT_VARIABLE}=/path/to/node."
    )


def _candidates() -> Iterator[tuple[Path, Literal["environment", "playwright", "path"]]]:
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        yield Path(named).expanduser(), "environment"
    package = importlib.util.find_spec("playwright")
    for folder in (package.submodule_search_locations or ()) if package else ():
        own = Path(folder) / "driver" / ("node.exe" if os.name == "nt" else "node")
        if own.is_file():
            yield own, "playwright"
    found = shutil.which("node")
    if found:
        yield Path(found), "path"


def _version(path: Path) -> str:
    """:raises ValueError: when it does not answer, or is too old."""
    try:
        done = subprocess.run(
            [str(path), "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=ASK_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"it did not answer --version within {ASK_SECONDS:g} s") from error
    except OSError as error:
        raise ValueError(f"it cannot be started ({error.strerror or error})") from error
    version = re.match(r"v(\d+)\.\d+\.\d+", done.stdout.strip())
    if done.returncode or not version:
        raise ValueError("it does not answer --version as Node does")
    if int(version[1]) < OLDEST:
        raise ValueError(f"it is Node {version[0]}, and {OLDEST} or newer is needed")
    return version[0]
