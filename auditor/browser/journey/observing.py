"""What a journey notes for the checks beside its way. It presses, fills and sends nothing."""

import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.isolated_world import WORLD, ScriptFailed
from auditor.browser.journey.observing_page import (
    add_feedback,
    cart_line,
    guest_choice,
    page_seen,
    review,
    variant_choices,
)
from auditor.browser.journey.tab_view import CannotLook, TabView
from auditor.evidence.checkout import (
    CartFacts,
    CartLine,
    Change,
    CheckoutFacts,
    DeliveryFacts,
    DeliveryOption,
    FieldLabel,
    FormLabels,
    PressSeen,
    ProductData,
)
from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Sight
from auditor.identity import Identity, identity_for
from auditor.journey_ranking.checkout_state import delivery_choice, guest_way
from auditor.journey_ranking.marks import QUANTITY
from auditor.journey_ranking.standing import Product
from auditor.lexicon import Concept, mentions, parse_price
from auditor.lexicon import words as words_of

SECONDS = 4.0
BINDING = "journeyPressed"
KEPT_CHANGES = 12
_NOTED = (Concept.REQUIRED, Concept.OPTIONAL)


@cache
def _source() -> str:
    return (Path(__file__).parent / "observing.js").read_text("utf-8") + "\n0"


class Observer:
    """Collects ``facts`` of a buyer's journey. Steps are counted as they are written."""

    def __init__(self, tab: TabView, language: str | None, market: str | None) -> None:
        self.tab, self.language, self.market = tab, language, market
        self.product = Product("", "")
        self.who: Identity = identity_for(market, language)
        self.step = 0
        self._clicked: list[float] = []
        self._off = False
        self._pending: list[PressSeen] = []
        self._found: dict[str, Any] = {"presses": [], "pages": [], "forms": []}
        self.missing: dict[str, str] = {}

    async def attach(self) -> None:
        """Have presses reported from our world of each document."""
        self.tab.cdp.on("Runtime.bindingCalled", self._bound)
        await self.tab.cdp.send("Runtime.addBinding", {"name": BINDING, "executionContextName": WORLD})

    def facts(self) -> CheckoutFacts:
        return CheckoutFacts.model_validate(
            {
                **self._found,
                "market": self.market,
                "country": self.who.country,
                "missing": self.missing,
                "host_load": _load_per_core(),
            }
        )

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What is pressed and filled in here is no part of the shopper's way."""
        kept, self._off = len(self._pending), True
        try:
            yield
        finally:
            del self._pending[kept:]
            self._off = False

    @property
    def last_change_ms(self) -> int | None:
        return self._pending[-1].changed_ms if self._pending else None

    def keep(self, name: str, value: object) -> None:
        self._found[name] = value

    def _bound(self, event: dict[str, Any]) -> None:
        if event.get("name") == BINDING:
            try:
                self._clicked.append(float(event["payload"]))
            except ValueError:
                return

    async def run(self, expression: str) -> Any:
        """The value of an expression in our world, or None when the page does not give it."""
        try:
            world = await self.tab.world()
            if not await world.evaluate("typeof observePress === 'function'", SECONDS):
                await world.evaluate(_source(), SECONDS)
            return await world.evaluate(expression, SECONDS)
        except (ScriptFailed, CannotLook, PlaywrightError):
            if self.tab.tab.is_closed():
                raise
            return None

    @asynccontextmanager
    async def pressing(self, index: int) -> AsyncIterator[None]:
        """While something is pressed: whether the keyboard reaches it, and what changes when."""
        seen = await self.run(f"observePress({int(index)})")
        self._clicked.clear()
        yield
        if not isinstance(seen, dict):
            return
        facts: dict[str, Any] = {"step": self.step, **seen}
        changes = await self.run("observeChanges()")
        if changes is None:
            facts["loaded"] = True
            paint = await self.run("observePaint()")
            if self._clicked and isinstance(paint, dict):
                facts["changed_ms"] = max(0, round(paint["origin"] + paint["paint"] - self._clicked[0]))
        else:
            facts["changes"] = changes[:KEPT_CHANGES]
            facts["changed_ms"] = changes[0]["ms"] if changes else None
        self._pending.append(PressSeen.model_validate(facts))

    async def wrote(
        self, intent: StepIntent, before: Sight | None, after: Sight | None, confirmed: bool, chosen: int | None
    ) -> None:
        """A step was written: ``after`` is what its picture shows, ``chosen`` the control whose press had an effect."""
        self._found["presses"] += [one.model_copy(update={"step": self.step}) for one in self._pending]
        pressed, self._pending = self._pending, []
        step, self.step = self.step, self.step + 1
        if after is None or intent in (StepIntent.CLOSE_LAYER, StepIntent.EMPTY_CART):
            return
        marks = await self.run("observeMarks()")
        self._found["pages"].append(page_seen(step, after, marks or (), self.language))
        if intent is StepIntent.OPEN:
            offer = await self.run("observeOffer()")
            self.keep("product", _offer(offer))
        if intent is StepIntent.ADD_TO_CART and confirmed and before is not None:
            self._choices(before, chosen)
            self._added(step, before, after, pressed)
        if intent is StepIntent.CHOOSE_GUEST and before is not None:
            self._guest(step, before)
        if intent is StepIntent.OPEN_CART and confirmed:
            self.keep("cart", CartFacts(step=step, lines=await self.cart_lines()))
        if "delivery" not in self._found and (ways := delivery_choice(after, self.language)):
            await self._delivery(step, [one.index for one in ways])
        if intent is StepIntent.REACH_PAYMENT:
            self.keep("review", review(step, after, self.product, self.who, self.language))

    def _added(self, step: int, before: Sight, after: Sight, pressed: list[PressSeen]) -> None:
        last = pressed[-1] if pressed else None
        changes: tuple[Change, ...] = last.changes if last else ()
        loaded = last.loaded if last else before.url != after.url
        after_ms = last.changed_ms if last else None
        self.keep("added", add_feedback(step, before, after, changes, loaded, after_ms, self.product, self.language))

    def _choices(self, sight: Sight, button: int | None) -> None:
        found = next((one for one in sight.controls if one.index == button), None)
        self.keep("variants", variant_choices(sight, found))

    async def cart_lines(self) -> tuple[CartLine, ...]:
        words = [word for word in self.product.name.lower().split() if len(word) > 1][:8]
        onward = [word.lower() for word in words_of(Concept.CHECKOUT, self.language)]
        raw = await self.run(f"observeCart({_json(words)}, {_json(QUANTITY.pattern)}, {_json(onward)})")
        return tuple(cart_line(one, self.product, self.language) for one in raw or ())

    async def _delivery(self, step: int, indices: list[int]) -> None:
        rows = await self.run(f"observeRows({_json(indices)})")
        options = tuple(_option(row) for row in rows or () if row and row["text"])
        if options:
            self.keep("delivery", DeliveryFacts(step=step, options=options))

    def _guest(self, step: int, sight: Sight) -> None:
        """The page with the choice is what the picture before shows."""
        if "guest" not in self._found and (way := guest_way(sight, self.language)) is not None:
            self.keep("guest", guest_choice(max(0, step - 1), sight, way))

    async def form(self, sight: Sight) -> None:
        """The labels of a form that was filled in just now; the picture before shows it."""
        fields = None if self._off else await self.run("observeForm()")
        if fields:
            lines = dict.fromkeys(line.strip()[:160] for line in sight.text.splitlines() if len(line) < 300)
            notes = [line for line in lines if any(mentions(line, concept, self.language) for concept in _NOTED)]
            labels = tuple(FieldLabel.model_validate(one) for one in fields)
            self._found["forms"].append(FormLabels(step=max(0, self.step - 1), fields=labels, notes=tuple(notes)[:20]))


def _load_per_core() -> float | None:
    try:
        return round(os.getloadavg()[0] / (os.cpu_count() or 1), 2)
    except OSError:
        return None


def _json(value: object) -> str:
    return json.dumps(value)


def _option(row: dict[str, Any]) -> DeliveryOption:
    text = str(row["text"])
    money = parse_price(text)
    return DeliveryOption(text=text, amounts=(f"{money.amount}",) if money else (), chosen=bool(row["chosen"]))


def _offer(found: Any) -> ProductData | None:
    if not isinstance(found, dict):
        return None
    said = str(found.get("availability", "")).rstrip("/").rsplit("/", 1)[-1]
    return ProductData(
        price=str(found.get("price", ""))[:40], currency=str(found.get("currency", ""))[:10], availability=said[:40]
    )
