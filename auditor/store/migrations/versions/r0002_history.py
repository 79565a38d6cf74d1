"""What was found over time, alerts and their messages, users of the dashboard."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "check_sets",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("checks", sa.Text, nullable=False),
    )
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("shop", sa.String(255), nullable=False),
        sa.Column("run_id", sa.String(255), nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.String(10), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("release", sa.String(255)),
        sa.Column("epoch", sa.String(255), nullable=False),
        sa.Column("browser", sa.String(255), nullable=False),
        sa.Column("auditor", sa.String(63), nullable=False),
        sa.Column("settings_digest", sa.String(64), nullable=False),
        sa.Column("score_profile", sa.String(63), nullable=False),
        sa.Column("check_set", sa.String(64), sa.ForeignKey("check_sets.id"), nullable=False),
        sa.Column("overall", sa.Integer),
        sa.Column("coverage", sa.Float, nullable=False),
        sa.Column("overall_same_checks", sa.Integer),
        sa.Column("critical", sa.Integer, nullable=False),
        sa.Column("serious", sa.Integer, nullable=False),
        sa.Column("moderate", sa.Integer, nullable=False),
        sa.Column("minor", sa.Integer, nullable=False),
        sa.Column("review", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("fixed", sa.Integer, nullable=False),
        sa.Column("came_back", sa.Integer, nullable=False),
        sa.UniqueConstraint("shop", "run_id", name="uq_audits_shop_run_id"),
    )
    op.create_index("ix_audits_shop_started", "audits", ["shop", "started_at"])
    op.create_table(
        "area_scores",
        sa.Column("audit", sa.Integer, sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("area", sa.String(20), primary_key=True),
        sa.Column("score", sa.Integer),
        sa.Column("coverage", sa.Float, nullable=False),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("shop", sa.String(255), nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("template", sa.String(20), nullable=False),
        sa.Column("device", sa.String(10), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(10), nullable=False),
        sa.Column("method", sa.String(12), nullable=False),
        sa.UniqueConstraint("shop", "page", "device", "name", "method", name="uq_series_key"),
    )
    op.create_table(
        "samples",
        sa.Column("audit", sa.Integer, sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("series", sa.Integer, sa.ForeignKey("series.id"), primary_key=True),
        sa.Column("median", sa.Float, nullable=False),
        sa.Column("spread", sa.Float, nullable=False),
        sa.Column("loads", sa.Integer, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("shop", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("check", sa.String(127), nullable=False),
        sa.Column("row", sa.String(20), nullable=False),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("verdict", sa.String(15), nullable=False),
        sa.Column("template", sa.String(20)),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("shop", "fingerprint", name="uq_findings_shop_fingerprint"),
    )
    op.create_index("ix_findings_shop_state", "findings", ["shop", "state"])
    op.create_table(
        "sightings",
        sa.Column("audit", sa.Integer, sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("finding", sa.Integer, sa.ForeignKey("findings.id"), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("verdict", sa.String(15), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("shop", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("shop", "kind", "subject", name="uq_alerts_subject"),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(255), nullable=False, unique=True),
        sa.Column("recipient", sa.String(255), nullable=False),
        sa.Column("event", sa.String(12), nullable=False),
        sa.Column("shop", sa.String(255), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("ix_notifications_state_next", "notifications", ["state", "next_try"])
    op.create_table(
        "users",
        sa.Column("name", sa.String(63), primary_key=True),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("language", sa.String(5)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("user", sa.String(63), sa.ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("prefix", sa.String(12), nullable=False),
        sa.Column("user", sa.String(63), sa.ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("who", sa.String(127), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_refusals_who_at", "refusals", ["who", "at"])
