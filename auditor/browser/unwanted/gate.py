"""Keeps a tab where it is: what would leave the page or write to the shop is answered by us and goes nowhere."""

import contextlib

from playwright.async_api import BrowserContext, Request, Route, WebSocketRoute
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.ads.parties import party_of
from auditor.browser.unwanted.requests import RequestLog

_READS = ("GET", "HEAD", "OPTIONS")
_BY_SCRIPT = ("xhr", "fetch", "ping", "eventsource")


class Gate:
    """Of one context with one tab, and those that it was told to let. ``log`` says what the tab is at just then.

    Answering with status 204 leaves the page as it is; an abort would show an error page in its place.
    """

    def __init__(self, tab: Tab, log: RequestLog, asked_url: str) -> None:
        self._tab, self._log = tab, log
        self._own = party_of(asked_url)
        self._opened = False
        self._more: set[Tab] = set()

    def let(self, tab: Tab) -> None:
        """Let another tab of the context open one document."""
        self._more.add(tab)

    async def attach(self, context: BrowserContext) -> None:
        await context.route("**/*", self._judge)
        await context.route_web_socket("**", self._guard)

    async def _judge(self, route: Route) -> None:
        with contextlib.suppress(PlaywrightError):
            if self._lets(route):
                await route.continue_()
            else:
                self._log.held.add(route.request.url)
                await route.fulfill(status=204)

    def _lets(self, route: Route) -> bool:
        request, own = route.request, party_of(route.request.url) == self._own
        if self._of_another_tab(request):
            # It is only opened, never pressed.
            return request.method in _READS and (own or not request.is_navigation_request())
        if request.is_navigation_request():
            try:
                frame = request.frame
            except PlaywrightError:
                return False
            if frame.page is not self._tab:
                return False
            if frame.parent_frame is None:
                first, self._opened = not self._opened, True
                # The shop may send its visitors on to another of its pages while it loads.
                return first or (own and self._log.moment == "load")
        if self._log.moment == "typing":
            return request.method in _READS and own
        if request.method not in _READS:
            return not own and self._log.moment in ("load", "late")
        return not (own and self._log.moment == "pressing" and request.resource_type in _BY_SCRIPT)

    def _of_another_tab(self, request: Request) -> bool:
        with contextlib.suppress(PlaywrightError):
            return bool(self._more) and request.frame.page in self._more
        return False

    def _guard(self, socket: WebSocketRoute) -> None:
        """A socket to the shop gets no messages: they could write, and no request would show it. Others get none while
        the card number is typed."""
        if party_of(socket.url) == self._own:
            return
        if self._log.moment == "typing":
            self._log.overheard(socket.url, "")
            socket.on_message(lambda said: self._log.overheard(socket.url, str(said)))
            return
        server = socket.connect_to_server()
        socket.on_message(lambda said: self._pass_on(server, said))

    def _pass_on(self, server: WebSocketRoute, said: str | bytes) -> None:
        if self._log.moment == "typing":
            self._log.overheard(server.url, str(said))
        else:
            server.send(said)
