"""Records the insertions of one load."""

import asyncio
import contextlib
from collections.abc import Collection, Sequence
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError
from pydantic import ValidationError

from auditor.ads.parties import hosts_named, party_of
from auditor.browser.unwanted.experimental import ExperimentalCalls
from auditor.browser.unwanted.fields import takes_card_number
from auditor.browser.unwanted.makers import MAX_SOURCE, Makers
from auditor.browser.unwanted.pieces import Found, PieceFinder
from auditor.browser.unwanted.requests import RequestLog
from auditor.browser.unwanted.snapshot import Document
from auditor.evidence import Box, BuyButtonSeen, CardField, Insertions, Maker, PageHeaders, Piece
from auditor.reading.purchase import buy_button

MOST_STACKS = 260
MOST_SCRIPTS_SENT = 2


class UnwantedRecorder:
    """One tab. ``start`` before its first document; then ``record`` once it is settled."""

    def __init__(self, cdp: CDPSession, asked_url: str, *, without: Sequence[str] = ()) -> None:
        self._cdp = cdp
        self.asked_url = asked_url
        self.calls = ExperimentalCalls(cdp, without=without)
        self.makers = Makers(cdp)
        self.log = RequestLog(cdp, self.makers)
        self.html = ""
        self.found: list[Found] = []

    async def start(self) -> None:
        """Page, Network, Runtime and Debugger are on already."""
        await self._cdp.send("DOM.enable")
        await self.calls.start()

    async def record(
        self,
        *,
        html: str,
        size: tuple[float, float],
        buy: tuple[str, Box] | None = None,
        direct_html: str = "",
        language: str = "",
        waited_s: float = 0.0,
        earlier: Insertions | None = None,
    ) -> Insertions:
        """``html`` is the document as it was sent, ``direct_html`` as the server sends it past a service worker.
        ``buy`` is the selector and the box of the buy button, ``earlier`` what was recorded of the same load before.
        """  # fmt: skip
        document = self.makers.document or self.asked_url
        own = {party_of(self.asked_url), party_of(document)}
        served = hosts_named(html)
        pieces: tuple[Piece, ...] = ()
        button: BuyButtonSeen | None = None
        cards: tuple[CardField, ...] = ()
        base_url = ""
        left = party_of(document) != party_of(self.asked_url)
        if not left:
            snapshot = await self.calls.snapshot()
            if snapshot is not None and snapshot["documents"]:
                finder = PieceFinder(snapshot, size, own, served, buy[1] if buy else None, html)
                base_url = finder.page.base_url
                self.found = finder.all()
                pieces = await self._pieces(self.found)
                button = await self._buy_button(finder.page, buy, pieces) if buy else None
                cards = await self._cards(finder.page)
        headers = self.log.main_headers
        by_worker = self.log.from_worker and direct_html
        worker_hosts = sorted(set(served) - set(hosts_named(direct_html))) if by_worker else ()
        others = [one for one in self.log.asked() if one.type == "script" and party_of(one.url) not in own]
        return Insertions(
            url=document[:1000], asked_url=self.asked_url[:1000], makers_by=self.calls.makers_by,
            refused_calls=tuple(self.calls.refused), base_url=base_url, served_hosts=served if html else None,
            worker_hosts=tuple(worker_hosts), worker=self.log.from_worker, asked=self.log.asked(),
            scripts=self.makers.seen(await self._sources()), pieces=_joined(earlier, pieces), buy=button,
            left=tuple(self.log.left), cards=cards, click_listeners=() if left else await self._page_listeners(),
            prompts=None if self.log.prompts is None else tuple(self.log.prompts), headers=PageHeaders(
                csp=headers.get("content-security-policy", "")[:4000],
                csp_report_only=headers.get("content-security-policy-report-only", "")[:4000],
                hsts=headers.get("strict-transport-security", "")[:200],
                referrer_policy=headers.get("referrer-policy", "")[:200],
                permissions_policy=headers.get("permissions-policy", "")[:1000],
                integrity=0, others=len(others),
            ),
            language=language, truncated=self.log.truncated, waited_s=waited_s,
        )  # fmt: skip

    async def section(
        self, parts: dict[str, Any], missing: dict[str, str], html: str, size: tuple[float, float]
    ) -> None:
        """Add ``insertions`` to a visit's ``parts``, or to ``missing`` why there are none."""
        controls, document = parts.get("controls"), parts.get("document")
        button = buy_button(controls, document) if controls and document else None
        try:
            parts["insertions"] = await self.record(
                html=html, size=size, buy=(button.selector, button.box) if button and button.box else None,
                language=document.lang or "" if document else "",
            )  # fmt: skip
        except (PlaywrightError, ValidationError, KeyError, IndexError) as problem:
            missing["insertions"] = f"the browser did not tell: {str(problem)[:160]}"

    async def _pieces(self, found: Collection[Found]) -> tuple[Piece, ...]:
        makers = await self._made_by(list(dict.fromkeys(piece.backend_id for piece in found))[:MOST_STACKS])
        # Who made the place of a thing matters only where a script made the thing, and each answer takes its time.
        places = dict.fromkeys(one.holder_id for one in found if one.kind == "link" and makers.get(one.backend_id))
        makers |= await self._made_by([one for one in places if one and one not in makers][:MOST_STACKS])
        made = (
            Piece(
                kind=one.kind, selector=one.document.selector(one.at), maker=makers.get(one.backend_id, ()),
                holder=makers.get(one.holder_id or 0, ()),
                closed_shadow=any(one.document.shadow.get(up) == "closed" for up in one.document.above(one.at)),
                **one.facts,
            )
            for one in found
        )  # fmt: skip
        # The words that a company puts into an empty place which the HTML keeps for it are its own, and no intrusion.
        made = (
            piece.model_copy(update={"in_text": False}) if piece.in_text and not one.beside_served and not piece.holder
            else piece for one, piece in zip(found, made, strict=True)
        )  # fmt: skip
        # A block matters when a script made it: large areas to press that came with the HTML are the shop's design.
        return tuple(piece for piece in made if piece.kind != "block" or piece.maker)

    async def _made_by(self, ids: Sequence[int]) -> dict[int, Maker]:
        stacks = await self.calls.stacks(ids)
        return {one: self.makers.of_stack(stack) or ("inline",) for one, stack in stacks.items()}

    async def _buy_button(
        self, page: Document, buy: tuple[str, Box], pieces: Collection[Piece]
    ) -> BuyButtonSeen | None:
        selector, box = buy
        middle = (box.x + box.width / 2, box.y + box.height / 2)
        at = next(
            (
                one for one in reversed(list(page.elements()))
                if page.names[one] in ("button", "input", "a") and (held := page.box(one)) is not None
                and held.x <= middle[0] <= held.right and held.y <= middle[1] <= held.bottom
                and abs(held.width - box.width) < 4
            ),
            None,
        )  # fmt: skip
        covered = next((piece.selector for piece in pieces if piece.covers_buy and not piece.consent), None)
        if at is None:
            return BuyButtonSeen(selector=selector[:200], box=box, covered_by=covered)
        node = page.backend_id(at)
        attributes = page.attributes(at)
        form = next((one for one in page.above(at) if page.names[one] == "form"), None)
        action = page.attributes(form).get("action", "") if form is not None and page.names[at] != "a" else ""
        leads = attributes.get("href") or attributes.get("formaction") or action
        makers = await self._made_by([node])
        return BuyButtonSeen(
            selector=selector[:200], box=box, maker=makers.get(node, ()), leads=leads[:1000] or None,
            listeners=await self._listeners(node), covered_by=covered,
        )  # fmt: skip

    async def _listeners(self, node: int) -> Maker:
        return self.named(await self.calls.listeners(node))

    async def _page_listeners(self) -> Maker:
        places = ("window", "document", "document.documentElement", "document.body")
        found = await asyncio.gather(*(self.calls.press_listeners(one) for one in places))
        return self.named([one for ids in found for one in ids])

    def named(self, script_ids: Sequence[str]) -> Maker:
        """The addresses of scripts, each once."""
        return tuple(dict.fromkeys(name for one in script_ids if (name := self.makers.script(one))))

    async def _cards(self, page: Document) -> tuple[CardField, ...]:
        found = []
        for at in page.elements():
            if page.names[at] == "input" and at not in page.pseudo and takes_card_number(page.attributes(at)):
                found.append(at)
        return tuple(
            [
                CardField(selector=page.selector(at), listeners=await self._listeners(page.backend_id(at)))
                for at in found[:4]
            ]
        )

    async def _sources(self) -> dict[str, str]:
        """Sources of the page's inline scripts."""

        async def source(script_id: str) -> str:
            with contextlib.suppress(PlaywrightError):
                answer: dict[str, Any] = await self._cdp.send("Debugger.getScriptSource", {"scriptId": script_id})
                return str(answer.get("scriptSource", ""))[:MAX_SOURCE]
            return ""

        ids = self.makers.inline_ids()
        return dict(zip(ids, await asyncio.gather(*(source(one) for one in ids)), strict=True))


def _joined(earlier: Insertions | None, now: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of both moments: what was there before a longer wait counts although it went away."""
    if earlier is None:
        return now
    before = {_same(piece) for piece in earlier.pieces}
    known = {_same(piece) for piece in now}
    new = (piece if _same(piece) in before else piece.model_copy(update={"late": True}) for piece in now)
    return (*new, *(piece for piece in earlier.pieces if _same(piece) not in known))


def _same(piece: Piece) -> tuple[str, str, tuple[str, ...]]:
    return piece.kind, piece.selector, piece.leads
