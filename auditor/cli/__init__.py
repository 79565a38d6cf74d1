"""The command line: verbs only. What they do lives in the modules they call."""

import sys
import traceback
from pathlib import Path

import click

import auditor
from auditor import __version__
from auditor.cli import audits, authoring, demo, machine
from auditor.cli.errors import EXIT_NOTHING_JUDGED, EXIT_USAGE, Refused


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  auditor audit https://shop.example --out runs/today",
)
@click.version_option(__version__, prog_name="auditor")
def cli() -> None:
    """Tells an online shop what costs it customers, with the evidence for every finding.

    Exit codes: 0 fine; 1 the gate closed; 2 wrong usage or settings; 3 nothing could be judged; 4 partial; 130
    interrupted.
    """
    _refuse_foreign_packages()


def _refuse_foreign_packages() -> None:
    """Other projects have folders called ``checks`` and ``reports`` too; importing theirs would find no checks at
    all."""
    import checks
    import reports

    home = Path(auditor.__file__).parent.parent
    for package in (checks, reports):
        place = Path(str(package.__file__)).parent.parent
        if place != home:
            raise Refused(
                f"The package {package.__name__!r} was found in {place}, not beside the auditor. Start the `auditor` "
                "command from another folder, or remove that one from PYTHONPATH."
            )


for _command in (
    audits.audit,
    audits.replay,
    demo.demo,
    authoring.explain,
    authoring.checks,
    authoring.keep,
    machine.doctor,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point of the ``auditor`` script."""
    try:
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
