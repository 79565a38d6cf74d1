"""Finds a Chromium-family browser on this machine, or installs one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ENVIRONMENT_VARIABLE = "AUDITOR_CHROMIUM"
HEADLESS_SHELL = "chromium-headless-shell"
"""The browser without windows, as Playwright's own is: the same engine draws the pages, for less work."""
SYSTEM_NAMES = (
    HEADLESS_SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
ASK_SECONDS = 20
INSTALL_SECONDS = 900

Source = Literal["environment", "playwright", "system"]


@dataclass(frozen=True)
class Browser:
    """A browser that was seen to start.

    ``path`` is None for Playwright's own, which Playwright finds by itself; ``version`` is dotted, or None on Windows.
    """

    path: Path | None
    source: Source
    version: str | None


class BrowserNotFound(RuntimeError):
    """No usable browser; the message names the remedies."""


class _Unusable(Exception):
    """Why one candidate cannot be used."""


def find_chromium(playwright_executable: Path | None = None) -> Browser:
    """The browser to use: AUDITOR_CHROMIUM, else Playwright's own, else one of the system, without windows first.

    A caller that has Playwright running saves half a second by passing its ``chromium.executable_path``.
    Raises BrowserNotFound when there is none, or when AUDITOR_CHROMIUM names something that does not work.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        path = Path(named).expanduser()
        try:
            return Browser(path, "environment", _version(path))
        except _Unusable as reason:
            raise BrowserNotFound(
                f"{ENVIRONMENT_VARIABLE} is set to {named!r}, but {reason}."
                " Correct it, or unset it to let the auditor look for a browser itself."
            ) from reason
    reasons = []
    own = playwright_executable or _playwright_executable()
    if own.exists():
        try:
            return Browser(None, "playwright", _version(own))
        except _Unusable as reason:
            reasons.append(f"{own}: {reason}")
    for name in SYSTEM_NAMES:
        found = shutil.which(name)
        if found:
            try:
                return Browser(Path(found), "system", _version(Path(found)))
            except _Unusable as reason:
                reasons.append(f"{found}: {reason}")
    raise BrowserNotFound(_remedies(reasons))


def install_chromium() -> Browser:
    """Installs a browser: Playwright's own, else, as root on Debian or Ubuntu, the system's; prints what it runs.

    Raises BrowserNotFound when no browser works afterwards.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Without root, --with-deps would ask for a password in the middle of a run.
    options = ["--with-deps"] if root or sys.platform != "linux" else []
    failures = []
    commands = [[[sys.executable, "-m", "playwright", "install", *options, "chromium"]]]
    if root and shutil.which("apt-get"):
        install = ["apt-get", "install", "--yes", "--quiet"]
        commands.append([["apt-get", "update", "--quiet"], [*install, HEADLESS_SHELL]])
        commands.append([[*install, "chromium"]])
    for steps in commands:
        for step in steps:
            failure = _run(step)
            if failure:
                failures.append(failure)
        try:
            return find_chromium()
        except BrowserNotFound as error:
            last = error
    raise BrowserNotFound("\n".join([str(last), *failures]))


def _version(path: Path) -> str | None:
    """The version that the executable states; raises _Unusable when it does not start."""
    if not path.is_file():
        raise _Unusable("there is no such file")
    if not os.access(path, os.X_OK):
        raise _Unusable("it is not executable")
    if sys.platform == "win32":
        return None  # Chrome for Windows opens a window instead of answering.
    try:
        done = subprocess.run(
            [str(path), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ASK_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise _Unusable(f"it did not answer --version within {ASK_SECONDS} s") from error
    except OSError as error:
        raise _Unusable(f"it cannot be started ({error.strerror or error})") from error
    version = re.search(r"\d+(?:\.\d+){1,3}", done.stdout)
    if done.returncode or not version:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise _Unusable(f"it does not answer --version ({said[-1][:200] if said else f'exit code {done.returncode}'})")
    return version.group()


def _playwright_executable() -> Path:
    """Where Playwright would keep its own Chromium, there or not."""

    def ask() -> str:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    # In a thread of its own, because Playwright's synchronous API refuses to run inside an event loop.
    with ThreadPoolExecutor(max_workers=1) as pool:
        return Path(pool.submit(ask).result())


def _run(command: Sequence[str]) -> str | None:
    """Runs one installation command with its output on standard error; None, or how it failed."""
    shown = " ".join(command)
    print(f"Running {shown}", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"'{shown}' did not end within {INSTALL_SECONDS} s."
    return f"'{shown}' failed with exit code {done.returncode}." if done.returncode else None


def _remedies(reasons: Sequence[str]) -> str:
    lines = ["No usable Chromium, Chrome or Edge was found."]
    lines += [f"  Passed over {reason}." for reason in reasons]
    lines += [
        "Do one of these:",
        f"  - install Playwright's browser: {sys.executable} -m playwright install --with-deps chromium",
        "  - install one from your system's packages: on Debian, as root, apt-get install chromium-headless-shell",
        f"  - name the one you have: export {ENVIRONMENT_VARIABLE}=/path/to/chromium",
    ]
    return "\n".join(lines)


def main() -> int:
    """Finds or installs a browser and prints it; exit code 2 with the remedies when there is none."""
    try:
        try:
            browser = find_chromium()
        except BrowserNotFound:
            if os.environ.get(ENVIRONMENT_VARIABLE):
                raise
            browser = install_chromium()
    except BrowserNotFound as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{browser.path or 'Playwright Chromium'} {browser.version or ''}".strip())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
