"""The application: pages, API, files of its own, and what every answer carries."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from auditor import __version__
from auditor.browser.vendor_files import vendor_file
from auditor.store import StoreError
from auditor.visitors.receiver import make_receiver
from auditor.visitors.reports import ReportFolder
from auditor.web import api, audit_pages, finding_pages, measures, run_pages, shop_pages, signing
from auditor.web.access import LOCAL, LoginNeeded
from auditor.web.rendering import page
from auditor.web.site import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
STATIC = Path(__file__).with_name("static")
OWN = {"dashboard.css": "text/css", "dashboard.js": "text/javascript", "icon.svg": "image/svg+xml"}
LIBRARIES = {"htmx.min.js": "text/javascript", "uplot.iife.min.js": "text/javascript", "uplot.min.css": "text/css"}
MOST_BODY = 65_536


def make_app(site: Site) -> FastAPI:
    app = FastAPI(
        title="Storefront auditor", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        description="Audits of online shops over time. Send an API token as `Authorization: Bearer TOKEN`.",
    )  # fmt: skip
    app.state.site = site
    for part in (shop_pages, audit_pages, finding_pages, run_pages, signing, api, measures):
        app.include_router(part.router)
    app.add_api_route("/static/{version}/{name}", _static, include_in_schema=False)
    if site.visitors is not None:
        app.mount("/visitors", make_receiver(ReportFolder(site.visitors), site.visitor_origins))
    app.middleware("http")(_guarded)
    app.exception_handler(LoginNeeded)(_to_login)
    app.exception_handler(StarletteHTTPException)(_refused)
    app.exception_handler(RequestValidationError)(_not_understood)
    app.exception_handler(StoreError)(_no_store)
    return app


async def _guarded(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """A name that is not ours may be another site's that points here (DNS rebinding)."""
    site: Site = request.app.state.site
    host = request.headers.get("host", "").rsplit(":", 1)[0].strip("[]").lower()
    if "*" not in site.hosts and host not in site.hosts:
        return PlainTextResponse("This server does not answer to that name: see --host-name.", 421)
    length = request.headers.get("content-length", "0" if "transfer-encoding" not in request.headers else "unknown")
    if not length.isdecimal() or int(length) > MOST_BODY:
        return PlainTextResponse("The form is too large.", 413)
    response = await answer(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    if hasattr(request.state, "local"):
        response.set_cookie(LOCAL, request.state.local, httponly=True, samesite="strict")
    return response


def _static(version: str, name: str) -> FileResponse:
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    if name in OWN:
        return FileResponse(STATIC / name, media_type=OWN[name], headers=kept)
    if name in LIBRARIES:
        return FileResponse(vendor_file(name), media_type=LIBRARIES[name], headers=kept)
    raise HTTPException(404)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/metrics"))


def _to_login(request: Request, error: Exception) -> Response:
    if _is_api(request) or request.method != "GET":
        return JSONResponse({"detail": "Log in, or send an API token."}, 401)
    return RedirectResponse(f"/login?next={quote(request.url.path)}", 303)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    if _is_api(request):
        return JSONResponse({"detail": error.detail}, error.status_code)
    return page(request, "refused.html", {"status": error.status_code, "why": error.detail}, error.status_code)


def _not_understood(request: Request, error: Exception) -> Response:
    if _is_api(request):
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        return JSONResponse({"detail": f"{'.'.join(map(str, first['loc']))}: {first['msg']}"}, 422)
    return page(request, "refused.html", {"status": 404, "why": "There is no such page."}, 404)


def _no_store(request: Request, error: Exception) -> Response:
    if _is_api(request):
        return JSONResponse({"detail": str(error)}, 503)
    return PlainTextResponse(str(error), 503)
