"""Tables of what was found: the index of run folders. All of it can be made again from them."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from auditor.store.tables import UtcDateTime, metadata

check_sets = Table(
    "check_sets",
    metadata,
    # SHA-256 of the ids, which stand in `checks` one a line.
    Column("id", String(64), primary_key=True),
    Column("checks", Text, nullable=False),
)

audits = Table(
    "audits",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("shop", String(255), nullable=False),
    Column("run_id", String(255), nullable=False),
    Column("folder", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("ended", String(10), nullable=False),
    Column("why", Text, nullable=False),
    Column("release", String(255)),
    Column("epoch", String(255), nullable=False),
    Column("browser", String(255), nullable=False),
    Column("auditor", String(63), nullable=False),
    Column("settings_digest", String(64), nullable=False),
    Column("score_profile", String(63), nullable=False),
    Column("check_set", String(64), ForeignKey("check_sets.id"), nullable=False),
    Column("overall", Integer),
    Column("coverage", Float, nullable=False),
    # The overall by the checks of the run before, where this run has others.
    Column("overall_same_checks", Integer),
    Column("critical", Integer, nullable=False),
    Column("serious", Integer, nullable=False),
    Column("moderate", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("review", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("fixed", Integer, nullable=False),
    Column("came_back", Integer, nullable=False),
    UniqueConstraint("shop", "run_id", name="uq_audits_shop_run_id"),
    Index("ix_audits_shop_started", "shop", "started_at"),
)

area_scores = Table(
    "area_scores",
    metadata,
    Column("audit", Integer, ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    Column("area", String(20), primary_key=True),
    Column("score", Integer),
    Column("coverage", Float, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("shop", String(255), nullable=False),
    Column("page", Text, nullable=False),
    Column("template", String(20), nullable=False),
    Column("device", String(10), nullable=False),
    Column("name", String(20), nullable=False),
    Column("unit", String(10), nullable=False),
    Column("method", String(12), nullable=False),
    UniqueConstraint("shop", "page", "device", "name", "method", name="uq_series_key"),
)

samples = Table(
    "samples",
    metadata,
    Column("audit", Integer, ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    Column("series", Integer, ForeignKey("series.id"), primary_key=True),
    Column("median", Float, nullable=False),
    Column("spread", Float, nullable=False),
    Column("loads", Integer, nullable=False),
    Column("shared", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("shop", String(255), nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("check", String(127), nullable=False),
    Column("row", String(20), nullable=False),
    Column("area", String(20), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("verdict", String(15), nullable=False),
    Column("template", String(20)),
    Column("found", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("because", Text, nullable=False),
    # JSON: [page key, device, journey] of each occurrence of the last sighting.
    Column("places", Text, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    UniqueConstraint("shop", "fingerprint", name="uq_findings_shop_fingerprint"),
    Index("ix_findings_shop_state", "shop", "state"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("audit", Integer, ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    Column("finding", Integer, ForeignKey("findings.id"), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("verdict", String(15), nullable=False),
    sqlite_with_rowid=False,
)

INDEX_TABLES = (sightings, samples, area_scores, findings, series, audits, check_sets)
"""What ``auditor store rebuild`` empties, in this order."""
