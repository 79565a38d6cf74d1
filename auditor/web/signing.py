"""Logging in and out, and an own page for language and API tokens."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from auditor.web import people
from auditor.web.access import SESSION, Admin, Here, OurForm, Viewer
from auditor.web.people import PeopleError, Role
from auditor.web.rendering import page
from auditor.web.site import Site

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
MOST_TOKENS = 20


@router.get("/login")
def login(request: Request, site: Here) -> Response:
    with site.store.read() as connection:
        if not people.any_user(connection):
            return RedirectResponse("/", 303)
    return page(request, "login.html", {"error": "", "after": _local(request.query_params.get("next", "/"))})


@router.post("/login")
def log_in(
    request: Request, site: Here, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """A form of another site could log its own user in here; the new session would show whose it is, and a cookie
    that was there before is replaced."""
    address = request.client.host if request.client else ""
    try:
        with site.store.begin() as connection:
            secret = people.log_in(connection, name.strip().lower(), password, address, site.now())
    except PeopleError as error:
        return page(request, "login.html", {"error": str(error), "after": _local(after)}, 429)
    if secret is None:
        return page(request, "login.html", {"error": "wrong", "after": _local(after)}, 401)
    response = RedirectResponse(_local(after), 303)
    response.set_cookie(
        SESSION, secret, max_age=int(people.SESSION_LASTS.total_seconds()), httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


@router.post("/logout", dependencies=[OurForm])
def log_out(request: Request, site: Here, visitor: Viewer) -> Response:
    with site.store.begin() as connection:
        people.log_out(connection, request.cookies.get(SESSION, ""))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(SESSION)
    return response


def _local(path: str) -> str:
    """Where to go after a login: a page of this server only."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


@router.get("/account")
def account(request: Request, site: Here, visitor: Viewer) -> HTMLResponse:
    return _account(request, site, visitor.name)


def _account(request: Request, site: Site, name: str, token: str = "", error: str = "") -> HTMLResponse:
    with site.store.read() as connection:
        mine = people.tokens_of(connection, name)
    return page(request, "account.html", {"tokens": mine, "token": token, "error": error, "roles": list(Role)})


@router.post("/account/tokens", dependencies=[OurForm])
def make_token(
    request: Request, site: Here, visitor: Viewer, note: Annotated[str, Form()] = "",
    role: Annotated[Role, Form()] = Role.VIEWER, days: Annotated[int, Form(ge=1, le=366)] = 90,
) -> HTMLResponse:  # fmt: skip
    try:
        with site.store.begin() as connection:
            if len(people.tokens_of(connection, visitor.name)) >= MOST_TOKENS:
                raise PeopleError(f"There are {MOST_TOKENS} tokens already: revoke one first.")
            lasts = timedelta(days=days)
            token = people.new_token(connection, visitor.name, role, note, lasts, site.now())
    except PeopleError as error:
        return _account(request, site, visitor.name, error=str(error))
    return _account(request, site, visitor.name, token=token)


@router.post("/account/tokens/{prefix}/revoke", dependencies=[OurForm])
def revoke_token(site: Here, visitor: Viewer, prefix: str) -> Response:
    with site.store.begin() as connection:
        if not people.revoke_token(connection, visitor.name, prefix):
            raise HTTPException(404, "There is no such token.")
    return RedirectResponse("/account", 303)


@router.get("/users")
def users(request: Request, site: Here, visitor: Admin) -> HTMLResponse:
    with site.store.read() as connection:
        return page(request, "users.html", {"users": people.all_users(connection)})
