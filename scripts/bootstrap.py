"""Prepares .venv from the lock files, the project itself, and a browser.

Standard library only, because nothing is installed yet when it runs.

A second run compares stamps and ends at once when nothing changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "bootstrap.json"
OLDEST = (3, 11)
PACKAGE_FILES = ("requirements.lock", "requirements-build.lock", "requirements-node.lock")
PROJECT_FOLDERS = ("auditor", "checks", "reports", "tests", "scripts", "benchmarks")
PROJECT_FILES = ("pyproject.toml", "hatch_build.py", "package.json", "package-lock.json", "auditor/__init__.py")


def digest(*names: str, also: str = "") -> str:
    """SHA-256 over the named files of the project and the text ``also``."""
    content = hashlib.sha256(also.encode())
    for name in names:
        content.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return content.hexdigest()


def stop(problem: str, remedy: str) -> NoReturn:
    """Ends with what went wrong and what to do next; exit code 2."""
    sys.stderr.write(f"\nsetup: {problem}\n       {remedy}\n")
    raise SystemExit(2)


def say(text: str) -> None:
    """One line of progress."""
    print(f"setup: {text}", flush=True)


def run(*command: str | Path) -> bool:
    """Runs a command with its output shown; whether it ended well."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode == 0


def quiet(*command: str | Path) -> str | None:
    """The output of a command, or None when it cannot be run or fails."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def version_of(python: str | Path) -> tuple[int, int] | None:
    """Major and minor version of a Python, or None when it does not run."""
    said = quiet(python, "-c", "import sys; print(*sys.version_info[:2])")
    return (int(said.split()[0]), int(said.split()[1])) if said else None


def ensure_recent_python() -> None:
    """Goes on under a newer Python of this machine when the one that was started is too old."""
    if sys.version_info[:2] >= OLDEST:
        return
    for minor in range(14, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and (version_of(other) or (0, 0)) >= OLDEST:
            os.execv(other, [other, *sys.argv])
    stop(
        f"this is Python {sys.version_info[0]}.{sys.version_info[1]}, and Python 3.11 or newer is needed.",
        "Install one from your system's packages, then name it: make PYTHON=python3.12 setup",
    )


def make_venv(uv: str | None) -> None:
    """Creates .venv unless a usable one is there."""
    there = version_of(VENV_PYTHON) if VENV_PYTHON.exists() else None
    if there and there >= OLDEST:
        return
    say("making .venv")
    if uv and run(uv, "venv", "--quiet", "--no-config", "--clear", "--python", sys.executable, VENV):
        return
    if quiet(sys.executable, "-c", "import venv, ensurepip") is None:
        stop(
            "this Python has no venv module, so no virtual environment can be made.",
            "On Debian and Ubuntu: apt-get install python3-venv. Or install uv, which does not need it.",
        )
    if not run(sys.executable, "-m", "venv", "--clear", VENV):
        stop(
            f"the virtual environment could not be made in {VENV}.",
            "See the message above: is the disk full or read-only?",
        )


def install(uv: str | None, *arguments: str, what: str) -> None:
    """Installs into .venv with uv, else with pip."""
    if uv:
        if run(uv, "pip", "install", "--quiet", "--python", VENV_PYTHON, *arguments):
            return
        say("uv did not succeed, trying pip (the two read different settings for mirrors and proxies)")
    # An environment made by uv holds no pip.
    if quiet(VENV_PYTHON, "-m", "pip", "--version") is None and not run(VENV_PYTHON, "-m", "ensurepip"):
        stop("there is no pip in .venv and it cannot be added.", "Remove the folder .venv and run this again.")
    options = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--retries", "3")
    if not run(VENV_PYTHON, "-m", "pip", "install", *options, *arguments):
        stop(
            f"{what} could not be installed; the message above says why.",
            "Is there network? Behind a proxy or mirror set HTTPS_PROXY or PIP_INDEX_URL, then run this again."
            " What was fetched is kept.",
        )


def install_packages(uv: str | None) -> None:
    """The packages of the lock files, each checked against its hash."""
    say("installing the packages of requirements.lock (the first time takes a minute or two)")
    install(uv, "--require-hashes", "--no-deps", "-r", "requirements.lock", what="The packages of requirements.lock")
    locks = (
        ["requirements-build.lock"] if shutil.which("npm") else ["requirements-build.lock", "requirements-node.lock"]
    )
    for lock in locks:
        install(uv, "--require-hashes", "--no-deps", "-r", lock, what=f"The build requirements of {lock}")


def install_project(uv: str | None) -> None:
    """The project itself, editable; its build hook puts axe-core and autoconsent in place."""
    say("installing the auditor itself and its browser-side libraries")
    install(uv, "--no-deps", "--no-build-isolation", "-e", ".", what="The auditor itself")


def compile_modules(uv: str | None) -> None:
    """To bytecode, on all processors: a command that compiles what it imports starts late, at every start where
    PYTHONDONTWRITEBYTECODE is set."""
    say("compiling modules")
    # Some packages bring templates of modules, which do not compile and are never imported.
    run(VENV_PYTHON, "-W", "ignore", "-m", "compileall", "-qq", "-j", "0", VENV, *PROJECT_FOLDERS)


def find_browser(uv: str | None) -> None:
    """Lets the auditor's own finder look for, or install, a browser, which does not depend on uv."""
    say("looking for a browser")
    done = subprocess.run(
        [str(VENV_PYTHON), "-m", "auditor.browser.finder"], cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(2)
    say(f"browser: {done.stdout.strip()}")


def main() -> None:
    """Brings .venv up to date, doing only what changed since the last run."""
    ensure_recent_python()
    uv = shutil.which("uv")
    make_venv(uv)
    # A system upgrade can change the Python under an existing .venv.
    python = version_of(VENV_PYTHON)
    wanted = {
        "packages": digest(*PACKAGE_FILES, also=f"{python} {shutil.which('npm') is None}"),
        "project": digest(*PROJECT_FILES, *PACKAGE_FILES, also=f"{python}"),
        "modules": digest(*PROJECT_FILES, *PACKAGE_FILES, also=f"{python}"),
        "browser": digest(also=f"{python} {os.environ.get('AUDITOR_CHROMIUM', '')}"),
    }
    done = read_stamp()
    if done == wanted and vendor_is_whole():
        return
    steps = (
        ("packages", install_packages), ("project", install_project), ("modules", compile_modules),
        ("browser", find_browser),
    )  # fmt: skip
    for name, step in steps:
        if done.get(name) != wanted[name] or (name == "project" and not vendor_is_whole()):
            # A step that is cut short must not look done.
            write_stamp({**done, name: ""})
            step(uv)
            done[name] = wanted[name]
            write_stamp(done)
    say("ready")


def read_stamp() -> dict[str, str]:
    """What earlier runs completed; empty when unreadable."""
    try:
        done = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return done if isinstance(done, dict) else {}


def write_stamp(done: dict[str, str]) -> None:
    """Remembers what is complete."""
    STAMP.write_text(json.dumps(done), encoding="utf-8")


def vendor_is_whole() -> bool:
    """Whether the browser-side libraries that the package needs are on disk."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["vendor"]
    return all((ROOT / "auditor" / "browser" / "vendor" / name).is_file() for name in wanted)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        stop(f"{error}.", "Is the checkout complete, and is there room on the disk? Then run this again.")
