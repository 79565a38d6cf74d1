"""Run by Alembic with the connection that the store opened."""

from alembic import context

from auditor.store import alert_tables, index_tables, people_tables, tables

_declared = (alert_tables, index_tables, people_tables)
context.configure(
    connection=context.config.attributes["connection"], target_metadata=tables.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
