"""Options that say where run folders and the database are."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from auditor.store import Store

runs_option = click.option(
    "--runs", "runs_folder", type=click.Path(path_type=Path, file_okay=False), default=Path("runs"), show_default=True,
    help="Folder of the run folders.",
)  # fmt: skip
store_option = click.option(
    "--store",
    "store_url",
    metavar="URL",
    help="Database of what is due, what ran and what was found. Default: sqlite in the runs folder.",
)

accepted_option = click.option(
    "--accepted", "accepted_file", type=click.Path(path_type=Path, dir_okay=False),
    default=Path("accepted.yaml"), show_default=True, help="The file of accepted findings.",
)  # fmt: skip


def open_or_refuse(url: str | None, runs_folder: Path) -> "Store":
    """:raises Refused: when the database cannot be used."""
    # A database takes a second to import, which a command that only has the options need not wait for.
    from auditor.store import StoreError, open_store

    try:
        runs_folder.mkdir(parents=True, exist_ok=True)
        return open_store(url or f"sqlite:///{(runs_folder / 'auditor.db').resolve()}")
    except OSError as error:
        raise Refused(f"The folder {runs_folder} cannot be made: {error.strerror}. Choose another --runs.") from None
    except StoreError as error:
        raise Refused(str(error)) from None


@contextmanager
def transaction(url: str | None, runs_folder: Path, *refusals: type[Exception]) -> Iterator["Connection"]:
    """Something done to the database whole or not at all.

    :param refusals: what it may raise beyond the store's own errors, with a message for the operator.
    :raises Refused: with the message of any of them.
    """
    from auditor.store import StoreError

    told: tuple[type[Exception], ...] = (StoreError, *refusals)
    opened = open_or_refuse(url, runs_folder)
    try:
        with opened.begin() as connection:
            yield connection
    except told as error:
        raise Refused(str(error)) from None
    finally:
        opened.close()
