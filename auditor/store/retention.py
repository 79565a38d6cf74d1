"""Which artifacts of old runs may go. Numbers and findings stay for good, in the index and in the run folders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from auditor.finding import Severity, Verdict
from auditor.store.index_tables import audits, sightings
from auditor.store.life import Life

HEAVY = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gz", ".zip", ".zst", ".har"})
"""Pictures and traces: by far the most of a run folder. Evidence, outcomes and reports are none of them."""
KEEP_MARK = "KEEP"
"""A file of this name in a run folder keeps all of it, for a run that a published report names."""


@dataclass(frozen=True)
class Removable:
    """Files of one run that may go, and their size."""

    shop: str
    folder: Path
    files: tuple[Path, ...]
    bytes: int


def removable(connection: Connection, runs: Path, older_than: timedelta, now: datetime) -> Iterator[Removable]:
    """Heavy artifacts of runs before then; those of a shop's first, newest and worst run stay, and those of every run
    in which something serious was new or came back. Nothing outside the folder ``runs`` is named."""
    by_shop: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(select(audits).order_by(audits.c.started_at, audits.c.id)):
        by_shop.setdefault(row.shop, []).append(row)
    regressed = _regressed(connection)
    for shop, rows in by_shop.items():
        kept = {rows[0].id, rows[-1].id, *_worst(rows)} | regressed
        for row in rows:
            if row.id not in kept and row.started_at < now - older_than:
                folder = Path(row.folder)
                if row.folder and folder.resolve().is_relative_to(runs.resolve()):
                    found = _of_folder(shop, folder)
                    if found.files:
                        yield found


def _regressed(connection: Connection) -> frozenset[int]:
    wanted = select(sightings.c.audit).distinct().where(
        sightings.c.state.in_((Life.NEW, Life.CAME_BACK)), sightings.c.verdict == Verdict.FAILED,
        sightings.c.severity.in_((Severity.CRITICAL, Severity.SERIOUS)),
    )  # fmt: skip
    return frozenset(connection.execute(wanted).scalars())


def _worst(rows: list[Row[Any]]) -> set[int]:
    scored = [row for row in rows if row.overall is not None]
    return {min(scored, key=lambda row: row.overall).id} if scored else set()


def _of_folder(shop: str, folder: Path) -> Removable:
    if (folder / KEEP_MARK).exists() or not (folder / "run.json").is_file():
        return Removable(shop, folder, (), 0)
    files = tuple(
        path
        for name in ("pages", "journeys", "crops")
        for path in sorted((folder / name).rglob("*"))
        if path.suffix in HEAVY and path.is_file() and not path.is_symlink()
    )
    return Removable(shop, folder, files, sum(path.stat().st_size for path in files))
