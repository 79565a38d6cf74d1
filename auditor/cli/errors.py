"""How the command line refuses, and the exit codes that scripts rely on."""

from typing import Any

import click

EXIT_FINE = 0
EXIT_GATE = 1
EXIT_USAGE = 2
EXIT_NOTHING_JUDGED = 3
EXIT_PARTIAL = 4
EXIT_ORDER_SIGN = 5
EXIT_INTERRUPTED = 130


class Refused(click.ClickException):
    """A sentence that says what is wrong and what to do, and an exit code."""

    def __init__(self, message: str, exit_code: int = EXIT_USAGE) -> None:
        super().__init__(message)
        self.code = exit_code
        self.exit_code = exit_code  # type: ignore[misc]  # declared for the class, read from the instance

    def show(self, file: Any = None) -> None:
        click.echo(f"auditor: {self.message}", file=file, err=file is None)
