"""The interlock of one journey."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from playwright.async_api import BrowserContext, ElementHandle, Page

from auditor.browser.interlock.alarm import Alarm
from auditor.browser.interlock.reading import read_clickable, read_field
from auditor.browser.interlock.transport import Transport
from auditor.browser.interlock.tripwire import Trip, purchase_in
from auditor.interlock import (
    Act,
    Allowed,
    Clickable,
    Depth,
    Field,
    Intent,
    PageState,
    Phase,
    Refused,
    RefusedRequest,
    Sent,
    Verdict,
    decide,
    judge_click,
    judge_fill,
)
from auditor.interlock.body import read_body
from auditor.interlock.phase import check_entry
from auditor.interlock.request import Kind, without_secrets
from auditor.interlock.signs import confirms_order, is_payment_host, reports_purchase
from auditor.interlock.site import site_of

MOST_REFUSED = 500
AFTER_FILLING = 2.5
_TRIPPED = Verdict(False, "An order seems to have been placed: nothing leaves any more.")
_KEPT_OUT = Verdict(False, "robots.txt keeps this page from crawlers, and nobody of the shop allowed it.")


class Vetoed(Exception):
    """The interlock does not allow it; the message says why."""


class Interlock:
    """Makes sure that a journey places no order and pays nothing.

    Attach it to a new context, in a browser that serves nothing else, before the first page. Then press and fill
    through it, and announce each phase; what leaves the browser is judged by phase and by what we are doing just then.
    ``refused`` is the proof for the report, ``trip`` the sign that an order was placed after all, ``kept_out`` the
    first page that was not opened because of robots.txt.

    ``platform`` is the name of the shop's platform, once it is known: its harmless requests are then allowed besides.
    ``language`` is the shop's, once it is known: pages that state English, or nothing, are read in it.
    ``may_open`` is asked about the address of each page, where robots.txt has to be obeyed.
    ``alarm`` is shared by journeys that go on at the same time: the sign of an order in one of them stops all.

    :raises ValueError: depth "payment" without ``authorised_by``.
    """

    def __init__(
        self, shop_url: str, *, depth: Depth = "cart", authorised_by: str | None = None, platform: str | None = None,
        may_open: Callable[[str], bool] | None = None, alarm: Alarm | None = None,
    ) -> None:  # fmt: skip
        if depth == "payment" and not (authorised_by or "").strip():
            raise ValueError("Depth “payment” needs --authorised-by with the name of the person who allowed it.")
        self.depth: Depth = depth
        self.phase = Phase.BROWSING
        self.trip: Trip | None = None
        self.alarm = alarm or Alarm()
        self.kept_out = ""
        self._may_open = may_open
        self._sites = {site_of(shop_url)}
        self.platform = platform
        self.language: str | None = None
        self._transport = Transport(self._judge, self._seen)
        self._context: BrowserContext | None = None
        self._act = Act()
        self._typed: list[str] = []
        self._refused: list[RefusedRequest] = []
        self._began = time.monotonic()
        self._filled_at = 0.0

    @property
    def refused(self) -> tuple[RefusedRequest, ...]:
        """What was kept from leaving, oldest first; at most ``MOST_REFUSED`` are kept."""
        return tuple(self._refused)

    async def attach(self, context: BrowserContext) -> None:
        """:raises NotGuarded: when this browser cannot be guarded; nothing may be visited then."""
        await self._transport.attach(context)
        self._context = context

    async def enter(self, phase: Phase) -> None:
        """Announces the next phase, before the page that begins it is opened.

        :raises ValueError: when it is deeper than the operator allowed, or an earlier one.
        """
        check_entry(phase, self.phase, self.depth)
        self.phase = phase
        if self._context is not None:
            await self._context.set_offline(phase is Phase.PAYMENT_SEEN)

    def adopt(self, url: str) -> None:
        """Counts the site of ``url`` as the shop's: a checkout on another domain, to which our own press led.

        :raises Vetoed: when it belongs to a payment provider.
        """
        if is_payment_host(site_of(url)):
            raise Vetoed("A payment provider's site is never part of the journey.")
        self._sites.add(site_of(url))

    def may_click(self, candidate: Clickable) -> Allowed | Refused:
        if self.alarm.trip is not None:
            return Refused(_TRIPPED.why)
        return judge_click(candidate, self.phase)

    def may_fill(self, field: Field, page: PageState) -> Verdict:
        if self.alarm.trip is not None or self.phase is Phase.PAYMENT_SEEN:
            return Verdict(False, "Nothing is filled in any more.")
        return judge_fill(field, page)

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[None]:
        """While an address is opened by us."""
        async with self._doing(Act(intent=Intent.OPEN)):
            yield

    @asynccontextmanager
    async def pressing(self, element: ElementHandle, value: str = "") -> AsyncIterator[Allowed]:
        """While ``element`` is pressed, until the page has settled: what leaves afterwards is the page's own doing.
        ``value`` is what is chosen by that, as if it had been filled in.

        :raises Vetoed: when it may not be pressed.
        """
        verdict = self.may_click(await read_clickable(element, self.language))
        if isinstance(verdict, Refused):
            raise Vetoed(verdict.reason)
        self._remember(value)
        async with self._doing(verdict.act):
            yield verdict

    @asynccontextmanager
    async def filling(self, element: ElementHandle, value: str) -> AsyncIterator[None]:
        """While ``value`` is filled into ``element``, or chosen.

        :raises Vetoed: when it may not be.
        """
        verdict = self.may_fill(*await read_field(element, self.language))
        if not verdict.allowed:
            raise Vetoed(verdict.why)
        self._remember(value)
        async with self._doing(Act(intent=Intent.FILL)):
            yield

    async def watch(self, page: Page) -> Trip | None:
        """The sign of a placed order, if there is one on ``page``; to be asked after each action."""
        if self.trip is None and (event := await purchase_in(page)):
            self._tripped(f"the page reports “{event}”", page.url)
        return self.trip

    async def release(self) -> None:
        """Closes the context, then stops judging."""
        if self._context is not None:
            await self._context.close()
        await self._transport.release()

    def _remember(self, value: str) -> None:
        if value and value not in self._typed:
            self._typed.append(value)

    @asynccontextmanager
    async def _doing(self, act: Act) -> AsyncIterator[None]:
        before, self._act = self._act, act
        try:
            yield
        finally:
            self._act = before
            self._filled_at = time.monotonic() if act.intent is Intent.FILL else 0.0

    def _doing_now(self) -> Act:
        """Pages wait for a pause in the typing before they store it: for a moment that is still our filling in."""
        lately = time.monotonic() - self._filled_at < AFTER_FILLING
        return Act(intent=Intent.FILL) if self._act.intent is Intent.NOTHING and lately else self._act

    def _judge(self, sent: Sent) -> Verdict:
        sent = sent.model_copy(update={"act": self._doing_now(), "typed": tuple(self._typed)})
        verdict = self._decide(sent)
        if not verdict.allowed and len(self._refused) < MOST_REFUSED:
            at_ms = round((time.monotonic() - self._began) * 1000)
            self._refused.append(
                RefusedRequest(
                    method=sent.method,
                    address=without_secrets(sent.url),
                    why=verdict.why,
                    phase=self.phase,
                    at_ms=at_ms,
                )
            )
        return verdict

    def _decide(self, sent: Sent) -> Verdict:
        # A judge that fails must not let anything through.
        try:
            if reports_purchase(sent.url, read_body(sent.body, sent.headers.get("content-type", ""))):
                self._tripped("the page reports a purchase to analytics", sent.url)
            if self.alarm.trip is not None:
                return _TRIPPED
            if sent.kind is Kind.DOCUMENT and self._may_open is not None and not self._may_open(sent.url):
                self.kept_out = self.kept_out or without_secrets(sent.url)
                return _KEPT_OUT
            return decide(sent, self.phase, frozenset(self._sites), platform=self.platform)
        except Exception as error:
            return Verdict(False, f"It could not be judged: {type(error).__name__}.")

    def _seen(self, url: str, status: int) -> None:
        if status < 300 and confirms_order(url) and self.phase is not Phase.BROWSING:
            self._tripped("the address of an order's confirmation", url)

    def _tripped(self, sign: str, url: str) -> None:
        if self.trip is None:
            self.trip = Trip(sign=sign, address=without_secrets(url))
            self.alarm.ring(self.trip)
