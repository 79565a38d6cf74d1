"""Users of the dashboard, their sessions and API tokens. Only hashes are stored."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from auditor.store.people_tables import refusals, sessions, tokens, users

SESSION_LASTS = timedelta(hours=12)
LEAST_PASSWORD, MOST_PASSWORD = 10, 200
REFUSALS, REFUSALS_WITHIN = 8, timedelta(minutes=15)
"""Logins refused to one name or one address before no more are looked at for a while."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


class Role(StrEnum):
    """Each may do what the one before may. ``operator``: run audits, accept findings. ``admin``: see the users."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    def covers(self, other: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


class PeopleError(Exception):
    """A sentence that says what is wrong."""


@dataclass(frozen=True)
class Visitor:
    """Who asks. ``csrf`` is what a form has to bring back; "" for an API token, which no page can send by itself."""

    name: str
    role: Role
    csrf: str = ""
    language: str | None = None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash that an unknown name is compared with, so that it takes as long as a known one."""
    return _hasher().hash(secrets.token_hex(16))


def add_user(connection: Connection, name: str, password: str, role: Role, now: datetime) -> None:
    """:raises PeopleError:"""
    if not _NAME.fullmatch(name):
        raise PeopleError("A name has small letters, digits, dots and hyphens, 63 at most.")
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise PeopleError(f"A password has {LEAST_PASSWORD} to {MOST_PASSWORD} characters.")
    if connection.execute(select(users.c.name).where(users.c.name == name)).first():
        raise PeopleError(f"There is a user {name!r} already.")
    row = {"name": name, "password": _hasher().hash(password), "role": role.value, "created_at": now}
    connection.execute(insert(users).values(**row))


def remove_user(connection: Connection, name: str) -> bool:
    for table in (sessions, tokens):
        connection.execute(delete(table).where(table.c.user == name))
    return bool(connection.execute(delete(users).where(users.c.name == name)).rowcount)


def all_users(connection: Connection) -> tuple[Row[Any], ...]:
    return tuple(connection.execute(select(users).order_by(users.c.name)))


def any_user(connection: Connection) -> bool:
    return connection.execute(select(users.c.name).limit(1)).first() is not None


def log_in(connection: Connection, name: str, password: str, address: str, now: datetime) -> str | None:
    """A new session's secret; None for a wrong name or password.

    :raises PeopleError: after too many refusals to this name or this address.
    """
    for who in (f"name {name}"[:127], f"from {address}"[:127]):
        wanted = select(func.count()).where(refusals.c.who == who, refusals.c.at > now - REFUSALS_WITHIN)
        if connection.execute(wanted).scalar_one() >= REFUSALS:
            raise PeopleError("Too many logins were refused. Wait a quarter of an hour.")
    row = connection.execute(select(users).where(users.c.name == name)).first()
    if not _is_password(row.password if row else _nobody(), password) or row is None:
        for who in (f"name {name}"[:127], f"from {address}"[:127]):
            connection.execute(insert(refusals).values(who=who, at=now))
        return None
    connection.execute(delete(refusals).where(refusals.c.at <= now - REFUSALS_WITHIN))
    connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    if _hasher().check_needs_rehash(row.password):
        connection.execute(update(users).where(users.c.name == name).values(password=_hasher().hash(password)))
    secret = secrets.token_urlsafe(32)
    made = {"id": _digest(secret), "user": name, "csrf": secrets.token_hex(16), "created_at": now}
    connection.execute(insert(sessions).values(**made, expires_at=now + SESSION_LASTS))
    return secret


def _is_password(stored: str, given: str) -> bool:
    try:
        return len(given) <= MOST_PASSWORD and _hasher().verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


def log_out(connection: Connection, secret: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.id == _digest(secret)))


def of_session(connection: Connection, secret: str, now: datetime) -> Visitor | None:
    wanted = (
        select(users, sessions.c.csrf)
        .join(sessions, sessions.c.user == users.c.name)
        .where(sessions.c.id == _digest(secret), sessions.c.expires_at > now)
    )
    row = connection.execute(wanted).first()
    return Visitor(row.name, Role(row.role), row.csrf, row.language) if row else None


def new_token(connection: Connection, user: str, role: Role, note: str, lasts: timedelta, now: datetime) -> str:
    """The token, which is shown this once.

    :raises PeopleError: when there is no such user, or the role is above the user's.
    """
    row = connection.execute(select(users).where(users.c.name == user)).first()
    if row is None:
        raise PeopleError(f"There is no user {user!r}.")
    if not Role(row.role).covers(role):
        raise PeopleError(f"{user} is {row.role}: a token of theirs cannot be {role}.")
    token = f"sfa_{secrets.token_urlsafe(32)}"
    made = {"id": _digest(token), "prefix": token[:12], "user": user, "role": role.value, "note": note[:120]}
    connection.execute(insert(tokens).values(**made, created_at=now, expires_at=now + lasts))
    return token


def of_token(connection: Connection, token: str, now: datetime) -> Visitor | None:
    wanted = select(tokens).where(tokens.c.id == _digest(token), tokens.c.expires_at > now)
    row = connection.execute(wanted).first()
    return Visitor(row.user, Role(row.role)) if row else None


def tokens_of(connection: Connection, user: str) -> tuple[Row[Any], ...]:
    return tuple(connection.execute(select(tokens).where(tokens.c.user == user).order_by(tokens.c.created_at)))


def revoke_token(connection: Connection, user: str, prefix: str) -> bool:
    gone = connection.execute(delete(tokens).where(tokens.c.user == user, tokens.c.prefix == prefix))
    return bool(gone.rowcount)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
