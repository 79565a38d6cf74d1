"""Who may see and do what: sessions, tokens, the local visitor, and that a form was ours."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Form, HTTPException, Path, Request

from auditor.web import people
from auditor.web.people import Role, Visitor
from auditor.web.site import Site

SESSION, LOCAL = "auditor_session", "auditor_local"


class LoginNeeded(Exception):
    """Nobody is logged in."""


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def visitor_of(request: Request) -> Visitor:
    """:raises LoginNeeded: when there are users and nobody is logged in.

    Before the first user is made there is one local visitor, who may run audits; the server then listens on this
    machine only.
    """
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None:
        known = _found(request)
        request.state.visitor = known
    return known


def _found(request: Request) -> Visitor:
    site = site_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    with site.store.read() as connection:
        if scheme.lower() == "bearer":
            visitor = people.of_token(connection, token, site.now())
        elif people.any_user(connection):
            visitor = people.of_session(connection, request.cookies.get(SESSION, ""), site.now())
        elif site.local:
            return Visitor("", Role.OPERATOR, csrf_of(local_secret(request)))
        else:
            visitor = None
    if visitor is None:
        raise LoginNeeded
    return visitor


def local_secret(request: Request) -> str:
    """Of the local visitor's cookie, made where there is none yet."""
    given = request.cookies.get(LOCAL, "")
    if len(given) >= 32:
        return given
    if not hasattr(request.state, "local"):
        request.state.local = secrets.token_urlsafe(32)
    made: str = request.state.local
    return made


def csrf_of(secret: str) -> str:
    return hashlib.sha256(f"csrf {secret}".encode()).hexdigest()


def requires(role: Role) -> Callable[[Request], Visitor]:
    """A dependency: the visitor, who has at least ``role``."""

    def allowed(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if not visitor.role.covers(role):
            raise HTTPException(403, f"This needs the role {role}; {visitor.name} is {visitor.role}.")
        return visitor

    return allowed


def ours(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """A dependency: the form came from a page of ours.

    :raises HTTPException: 403 when it did not.
    """
    visitor = visitor_of(request)
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or not visitor.csrf or not hmac.compare_digest(csrf, visitor.csrf):
        raise HTTPException(403, "The form is not from a page of this server, or too old. Load the page again.")


Viewer = Annotated[Visitor, Depends(requires(Role.VIEWER))]
Operator = Annotated[Visitor, Depends(requires(Role.OPERATOR))]
Admin = Annotated[Visitor, Depends(requires(Role.ADMIN))]
OurForm = Depends(ours)
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""Of a row, in an address; what no database could hold is not found."""
Here = Annotated[Site, Depends(site_of)]
