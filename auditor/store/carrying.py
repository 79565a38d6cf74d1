"""A shop's history as one file: for another machine, another database, or another name."""

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Row, Table, insert, select
from sqlalchemy.exc import DBAPIError, StatementError

from auditor.store.database import StoreError
from auditor.store.index_tables import area_scores, audits, check_sets, findings, samples, series, sightings
from auditor.store.tables import UtcDateTime

FORMAT = "storefront-auditor history"
VERSION = 1
MOST_LINES = 20_000_000
MOST_LINE = 1_000_000
_TABLES = {table.name: table for table in (check_sets, audits, area_scores, series, samples, findings, sightings)}
"""In the order in which they can be filled."""
_POINTS_AT = {"audit": "audits", "series": "series", "finding": "findings"}


def export_shop(connection: Connection, shop: str, file: Path) -> int:
    """JSON lines, gzip; the number of audits in it.

    :raises StoreError: when the index holds nothing of the shop, or the file cannot be written.
    """
    mine = select(audits.c.id).where(audits.c.shop == shop)
    among = {
        "check_sets": check_sets.c.id.in_(select(audits.c.check_set).where(audits.c.shop == shop)),
        "audits": audits.c.shop == shop, "series": series.c.shop == shop, "findings": findings.c.shop == shop,
        "area_scores": area_scores.c.audit.in_(mine), "samples": samples.c.audit.in_(mine),
        "sightings": sightings.c.audit.in_(mine),
    }  # fmt: skip
    many = len(connection.execute(mine).all())
    if not many:
        raise StoreError(f"The index holds no audit of {shop!r}; `auditor store rebuild` makes it from run folders.")
    try:
        with gzip.open(file, "wt", encoding="utf-8") as out:
            print(json.dumps({"format": FORMAT, "version": VERSION, "shop": shop}), file=out)
            for name, table in _TABLES.items():
                for row in connection.execute(select(table).where(among[name])):
                    print(json.dumps([name, _plain(row)], ensure_ascii=False), file=out)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}.") from None
    return many


def import_shop(connection: Connection, file: Path, name: str | None = None) -> tuple[str, int]:
    """The shop, under ``name`` where given, and the number of audits that were read.

    :raises StoreError: when the file is none of ours, or the index holds audits of that shop already.
    """
    lines = _lines(file)
    head = next(lines, None)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise StoreError(f"{file} is no exported history. `auditor export SHOP FILE` makes one.")
    if head.get("version") != VERSION:
        raise StoreError(f"{file} was written by another version ({head.get('version')}); this one reads {VERSION}.")
    shop = name or str(head.get("shop", ""))
    if not 0 < len(shop) <= 255 or "/" in shop or not shop.isprintable():
        raise StoreError("A shop's name has 1 to 255 printable characters and no slash. Give one by --as.")
    if connection.execute(select(audits.c.id).where(audits.c.shop == shop).limit(1)).first():
        raise StoreError(f"The index holds audits of {shop!r} already. Give another name by --as.")
    try:
        return shop, _fill(connection, shop, lines)
    except (KeyError, TypeError, ValueError, DBAPIError, StatementError) as error:
        raise StoreError(f"{file} is damaged ({type(error).__name__}); nothing was read from it.") from None


def _fill(connection: Connection, shop: str, lines: Iterator[Any]) -> int:
    numbers: dict[str, dict[int, int]] = {"audits": {}, "series": {}, "findings": {}}
    for line in lines:
        name, values = line
        table, row = _TABLES[name], _typed(_TABLES[name], values)
        if "shop" in row:
            row["shop"] = shop
        if "folder" in row:
            # A path of another machine would name any folder of this one.
            row["folder"] = ""
        for column in _POINTS_AT.keys() & row:
            row[column] = numbers[_POINTS_AT[column]][row[column]]
        if name == "check_sets":
            if not connection.execute(select(check_sets.c.id).where(check_sets.c.id == row["id"])).first():
                connection.execute(insert(check_sets).values(**row))
        elif name in numbers:
            old = row.pop("id")
            numbers[name][old] = connection.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
        else:
            connection.execute(insert(table).values(**row))
    return len(numbers["audits"])


def _plain(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in row._mapping.items()
    }  # fmt: skip


def _typed(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        value = values[column.name]
        instant = isinstance(column.type, UtcDateTime | DateTime) and value is not None
        row[column.name] = datetime.fromisoformat(value) if instant else value
        if isinstance(value, list | dict):
            raise ValueError(column.name)
    return row


def _lines(file: Path) -> Iterator[Any]:
    """Bounded in number and length, so that a bomb ends in a sentence."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as source:
            for number in range(MOST_LINES):
                line = source.readline(MOST_LINE)
                if not line:
                    return
                if not line.endswith("\n"):
                    raise StoreError(f"{file}: line {number + 1} is longer than any that we write.")
                yield json.loads(line)
        raise StoreError(f"{file} has more than {MOST_LINES} lines.")
    except (OSError, EOFError, ValueError, gzip.BadGzipFile) as error:
        raise StoreError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is damaged'}.") from None
