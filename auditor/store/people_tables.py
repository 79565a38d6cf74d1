"""Tables of who may use the dashboard. Passwords are argon2id hashes, tokens and sessions SHA-256."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from auditor.store.tables import UtcDateTime, metadata

users = Table(
    "users",
    metadata,
    Column("name", String(63), primary_key=True),
    Column("password", String(255), nullable=False),
    Column("role", String(10), nullable=False),
    Column("language", String(5)),
    Column("created_at", UtcDateTime, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("user", String(63), ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("prefix", String(12), nullable=False),
    Column("user", String(63), ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("role", String(10), nullable=False),
    Column("note", String(120), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # A name or an address whose login was refused.
    Column("who", String(127), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_refusals_who_at", "who", "at"),
)
