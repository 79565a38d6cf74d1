"""Serve the shop until it is told to end: `python -m tests.storefronts.pretix --language pl`."""

import shutil
import socket
import subprocess
from pathlib import Path

from tests.storefronts.own_python import kept, python_of, run_until_input_ends, start_by_hand
from tests.storefronts.shops import ROOT

HERE = Path(__file__).parent
MODULE = "tests.storefronts.pretix"


def seeded(python: Path) -> Path:
    """A folder with a complete shop, made on the first call."""

    def make(folder: Path) -> None:
        subprocess.run([str(python), "-m", f"{MODULE}.seed"], cwd=ROOT, env=_variables(folder, 80), check=True)

    return kept("pretix", [HERE / "requirements.txt", HERE / "seed.py", HERE / "settings.py"], make)


def serve(folder: Path, port: int, language: str) -> None:
    python = python_of("pretix", HERE / "requirements.txt")
    shutil.copytree(seeded(python), folder, dirs_exist_ok=True)
    # It has to know its own address before it starts.
    port = port or _free_port()
    run_until_input_ends(python, f"{MODULE}.serve", [str(port), language], _variables(folder, port))


def _variables(folder: Path, port: int) -> dict[str, str]:
    return {
        "DATA_DIR": str(folder),
        "PRETIX_CONFIG_FILE": str(folder / "no-such-file"),
        "PRETIX_PRETIX_URL": f"http://127.0.0.1:{port}",
        "PRETIX_PRETIX_INSTANCE_NAME": "Rowan & Reed",
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    start_by_hand("pretix", "the pretix shop", serve, "en")
