"""Tables of alerts and of the messages that they become."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from auditor.store.tables import UtcDateTime, metadata

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("shop", String(255), nullable=False),
    Column("kind", String(12), nullable=False),
    # What it is about: a finding's fingerprint, a series, a budget, a schedule.
    Column("subject", String(255), nullable=False),
    Column("state", String(10), nullable=False),
    Column("told", Text, nullable=False),
    # JSON that tells whether it is over, such as the values before a metric crossed.
    Column("reference", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("shop", "kind", "subject", name="uq_alerts_subject"),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # The same news to the same recipient has one key, and so one message.
    Column("key", String(255), nullable=False, unique=True),
    # Where the secret address stands, env:NAME or file:PATH; never the address.
    Column("recipient", String(255), nullable=False),
    Column("event", String(12), nullable=False),
    Column("shop", String(255), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("error", Text, nullable=False),
    Index("ix_notifications_state_next", "state", "next_try"),
)
