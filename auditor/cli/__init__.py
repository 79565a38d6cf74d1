"""The command line: verbs only. What they do lives in the modules they call."""

import gc
import importlib
import sys
import traceback
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path

import click

import auditor
from auditor import __version__
from auditor.cli.errors import EXIT_NOTHING_JUDGED, EXIT_USAGE, Refused

COMMANDS = {
    "audit": "audits",
    "replay": "replaying",
    "demo": "demo",
    "explain": "authoring",
    "checks": "authoring",
    "keep": "authoring",
    "diff": "comparing",
    "compare": "competing",
    "gate": "gating",
    "baseline": "baselines",
    "serve": "serving",
    "runs": "serving",
    "schedules": "schedules",
    "accept": "keeping",
    "store": "keeping",
    "users": "people",
    "gc": "keeping",
    "export": "keeping",
    "import": "keeping",
    "report": "reporting",
    "ads": "ads",
    "doctor": "machine",
}
"""Command to the module of this package that declares it under the same name (``import_`` for ``import``)."""


ALLOCATIONS_BETWEEN_COLLECTIONS = 100_000


class _Commands(click.Group):
    """Imports the module of the command that is run only: a replay need not wait for what an audit needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{COMMANDS[name]}")
        command: click.Command = getattr(module, name + "_" * iskeyword(name))
        return command


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  auditor audit https://shop.example --out runs/today",
)
@click.version_option(__version__, prog_name="auditor")
def cli() -> None:
    """Tells an online shop what costs it customers, with the evidence for every finding.

    Exit codes: 0 fine; 1 the gate closed; 2 wrong usage or settings; 3 nothing could be judged; 4 partial; 5 a sign
    of an order was seen; 130 interrupted.
    """


def _refuse_foreign_packages() -> None:
    """Other projects have folders called ``checks`` and ``reports`` too; importing theirs would find no checks at
    all. Looks before any of ours is imported."""
    home = Path(auditor.__file__).parent.parent
    for name in ("checks", "reports"):
        found = find_spec(name)
        places = [Path(folder).parent for folder in (found and found.submodule_search_locations) or ()]
        if places != [home]:
            place = ", ".join(str(each) for each in places) or "no folder"
            raise Refused(
                f"The package {name!r} was found in {place}, not beside the auditor. Start the `auditor` "
                "command from another folder, or remove that one from PYTHONPATH."
            )


def main() -> None:
    """Entry point of the ``auditor`` script."""
    # What a command imports and reads it mostly keeps: looking through that as often as Python does by itself takes
    # an eighth of a replay.
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
    try:
        _refuse_foreign_packages()
        sys.exit(cli.main(standalone_mode=False))
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.code if isinstance(error, Refused) else EXIT_USAGE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception:
        # Python's own exit code would be 1, which says that the gate closed.
        traceback.print_exc()
        click.echo("auditor: This is a fault of the auditor. Please report it with the lines above.", err=True)
        sys.exit(EXIT_NOTHING_JUDGED)
