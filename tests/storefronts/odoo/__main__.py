"""Serve the shop until it is told to end: `python -m tests.storefronts.odoo --language pl`."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from tests.storefronts.own_python import kept, python_of, run_until_input_ends, start_by_hand
from tests.storefronts.postgres import postgres
from tests.storefronts.shops import ROOT

HERE = Path(__file__).parent
MODULE = "tests.storefronts.odoo"
MADE_FROM = [HERE / name for name in ("__main__.py", "requirements.txt", "seed.py", "newer_python.py")]
# Odoo has its styles made by this program when the first page is asked for.
STYLES = "less@3.13.1"


def _variables(folder: Path, styles: Path) -> dict[str, str]:
    path = f"{styles / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}"
    return {"ODOO_FOLDER": str(folder), "PATH": path, "HOME": str(folder)}


def seeded(python: Path) -> Path:
    """A folder with a complete shop, made on the first call."""

    def make(folder: Path) -> None:
        install = ["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", STYLES]
        subprocess.run(install, check=True, stdout=sys.stderr)
        with postgres(folder):
            subprocess.run(["createuser", "-h", str(folder), "-U", "postgres", "--createdb", "odoo"], check=True)
            seed = [str(python), "-W", "ignore", "-m", f"{MODULE}.seed"]
            subprocess.run(seed, cwd=ROOT, env=os.environ | _variables(folder, folder), check=True, stdout=sys.stderr)

    return kept("odoo", MADE_FROM, make)


def serve(folder: Path, port: int, language: str) -> None:
    python = python_of("odoo", HERE / "requirements.txt")
    shop = seeded(python)
    for part in ("data", "files"):
        shutil.copytree(shop / part, folder / part)
    with postgres(folder):
        arguments = [str(port or _free_port()), language]
        run_until_input_ends(python, f"{MODULE}.serve", arguments, _variables(folder, shop))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    start_by_hand("odoo", "the Odoo shop", serve, "en")
