"""``auditor users``: who may use the dashboard."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from auditor.cli.errors import Refused
from auditor.cli.options import secret
from auditor.cli.stores import runs_option, store_option, transaction
from auditor.web import people
from auditor.web.people import PeopleError, Role

_role = click.option("--role", type=click.Choice([role.value for role in Role]), default="viewer", show_default=True)


@click.group(epilog="Example:  auditor users add anna --role admin")
def users() -> None:
    """Who may use the dashboard: viewer reads, operator runs audits and accepts findings, admin sees the users."""


@users.command("add", epilog="Example:  auditor users add anna --role admin --password env:ANNAS_PASSWORD")
@click.argument("name")
@_role
@click.option("--password", metavar="SECRET", help="env:NAME or file:PATH. Default: it is asked for.")
@runs_option
@store_option
def add(name: str, role: str, password: str | None, runs_folder: Path, store_url: str | None) -> None:
    """Make the user NAME."""
    given = (
        secret(password, "--password").get_secret_value()
        if password
        else str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    )
    with transaction(store_url, runs_folder, PeopleError) as connection:
        people.add_user(connection, name, given, Role(role), datetime.now(UTC))
    click.echo(f"{name} may log in as {role}.")


@users.command("remove", epilog="Example:  auditor users remove anna")
@click.argument("name")
@runs_option
@store_option
def remove(name: str, runs_folder: Path, store_url: str | None) -> None:
    """Remove the user NAME, with sessions and tokens."""
    with transaction(store_url, runs_folder, PeopleError) as connection:
        if not people.remove_user(connection, name):
            raise Refused(f"There is no user {name!r}.")
    click.echo(f"{name} is removed.")


@users.command("list", epilog="Example:  auditor users list")
@runs_option
@store_option
def list_users(runs_folder: Path, store_url: str | None) -> None:
    """A line for each user."""
    with transaction(store_url, runs_folder, PeopleError) as connection:
        for row in people.all_users(connection):
            click.echo(f"{row.name:<24} {row.role:<9} since {row.created_at:%Y-%m-%d}")


@users.command("token", epilog="Example:  auditor users token anna --role viewer --note 'Grafana'")
@click.argument("name")
@_role
@click.option("--note", default="", help="What it is for.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it holds.")
@runs_option
@store_option
def token(name: str, role: str, note: str, days: int, runs_folder: Path, store_url: str | None) -> None:
    """Make an API token of the user NAME and print it, this once."""
    with transaction(store_url, runs_folder, PeopleError) as connection:
        made = people.new_token(connection, name, Role(role), note, timedelta(days=days), datetime.now(UTC))
    click.echo(made)
