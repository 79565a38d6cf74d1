"""A small ASGI application: the script for the pages, and the address that its reports go to."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from time import monotonic

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from auditor.visitors.reports import ReportFolder, report_of
from auditor.visitors.snippet import snippet

MOST_BODY = 4096
CLIENT_MINUTE, ALL_MINUTE = 30, 3000
"""Reports that are taken in a minute: of one address, which many visitors may share, and of all."""

MOST_CLIENTS = 10_000


class Limiter:
    """Token buckets by client. Addresses are kept in memory only, the MOST_CLIENTS that came last."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._all = (float(ALL_MINUTE), clock())
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, client: str) -> bool:
        now = self._clock()
        mine = self._filled(self._clients.pop(client, (float(CLIENT_MINUTE), now)), CLIENT_MINUTE, now)
        everyone = self._filled(self._all, ALL_MINUTE, now)
        taken = mine >= 1 and everyone >= 1
        self._clients[client] = (mine - taken, now)
        self._all = (everyone - taken, now)
        while len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return taken

    @staticmethod
    def _filled(bucket: tuple[float, float], minute: int, now: float) -> float:
        tokens, since = bucket
        return min(float(minute), tokens + (now - since) * minute / 60)


class Receiver:
    """``origins``: of the shops whose pages may report, such as ``https://shop.example``."""

    def __init__(self, folder: ReportFolder, origins: Collection[str], limiter: Limiter | None = None) -> None:
        self._folder, self._origins = folder, frozenset(one.rstrip("/").lower() for one in origins)
        self._limiter = limiter or Limiter()

    async def script(self, _request: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(snippet(), media_type="text/javascript", headers=headers)

    async def report(self, request: Request) -> Response:
        """204 for what was kept and for what a full day has no room for: the sender has nothing to do about it."""
        origin = request.headers.get("origin", "").rstrip("/").lower()
        if origin not in self._origins:
            return PlainTextResponse("This address takes reports of other origins.", 403)
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        if request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"}
            return Response(status_code=204, headers=headers | allowed | {"Access-Control-Max-Age": "86400"})
        if not self._limiter.takes(request.client.host if request.client else ""):
            return PlainTextResponse("Too many reports.", 429, headers | {"Retry-After": "60"})
        body = await _body(request)
        if body is None:
            return PlainTextResponse(f"A report has {MOST_BODY} bytes at most.", 413, headers)
        found = report_of(body)
        if found is None:
            return PlainTextResponse("This is no report.", 422, headers)
        try:
            await run_in_threadpool(self._folder.add, found, datetime.now(UTC).date())
        except OSError:
            return PlainTextResponse("It could not be kept.", 503, headers)
        return Response(status_code=204, headers=headers)


async def _body(request: Request) -> bytes | None:
    """The body; None where it is too large, which is not read to its end, or was broken off."""
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated) > MOST_BODY:
        return None
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BODY:
                return None
    except ClientDisconnect:
        return None
    return body


def make_receiver(folder: ReportFolder, origins: Collection[str], limiter: Limiter | None = None) -> Starlette:
    """``GET /s.js`` and ``POST /report``."""
    receiver = Receiver(folder, origins, limiter)
    return Starlette(
        routes=[
            Route("/s.js", receiver.script, methods=["GET"]),
            Route("/report", receiver.report, methods=["POST", "OPTIONS"]),
        ]
    )
