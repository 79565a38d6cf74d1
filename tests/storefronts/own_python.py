"""Shops that cannot share this project's Python packages get an environment of their own, kept in the tests' cache."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from tests.storefronts.by_hand import options_of, start
from tests.storefronts.shops import ROOT


def cache() -> Path:
    """The folder that keeps installed shops from one start to the next."""
    shelf = Path(os.environ.get("AUDITOR_TEST_CACHE") or Path(tempfile.gettempdir()) / f"auditor-test-{os.getuid()}")
    shelf.mkdir(parents=True, exist_ok=True)
    return shelf


def kept(name: str, made_from: list[Path], make: Callable[[Path], None]) -> Path:
    """A folder in the cache that `make` fills on the first call, and again when a file of `made_from` changes."""
    key = sha256(sys.version.encode())
    for source in made_from:
        key.update(source.read_bytes())
    folder = cache() / f"{name}-{key.hexdigest()[:16]}"
    # Parallel starters: one makes it, the others wait. The lock goes with its process.
    with (cache() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / "complete").touch()
    return folder


def python_of(name: str, requirements: Path) -> Path:
    """The Python of an environment that holds what `requirements` pins."""

    def install(folder: Path) -> None:
        python = str(folder / "bin" / "python")
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        # uv, where this project's environment has it, takes seconds for what takes pip minutes.
        uv = shutil.which("uv", path=Path(sys.executable).parent)
        pip = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
        subprocess.run([*pip, "--quiet", "--no-deps", "-r", str(requirements)], check=True, stdout=sys.stderr)

    return kept(f"{name}-python", [requirements], install) / "bin" / "python"


def run_until_input_ends(python: Path, module: str, arguments: list[str], variables: Mapping[str, str]) -> None:
    """Run a module with a shop's own Python; it ends with this process, however that ends."""
    command = [str(python), "-m", module, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdin=subprocess.PIPE)
    try:
        process.wait()
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def start_by_hand(name: str, title: str, serve: Callable[[Path, int, str], None], language: str) -> None:
    """The command line of a storefront: `serve(folder, port, language)` prints the address and stays."""
    options = options_of(name, title)
    options.add_argument("--language", default=language, help="of its interface (%(default)s)")
    chosen = options.parse_args()
    start(name, chosen, lambda folder: serve(folder, chosen.port, chosen.language))
