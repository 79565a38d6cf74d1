"""Opening the database, SQLite by default, and bringing its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.pool import NullPool

_BUSY_MS = 10_000
_READING = "auditor_reading"


class StoreError(Exception):
    """The database cannot be used. The message says why and what to do."""


class Store:
    """Made by :func:`open_store`. One transaction at a time writes; on SQLite it takes the write lock at its begin."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction, committed unless the block raises.

        :raises StoreError: when the database is locked, read-only, full or gone.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            if isinstance(error, IntegrityError | DataError | ProgrammingError):
                raise
            raise StoreError(_plain(self._engine.url, error)) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: it waits for no writer, and sees one state of the whole.

        :raises StoreError: when the database is gone or damaged.
        """
        try:
            with self._engine.connect().execution_options(**{_READING: True}) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise StoreError(_plain(self._engine.url, error)) from error

    def close(self) -> None:
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Open ``sqlite:///auditor.db`` or ``postgresql+psycopg://…`` and bring its tables up to date.

    :raises StoreError: when it cannot be opened, or was written by a newer version.
    """
    try:
        parsed = make_url(url)
        engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else create_engine(parsed, poolclass=NullPool)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"{_shown(url)} is no database address: {error}. Use sqlite:///FILE or postgresql+psycopg://…"
        ) from None
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(_plain(engine.url, error)) from error
    except StoreError:
        engine.dispose()
        raise
    return Store(engine)


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        # The driver's own transactions begin too late to lock, and lose updates of two writers.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READING) else "BEGIN IMMEDIATE")

    return engine


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        head = ScriptDirectory.from_config(config).get_current_head()
        raise StoreError(
            f"The database was written by a newer auditor (this one knows {head}): {error}. Update the auditor."
        ) from None


def _plain(url: URL, error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
    remedies = {
        "locked": "Another program holds it; end that one, or wait.",
        "readonly": "Make the file and its folder writable.",
        "read-only": "Make the file and its folder writable.",
        "full": "Make room on the disk.",
        "unable to open": "Does the folder exist, and may it be written?",
        "not a database": "Is it the right file?",
        "connection": "Is the server running, and is the address right?",
    }
    remedy = next((remedy for word, remedy in remedies.items() if word in said.lower()), "")
    return f"The database {url.render_as_string(hide_password=True)}: {said}. {remedy}".strip()


def _shown(url: str) -> str:
    """An address without what may be its password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"[:120] if rest else url[:40]
