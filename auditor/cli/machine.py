"""``auditor doctor``."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from auditor.browser.finder import BrowserNotFound, find_chromium
from auditor.browser.vendor_files import vendor_file
from auditor.check import load_checks
from auditor.speed.engine import EngineUnavailable, engine_version

LEAST_DISK_MB = 500


@click.command(epilog="Example:  auditor doctor")
def doctor() -> None:
    """Say what this machine lacks to run audits. Exits 2 if something is missing."""
    missing = False
    for name, look in _LOOKS.items():
        try:
            click.echo(f"ok       {name}: {look()}")
        except Exception as error:  # each look says what is wrong in its own words
            missing = True
            click.echo(f"missing  {name}: {error}")
    try:
        click.echo(f"ok       trace engine: {engine_version()}")
    except EngineUnavailable as problem:
        click.echo(f"without  trace engine: {problem} Timed loads then give this machine's own times only.")
    if missing:
        raise click.exceptions.Exit(2)


def _python() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])


def _browser() -> str:
    try:
        found = find_chromium()
    except BrowserNotFound as error:
        raise RuntimeError(str(error)) from None
    return f"{found.version or 'version unknown'} ({found.source})"


def _libraries() -> str:
    names = ("axe.min.js", "autoconsent.playwright.js", "rules.json")
    for name in names:
        vendor_file(name)
    return ", ".join(names)


def _checks() -> str:
    count = len(load_checks())
    if not count:
        raise RuntimeError("no checks were found; install the auditor again")
    return f"{count} checks"


def _disk() -> str:
    free = shutil.disk_usage(Path.cwd()).free // 2**20
    if free < LEAST_DISK_MB:
        raise RuntimeError(f"{free} MB free here, an audit may need {LEAST_DISK_MB} MB; make room")
    return f"{free} MB free here"


def _temp() -> str:
    with tempfile.TemporaryDirectory() as folder:
        if not os.access(folder, os.W_OK):
            raise RuntimeError(f"{folder} cannot be written; set TMPDIR")
    return "a temp folder can be made"


_LOOKS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "browser": _browser,
    "browser-side libraries": _libraries,
    "checks": _checks,
    "disk": _disk,
    "temp folder": _temp,
}
