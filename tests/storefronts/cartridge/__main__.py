"""Serve the shop until it is told to end: `python -m tests.storefronts.cartridge --language pl`."""

import shutil
import subprocess
from pathlib import Path

from tests.storefronts.own_python import kept, python_of, run_until_input_ends, start_by_hand
from tests.storefronts.shops import ROOT

HERE = Path(__file__).parent
MODULE = "tests.storefronts.cartridge"
MADE_FROM = [HERE / name for name in ("requirements.txt", "seed.py", "settings.py")]


def seeded(python: Path) -> Path:
    """A folder with a complete shop, made on the first call."""

    def make(folder: Path) -> None:
        # Prices need a locale with a currency, which a small machine may not have.
        locale = ["localedef", "-i", "en_GB", "-f", "UTF-8", str(folder / "en_GB.UTF-8")]
        subprocess.run(locale, check=True)
        variables = {"CARTRIDGE_FOLDER": str(folder), "LOCPATH": str(folder)}
        subprocess.run([str(python), "-m", f"{MODULE}.seed"], cwd=ROOT, env=variables, check=True)

    sources = [*MADE_FROM, ROOT / "tests" / "storefronts" / "oscar" / "catalogue.py"]
    return kept("cartridge", sources, make)


def serve(folder: Path, port: int, language: str) -> None:
    python = python_of("cartridge", HERE / "requirements.txt")
    shutil.copytree(seeded(python), folder, dirs_exist_ok=True)
    variables = {"CARTRIDGE_FOLDER": str(folder), "CARTRIDGE_LANGUAGE": language, "LOCPATH": str(folder)}
    run_until_input_ends(python, f"{MODULE}.serve", [str(port)], variables)


if __name__ == "__main__":
    start_by_hand("cartridge", "the Cartridge shop", serve, "en")
