"""Schedules with their cursor, and runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("name", sa.String(63), primary_key=True),
        sa.Column("cursor", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("schedule", sa.String(63), nullable=False),
        sa.Column("shop", sa.String(63), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wall", sa.String(40), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("worker", sa.String(120)),
        sa.Column("folder", sa.Text),
        sa.Column("exit_code", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("schedule", "slot", name="uq_runs_schedule_slot"),
    )
    op.create_index("ix_runs_state_starts", "runs", ["state", "starts"])
    op.create_index("ix_runs_shop_slot", "runs", ["shop", "slot"])
