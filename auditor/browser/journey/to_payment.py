"""From the first page of the checkout to the payment step, as a guest. Nothing there is chosen, agreed to or sent."""

from typing import Literal, NoReturn
from urllib.parse import urlsplit

from auditor.browser.journey.delivery import choose_delivery
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.form_filling import FormFiller, asks_address
from auditor.browser.journey.guest_choice import GuestChoice
from auditor.browser.journey.interruptions import check_wall, clear_layers
from auditor.browser.journey.observing_errors import renewed, try_errors
from auditor.browser.journey.onward import Onward
from auditor.browser.journey.overrides import Overrides
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.stalling import stalled, why_stuck
from auditor.evidence.journey import Blocker, StepIntent
from auditor.evidence.sight import Sight
from auditor.interlock import Phase
from auditor.journey_ranking import advance
from auditor.journey_ranking.checkout_state import at_payment, delivery_choice, errors, past_address
from auditor.journey_ranking.standing import buyer_fields

ROUNDS = 14
TRIES = 5
REVEAL_SECONDS = 8.0


class ToPayment:
    """Walks the checkout; ``guest`` and ``one_page`` say what kind it is."""

    def __init__(
        self,
        shop: ShopTab,
        record: Record,
        overrides: Overrides,
        platform: str | None,
        language: str | None,
        market: str | None,
    ) -> None:
        self.shop, self.record, self.overrides = shop, record, overrides
        self.name, self.language = platform, language
        self.filler = FormFiller(shop, market, language)
        self.guest = GuestChoice(shop, record, self.filler, overrides, language, platform)
        self.onward = Onward(shop, language)
        self.one_page = False
        self.typed = False
        self.addressed = False
        self.probed = False
        self.layers_closed = 0

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
            way = self.guest.way(sight)
            if way is not None:
                sight, at = await self.guest.go_on(sight, way), StepIntent.CHOOSE_GUEST
                continue
            self.guest.check_account(sight)
            sight, at = await self._step(sight)
        raise Ended(Blocker.DEAD_END, at, f"After {ROUNDS} steps the checkout had not come to the payment.")

    async def _step(self, sight: Sight) -> tuple[Sight, StepIntent]:
        """Fill in what is asked for, choose a delivery, and go on."""
        before, retried = sight, False
        draft = self.record.begin(StepIntent.FILL_CONTACT, sight)
        for _try in range(TRIES):
            uses, touched, sight = await self.filler.fill(sight)
            draft.fields += [use for use in uses if use.action != "left" or not draft.fields]
            self.typed |= bool(touched)
            self.addressed |= asks_address(uses)
            ways = delivery_choice(sight, self.language)
            if ways:
                touched |= await choose_delivery(self.shop, draft, sight, self.language)
                sight = await self.shop.look()
            draft.intent = (
                StepIntent.CHOOSE_DELIVERY
                if ways and not asks_address(uses)
                else (StepIntent.FILL_ADDRESS if asks_address(uses) else StepIntent.FILL_CONTACT)
            )
            if payment := at_payment(sight, self.language):
                self.one_page = True
                await self.record.write(draft, self._what(draft), sight, effect=payment)
                return sight, draft.intent
            if asks_address(uses) and self.shop.observer is not None and not self.probed:
                self.probed = True
                sight, touched, taken = await try_errors(
                    self.shop, self.shop.observer, self.filler, uses, touched, sight
                )
                if taken:
                    await self.record.write(draft, self._what(draft), sight, effect=("the shop went on",))
                    return sight, draft.intent
                before, draft.fields = sight, renewed(draft.fields, sight)
            if not touched:
                touched = {field.index for field in buyer_fields(sight, self.language)}
            ranking = advance(sight, touched, self.language, self.name)
            draft.seen = sight
            draft.ranking = await self.overrides.ranked(StepIntent.FILL_CONTACT, sight, ranking)
            moved, after = await self.onward.advance(draft, draft.ranking, before, sight)
            if moved:
                await self.record.write(draft, self._what(draft), after, effect=(moved,))
                return after, draft.intent
            sight = after
            if errors(sight) or self.filler.wanted(sight):
                if retried:
                    break
                retried = True
                self.filler.again(sight)
                continue
            revealed, sight = await self._revealed(had=bool(ways))
            if not revealed:
                break
        await self._stuck(draft, sight)

    async def _revealed(self, *, had: bool) -> tuple[object, Sight]:
        """What a page shows by itself some time after the address or the delivery was given. ``had``: ways of delivery
        were shown before."""

        def more(now: Sight) -> object:
            ways = delivery_choice(now, self.language)
            return at_payment(now, self.language) or (ways and not had) or self.filler.wanted(now) or None

        return await self.shop.until(more, REVEAL_SECONDS, patience=2.0)

    async def _stuck(self, draft: Draft, sight: Sight) -> NoReturn:
        country = self.filler.answers.identity.country if self.addressed else None
        blocker, why = why_stuck(draft, sight, self.shop, country, self.language, nowhere=self.filler.nowhere)
        check_wall(self.shop, sight, draft.intent)
        if blocker is Blocker.NO_DELIVERY:
            draft.intent = StepIntent.CHOOSE_DELIVERY
        await self.record.write(draft, why, sight, confirmed=False)
        how: Literal["forbidden", "stuck"] = "forbidden" if blocker is Blocker.INTERLOCK else "stuck"
        raise Ended(stalled(blocker, sight, self.shop), draft.intent, why, how=how)

    async def _arrive(self, sight: Sight, signs: tuple[str, ...]) -> Sight:
        """Fill in what the page still asks for, send nothing, and stop."""
        draft = self.record.begin(StepIntent.REACH_PAYMENT, sight)
        if self.filler.wanted(sight):
            self.one_page = True
            uses, touched, sight = await self.filler.fill(sight)
            draft.fields, self.typed = uses, self.typed or bool(touched)
            if asks_address(uses) and not delivery_choice(sight, self.language):
                _revealed, sight = await self._offered()
            if delivery_choice(sight, self.language):
                await choose_delivery(self.shop, draft, sight, self.language)
            await self.shop.settle(0.3, 8.0)
        await self.shop.interlock.enter(Phase.PAYMENT_SEEN)
        sight = await self.shop.look()
        await self.record.write(
            draft, "Reached the payment step; nothing was chosen and nothing sent", sight, effect=signs
        )
        if self.guest.offered == "unknown":
            self.guest.offered = "only-way"
        return sight

    async def _offered(self) -> tuple[object, Sight]:
        return await self.shop.until(
            lambda now: delivery_choice(now, self.language) or None, REVEAL_SECONDS, patience=2.0
        )

    def _what(self, draft: Draft) -> str:
        filled = sum(1 for use in draft.fields if use.action == "filled")
        chosen = sum(1 for use in draft.fields if use.action == "chosen")
        pressed = next(
            (one.did for one in reversed(draft.attempts) if one.outcome == "confirmed" and one.candidate), ""
        )
        return f"Filled in {filled} fields and chose {chosen}" + (
            f"; {pressed[:1].lower()}{pressed[1:]}" if pressed else ""
        )


def _layers_of_fields(sight: Sight, language: str | None) -> frozenset[int]:
    """Layers that hold the checkout itself."""
    fields = {field.layer for field in buyer_fields(sight, language) if field.layer is not None}
    return frozenset(fields | {field.layer for field in delivery_choice(sight, language) if field.layer is not None})
