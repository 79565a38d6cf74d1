"""From the cart to the payment step, as a guest. Nothing there is chosen, agreed to or sent."""

import time
from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.form_filling import FormFiller, asks_address
from auditor.browser.journey.interruptions import check_wall, clear_layers
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.journey import Blocker, FieldUse, Ranked, StepIntent
from auditor.evidence.sight import Sight
from auditor.interlock import Phase
from auditor.interlock.site import site_of
from auditor.journey_ranking import BEST, advance, rank
from auditor.journey_ranking.checkout_state import (
    Guest,
    asks_code,
    at_payment,
    delivery_choice,
    errors,
    guest_way,
    in_checkout,
    login_form,
    moved_on,
    past_address,
)
from auditor.journey_ranking.marks import last_concepts
from auditor.journey_ranking.standing import buyer_fields, has_password
from auditor.lexicon import Concept, has_currency, mentions
from auditor.platforms import Platform

STEP_SECONDS = 30.0
PATIENCE = 3.0
ROUNDS = 14
HOSTED = frozenset({"shopify.com", "myshopify.com", "mybigcommerce.com", "bigcommerce.com"})
"""Platforms whose checkouts live on a domain of theirs."""


_REFUSED = ("the form complains",)


class ToPayment:
    """Walks the checkout; ``guest`` and ``one_page`` say what kind it is."""

    def __init__(
        self,
        shop: ShopTab,
        record: Record,
        home_url: str,
        platform: Platform | None,
        language: str | None,
        market: str | None,
    ) -> None:
        self.shop, self.record = shop, record
        self.home_url, self.platform, self.language = home_url, platform, language
        self.name = platform.name if platform else None
        self.filler = FormFiller(shop, market, language)
        self.guest = "unknown"
        self.one_page = False
        self.typed = False
        self.addressed = False
        self.layers_closed = 0

    async def start(self, cart: Sight) -> Sight:
        """:raises Ended: when no way into the checkout was found."""
        ranking = rank(StepIntent.START_CHECKOUT, cart, self.language, self.name)
        draft = self.record.begin(StepIntent.START_CHECKOUT, cart, ranking)
        sight = cart
        for candidate in ranking[:BEST]:
            found, sight = await self._press(draft, candidate, lambda now: in_checkout(now, cart, self.language), cart)
            if found:
                return await self._entered(
                    draft, f"Pressed “{candidate.name or candidate.selector}”, and the checkout began", sight, found
                )
            self._check_domain(sight)
            if sight.busy or self.shop.traffic.waiting:
                break
        for url in () if sight.busy else self._addresses(cart):
            await self.shop.open(url)
            begun, sight = await self.shop.until(
                lambda now: in_checkout(now, cart, self.language), STEP_SECONDS, patience=PATIENCE
            )
            draft.tried(f"Opened {url}", "confirmed" if begun else "no-effect", effect=begun or ())
            if begun:
                return await self._entered(draft, "Opened the checkout by its address", sight, begun)
        check_wall(self.shop, sight, StepIntent.START_CHECKOUT)
        why = f"No way from the cart into the checkout was found{self._said(sight)}."
        await self.record.write(draft, why, sight, confirmed=False)
        raise Ended(self._stall(Blocker.NO_CHECKOUT, sight), StepIntent.START_CHECKOUT, why)

    async def _entered(self, draft: Draft, did: str, sight: Sight, found: tuple[str, ...]) -> Sight:
        self._check_domain(sight)
        await self.shop.interlock.enter(Phase.DETAILS)
        await self.record.write(draft, did, sight, effect=found)
        return sight

    def _check_domain(self, sight: Sight) -> None:
        there = site_of(sight.url)
        if there == site_of(self.shop.session.shop.start_url):
            return
        if there in HOSTED:
            self.shop.interlock.adopt(sight.url)
            return
        raise Ended(
            Blocker.OFF_DOMAIN,
            StepIntent.START_CHECKOUT,
            f"The checkout is on another domain, {there}; the journey ends there.",
        )

    def _addresses(self, cart: Sight) -> list[str]:
        linked = [one.target for one in cart.controls if one.target and "checkout" in last_concepts(one.target)]
        known = [urljoin(self.home_url, self.platform.checkout)] if self.platform and self.platform.checkout else []
        return list(dict.fromkeys([*linked, *known]))[:2]

    async def go_on(self, sight: Sight) -> Sight:
        """From the first page of the checkout to the payment step.

        :raises Ended: where it cannot go on.
        """
        at = StepIntent.FILL_CONTACT
        for _round in range(ROUNDS):
            if self.shop.left <= 0:
                raise Ended(
                    Blocker.TIMEOUT, at, f"The checkout was not done in time; it was at {urlsplit(sight.url).path}."
                )
            sight, closed = await clear_layers(
                self.shop, self.record, sight, wanted=_layers_of_fields(sight, self.language)
            )
            self.layers_closed += closed
            check_wall(self.shop, sight, at)
            payment = at_payment(sight, self.language) or (past_address(sight, self.language) if self.addressed else ())
            if payment:
                return await self._arrive(sight, payment)
            way = self._guest_here(sight)
            if way is not None:
                sight, at = await self._as_guest(sight, way), StepIntent.CHOOSE_GUEST
                continue
            self._check_account(sight)
            sight, at = await self._step(sight)
        raise Ended(Blocker.DEAD_END, at, f"After {ROUNDS} steps the checkout had not come to the payment.")

    def _guest_here(self, sight: Sight) -> Guest | None:
        """A way on as guest, where log-in or registration is offered too and no address is asked for yet."""
        if len(buyer_fields(sight, self.language)) > 4:
            return None
        way = guest_way(sight, self.language, self.name)
        if way is None or (way.radio is not None and way.radio.filled and self.guest == "offered"):
            return None
        return way if has_password(sight) or way.control is not None or not self.filler.wanted(sight) else None

    def _check_account(self, sight: Sight) -> None:
        if asks_code(sight):
            raise Ended(
                Blocker.ONE_TIME_CODE,
                StepIntent.CHOOSE_GUEST,
                "The checkout asks for a one-time code that is sent to a phone or a mailbox.",
            )
        forced = any(one.type == "password" and one.shown and one.required for one in sight.fields)
        asks = [field for field, _ in self.filler.wanted(sight) if field.form not in login_form(sight)]
        if (
            has_password(sight)
            and (forced or not asks)
            and not at_payment(sight, self.language)
            and not (asks and len(asks) > 3)
        ):
            self.guest = "not-offered"
            raise Ended(
                Blocker.LOGIN_WALL,
                StepIntent.CHOOSE_GUEST,
                "The shop sells to those with an account only: it asks for a password and offers no way on as guest.",
            )

    async def _as_guest(self, sight: Sight, way: Guest) -> Sight:
        self.guest = "offered"
        draft = self.record.begin(StepIntent.CHOOSE_GUEST, sight, (way.control,) if way.control else ())
        before, uses, touched = sight, list[FieldUse](), set[int]()
        if way.radio is not None:
            if not way.radio.filled:
                try:
                    await self.shop.tick(way.radio)
                except (Vetoed, PlaywrightError) as problem:
                    draft.tried(f"Chose “{way.radio.label}”", "refused", note=str(problem))
                    raise Ended(
                        Blocker.INTERLOCK, StepIntent.CHOOSE_GUEST, f"The choice of a guest was refused: {problem}"
                    ) from problem
            draft.tried(f"Chose “{way.radio.label}”", "confirmed")
            touched.add(way.radio.index)
            sight = await self.shop.look()
        uses, filled, sight = await self.filler.fill(sight)
        self.typed |= bool(filled)
        touched |= filled
        draft.fields = uses
        ranking = advance(sight, touched, self.language, self.name) if touched else ()
        if way.control is not None:
            again = rank(StepIntent.CHOOSE_GUEST, sight, self.language, self.name)
            ranking = (*again[:1], *ranking)
        draft.ranking = ranking
        moved, sight = await self._advance(draft, ranking, before, sight)
        if not moved:
            why = f"The choice of a guest led nowhere{self._said(sight)}."
            await self.record.write(draft, why, sight, confirmed=False)
            raise Ended(
                self._stall(Blocker.FORM_GATE if errors(sight) else Blocker.DEAD_END, sight),
                StepIntent.CHOOSE_GUEST,
                why,
            )
        await self.record.write(draft, "Chose to go on as a guest", sight, effect=(moved,))
        return sight

    async def _step(self, sight: Sight) -> tuple[Sight, StepIntent]:
        """Fill in what is asked for, choose a delivery, and go on."""
        before, retried = sight, False
        draft = self.record.begin(StepIntent.FILL_CONTACT, sight)
        while True:
            uses, touched, sight = await self.filler.fill(sight)
            draft.fields += [use for use in uses if use.action != "left" or not draft.fields]
            self.typed |= bool(touched)
            self.addressed |= asks_address(uses)
            ways = delivery_choice(sight, self.language)
            if ways:
                touched |= await self._deliver(draft, sight)
                sight = await self.shop.look()
            draft.intent = (
                StepIntent.CHOOSE_DELIVERY
                if ways and not asks_address(uses)
                else (StepIntent.FILL_ADDRESS if asks_address(uses) else StepIntent.FILL_CONTACT)
            )
            if payment := at_payment(sight, self.language):
                await self.record.write(draft, self._what(draft), sight, effect=payment)
                return sight, draft.intent
            if not touched:
                touched = {field.index for field in buyer_fields(sight, self.language)}
            draft.seen, draft.ranking = sight, advance(sight, touched, self.language, self.name)
            moved, after = await self._advance(draft, draft.ranking, before, sight)
            if moved:
                await self.record.write(draft, self._what(draft), after, effect=(moved,))
                return after, draft.intent
            sight = after
            if retried or not (errors(sight) or self.filler.wanted(sight)):
                break
            retried = True
            self.filler.again(sight)
        await self._stuck(draft, sight)
        raise AssertionError

    async def _stuck(self, draft: Draft, sight: Sight) -> None:
        said = errors(sight)
        refused = [one for one in draft.attempts if one.outcome == "refused" and one.candidate]
        if said:
            blocker, why = Blocker.FORM_GATE, f"The form was not taken: {'; '.join(said[:3])}."
        elif refused and len(refused) == len([one for one in draft.attempts if one.candidate]):
            blocker, why = (
                Blocker.INTERLOCK,
                f"What leads on may place the order, so it was not pressed: {refused[0].note}",
            )
        elif sight.busy or self.shop.traffic.waiting:
            blocker, why = Blocker.SPINNER, "The page kept loading and did not go on."
        elif self.addressed and self._delivers_nowhere(sight):
            blocker, why = (
                Blocker.NO_DELIVERY,
                f"The shop offers no delivery to {self.filler.identity.country}{self._said(sight)}.",
            )
        else:
            blocker, why = Blocker.DEAD_END, f"Nothing that was pressed led to a next step{self._said(sight)}."
        check_wall(self.shop, sight, draft.intent)
        await self.record.write(draft, why, sight, confirmed=False)
        raise Ended(
            self._stall(blocker, sight), draft.intent, why, how="forbidden" if blocker is Blocker.INTERLOCK else "stuck"
        )

    async def _deliver(self, draft: Draft, sight: Sight) -> set[int]:
        """Choose the first way of delivery, where none is chosen yet."""
        ways = delivery_choice(sight, self.language)
        chosen = next((one for one in ways if one.filled), None)
        names = {one.name for one in ways}
        draft.fields = [use for use in draft.fields if use.field.name not in names]
        if chosen is None and (able := [one for one in ways if not one.disabled]):
            try:
                await self.shop.tick(able[0])
                draft.fields.append(FieldUse(field=able[0], meaning="delivery_method", action="chosen"))
                draft.tried(f"Chose “{able[0].label}”", "confirmed")
            except (Vetoed, PlaywrightError) as problem:
                draft.tried(f"Chose “{able[0].label}”", "refused", note=str(problem))
        elif chosen is not None:
            draft.fields.append(FieldUse(field=chosen, meaning="delivery_method", action="prefilled"))
        return {one.index for one in ways}

    async def _advance(
        self, draft: Draft, ranking: tuple[Ranked, ...], before: Sight, now: Sight
    ) -> tuple[str | None, Sight]:
        sight = now
        for candidate in ranking[:BEST]:
            found, sight = await self._press(draft, candidate, partial(self._outcome, before, len(errors(sight))), now)
            if found == _REFUSED:
                return None, sight
            if found:
                self._check_domain(sight)
                return found[0], sight
        return None, sight

    def _outcome(self, before: Sight, complaints: int, now: Sight) -> tuple[str, ...] | None:
        if moved := moved_on(before, now, self.language):
            return (moved,)
        return _REFUSED if len(errors(now)) > complaints else None

    async def _press(
        self, draft: Draft, candidate: Ranked, holds: Callable[[Sight], tuple[str, ...] | None], now: Sight
    ) -> tuple[tuple[str, ...], Sight]:
        began = time.monotonic()
        did = f"Pressed “{candidate.name or candidate.selector}”"
        try:
            found, sight = await self.shop.press(candidate, holds, STEP_SECONDS, patience=PATIENCE)
        except (Vetoed, PlaywrightError) as problem:
            if self.shop.tab.is_closed():
                raise
            draft.tried(
                did, "refused" if isinstance(problem, Vetoed) else "failed", candidate=candidate, note=str(problem)
            )
            return (), now
        draft.tried(
            did,
            "confirmed" if found and found != _REFUSED else "no-effect",
            candidate=candidate,
            effect=found or (),
            waited=time.monotonic() - began,
        )
        check_wall(self.shop, sight, draft.intent)
        return found or (), sight

    async def _arrive(self, sight: Sight, signs: tuple[str, ...]) -> Sight:
        """Fill in what the page still asks for, send nothing, and stop."""
        draft = self.record.begin(StepIntent.REACH_PAYMENT, sight)
        if self.filler.wanted(sight):
            self.one_page = True
            uses, touched, sight = await self.filler.fill(sight)
            draft.fields, self.typed = uses, self.typed or bool(touched)
            if delivery_choice(sight, self.language):
                await self._deliver(draft, sight)
            await self.shop.traffic.quiet(0.3, 8.0)
        await self.shop.interlock.enter(Phase.PAYMENT_SEEN)
        sight = await self.shop.look()
        await self.record.write(
            draft, "Reached the payment step; nothing was chosen and nothing sent", sight, effect=signs
        )
        if self.guest == "unknown":
            self.guest = "only-way"
        return sight

    def _delivers_nowhere(self, sight: Sight) -> bool:
        """Whether this is the step of the delivery, with nothing to choose."""
        step = sight.steps[sight.current_step] if sight.current_step is not None and sight.steps else ""
        about = mentions(" ".join((step, *sight.h1)), Concept.SHIPPING, sight.language or self.language)
        return about is not None and not delivery_choice(sight, self.language)

    def _what(self, draft: Draft) -> str:
        filled = sum(1 for use in draft.fields if use.action == "filled")
        chosen = sum(1 for use in draft.fields if use.action == "chosen")
        pressed = next(
            (one.did for one in reversed(draft.attempts) if one.outcome == "confirmed" and one.candidate), ""
        )
        return f"Filled in {filled} fields and chose {chosen}" + (
            f"; {pressed[:1].lower()}{pressed[1:]}" if pressed else ""
        )

    def _said(self, sight: Sight) -> str:
        said = errors(sight) or tuple(line for line in sight.outside_text.splitlines() if line.strip())[:1]
        return f" (the page says: {'; '.join(said)[:160]})" if said else ""

    def _stall(self, blocker: Blocker, sight: Sight) -> Blocker:
        if self.shop.left <= 0:
            return Blocker.TIMEOUT
        if blocker is Blocker.NO_CHECKOUT and "cart" in last_concepts(sight.url) and has_currency(sight.outside_text):
            return Blocker.MINIMUM_ORDER
        waiting = sight.busy or self.shop.traffic.waiting
        return Blocker.SPINNER if blocker in (Blocker.DEAD_END, Blocker.NO_CHECKOUT) and waiting else blocker


def _layers_of_fields(sight: Sight, language: str | None) -> frozenset[int]:
    """Layers that hold the checkout itself."""
    fields = {field.layer for field in buyer_fields(sight, language) if field.layer is not None}
    return frozenset(fields | {field.layer for field in delivery_choice(sight, language) if field.layer is not None})
