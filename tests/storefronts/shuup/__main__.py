"""Serve the shop until it is told to end: `python -m tests.storefronts.shuup --language de`."""

import shutil
import subprocess
from pathlib import Path

from tests.storefronts.own_python import kept, python_of, run_until_input_ends, start_by_hand
from tests.storefronts.shops import ROOT

HERE = Path(__file__).parent
MODULE = "tests.storefronts.shuup"
MADE_FROM = [HERE / name for name in ("requirements.txt", "seed.py", "settings.py", "newer_python.py")]


def seeded(python: Path) -> Path:
    """A folder with a complete shop, made on the first call."""

    def make(folder: Path) -> None:
        subprocess.run([str(python), "-m", f"{MODULE}.seed"], cwd=ROOT, env={"SHUUP_FOLDER": str(folder)}, check=True)

    return kept("shuup", [*MADE_FROM, ROOT / "tests" / "storefronts" / "oscar" / "catalogue.py"], make)


def serve(folder: Path, port: int, language: str) -> None:
    python = python_of("shuup", HERE / "requirements.txt")
    shutil.copytree(seeded(python), folder, dirs_exist_ok=True)
    variables = {"SHUUP_FOLDER": str(folder), "SHUUP_LANGUAGE": language}
    run_until_input_ends(python, f"{MODULE}.serve", [str(port)], variables)


if __name__ == "__main__":
    start_by_hand("shuup", "the Shuup shop", serve, "en")
