"""Every way out of the browser, led past one judge."""

import asyncio
import base64
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Request, Route, WebSocketRoute
from playwright.async_api import Error as PlaywrightError

from auditor.interlock import Kind, Sent, Verdict

_KINDS = {
    "document": Kind.DOCUMENT, "xhr": Kind.FETCH, "fetch": Kind.FETCH, "eventsource": Kind.FETCH, "ping": Kind.PING,
    "beacon": Kind.PING, "image": Kind.ASSET, "stylesheet": Kind.ASSET, "script": Kind.ASSET, "font": Kind.ASSET,
    "media": Kind.ASSET, "websocket": Kind.SOCKET,
}  # fmt: skip
BODY_SECONDS = 30.0
"""How long a page may take to arrive whole."""
_PROOF = "http://interlock.invalid/order"
# What makes the browser itself send something later, past every DevTools session.
_DROPPED = {
    "speculation-rules", "report-to", "nel", "reporting-endpoints", "secure-session-registration",
    "sec-session-registration", "attribution-reporting-register-source", "attribution-reporting-register-trigger",
}  # fmt: skip
# connect-src without ws: and wss: closes web sockets in workers too, where no script of ours runs.
_ADDED = (
    {"name": "Content-Security-Policy", "value": "connect-src http: https: data: blob:"},
    {"name": "Permissions-Policy", "value": "payment=()"},
)

Judge = Callable[[Sent], Verdict]
Seen = Callable[[str, int], None]


class NotGuarded(Exception):
    """This browser cannot be guarded; nothing may be pressed in it."""


class Transport:
    """Two layers around a browser that serves one journey: DevTools' Fetch for the whole browser, which sees redirects,
    pop-ups, workers and what is sent while a page unloads, and Playwright's routes for the context.

    ``judge`` is asked for each request; ``seen`` is told of each page that was answered, with its status.
    """

    def __init__(self, judge: Judge, seen: Seen) -> None:
        self._judge = judge
        self._seen = seen
        self._cdp: CDPSession | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._proved = False
        # A tab's id is that of its main frame.
        self._tabs: set[str] = set()

    async def attach(self, context: BrowserContext) -> None:
        """:raises NotGuarded: when pages are open already, or a request was not stopped on trial."""
        if context.pages or context.browser is None:
            raise NotGuarded("The interlock has to be attached before the first page is opened.")
        self._cdp = await context.browser.new_browser_cdp_session()
        self._cdp.on("Fetch.requestPaused", self._paused)
        self._cdp.on("Target.targetCreated", self._tab_opened)
        await self._cdp.send("Target.setDiscoverTargets", {"discover": True})
        patterns = [{"urlPattern": "*", "requestStage": stage} for stage in ("Request", "Response")]
        await self._cdp.send("Fetch.enable", {"patterns": patterns})
        await self._prove(context)
        await context.add_init_script(path=Path(__file__).parent / "page_script.js")
        await context.route("**/*", self._route)
        await context.route_web_socket("**/*", self._socket)

    async def release(self) -> None:
        """Stops judging. Only after the context was closed."""
        if self._cdp is not None:
            with contextlib.suppress(PlaywrightError):
                await self._cdp.detach()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _tab_opened(self, event: dict[str, Any]) -> None:
        if event["targetInfo"]["type"] == "page":
            self._tabs.add(event["targetInfo"]["targetId"])

    async def _prove(self, context: BrowserContext) -> None:
        page = await context.new_page()
        await page.evaluate("address => fetch(address, {method: 'POST', mode: 'no-cors'}).catch(() => 0)", _PROOF)
        await page.close()
        if not self._proved:
            raise NotGuarded("This browser let a request out that was to be stopped; use another Chromium.")

    def _paused(self, event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._answer(event))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, event: dict[str, Any]) -> None:
        assert self._cdp is not None
        request_id = {"requestId": event["requestId"]}
        command, options = self._verdict(event)
        with contextlib.suppress(PlaywrightError):
            if command == "Fetch.fulfillRequest":
                # A policy that is merely added to a passing response is not enforced; one of a fulfilled response is.
                try:
                    async with asyncio.timeout(BODY_SECONDS):
                        got = await self._cdp.send("Fetch.getResponseBody", request_id)
                    body = got["body"] if got["base64Encoded"] else base64.b64encode(got["body"].encode()).decode()
                    options = options | {"body": body}
                except (PlaywrightError, TimeoutError):
                    command, options = "Fetch.failRequest", {"errorReason": "TimedOut"}
            await self._cdp.send(command, request_id | options)

    def _verdict(self, event: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        if "responseStatusCode" in event or "responseErrorReason" in event:
            return self._answered(event)
        request = event["request"]
        if request["url"] == _PROOF:
            self._proved = True
            return "Fetch.failRequest", {"errorReason": "BlockedByClient"}
        kind = _KINDS.get(event["resourceType"].lower(), Kind.OTHER)
        if kind is Kind.DOCUMENT and event.get("frameId") not in self._tabs:
            kind = Kind.FRAME
        body = request.get("postData")
        entries = request.get("postDataEntries") or []
        if body is None and entries:
            raw = b"".join(base64.b64decode(entry.get("bytes", "")) for entry in entries)
            body = raw.decode("utf-8", "replace")
        sent = Sent(
            url=request["url"] + request.get("urlFragment", ""),
            method=request["method"],
            kind=kind,
            headers={name.lower(): value for name, value in request["headers"].items()},
            body=body,
            unread=bool(request.get("hasPostData")) and body is None,
        )
        if self._judge(sent).allowed:
            return "Fetch.continueRequest", {}
        # "Aborted" leaves the page where it is; anything else would show an error page in its place.
        return "Fetch.failRequest", {
            "errorReason": "Aborted" if kind in (Kind.DOCUMENT, Kind.FRAME) else "BlockedByClient"
        }

    def _answered(self, event: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        status = event.get("responseStatusCode")
        headers = event.get("responseHeaders") or []
        kind = event["resourceType"].lower()
        if status is None:
            return "Fetch.continueRequest", {}
        if kind == "document":
            self._seen(event["request"]["url"], status)
        kept = [header for header in headers if header["name"].lower() not in _DROPPED]
        named = kind in ("document", "other")
        if not named and len(kept) == len(headers):
            return "Fetch.continueRequest", {}
        if status < 200 or status in (204, 205, 304) or 300 <= status < 400:
            return "Fetch.continueRequest", {}
        # The body arrives decoded, and whole.
        coded = ("content-encoding", "content-length", "transfer-encoding")
        if named:
            kept = [header for header in kept if header["name"].lower() not in coded]
            return "Fetch.fulfillRequest", {"responseCode": status, "responseHeaders": [*kept, *_ADDED]}
        changed = {"responseCode": status, "responseHeaders": kept}
        return "Fetch.continueResponse", changed

    async def _route(self, route: Route) -> None:
        request = route.request
        raw = request.post_data_buffer
        sent = Sent(
            url=request.url,
            method=request.method,
            kind=_kind_of(request),
            headers=request.headers,
            body=None if raw is None else raw.decode("utf-8", "replace"),
        )
        with contextlib.suppress(PlaywrightError):
            if self._judge(sent).allowed:
                await route.continue_()
            else:
                await route.abort("aborted" if sent.kind in (Kind.DOCUMENT, Kind.FRAME) else "blockedbyclient")

    async def _socket(self, socket: WebSocketRoute) -> None:
        self._judge(Sent(url=socket.url, kind=Kind.SOCKET))
        with contextlib.suppress(PlaywrightError):
            await socket.close(code=1001)


def _kind_of(request: Request) -> Kind:
    kind = _KINDS.get(request.resource_type, Kind.OTHER)
    if kind is not Kind.DOCUMENT:
        return kind
    try:
        return Kind.FRAME if request.frame.parent_frame else Kind.DOCUMENT
    except PlaywrightError:
        # The frame of a tab's first page is not there yet.
        return Kind.DOCUMENT
