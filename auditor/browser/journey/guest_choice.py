"""Going on without an account, and the walls where a shop does not let one."""

from typing import Literal

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.ending import Ended
from auditor.browser.journey.form_filling import FormFiller
from auditor.browser.journey.onward import Onward
from auditor.browser.journey.overrides import Overrides
from auditor.browser.journey.record import Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.stalling import said, stalled
from auditor.evidence.journey import Blocker, FieldUse, StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking import advance, rank
from auditor.journey_ranking.checkout_state import Guest, asks_code, at_payment, errors, guest_way, login_form
from auditor.journey_ranking.standing import buyer_fields, has_password


class GuestChoice:
    """``offered`` says whether a guest may buy, ``typed`` whether anything was filled in for it."""

    def __init__(
        self,
        shop: ShopTab,
        record: Record,
        filler: FormFiller,
        overrides: Overrides,
        language: str | None,
        platform: str | None,
    ) -> None:
        self.shop, self.record, self.filler, self.overrides = shop, record, filler, overrides
        self.language, self.name = language, platform
        self.onward = Onward(shop, language)
        self.offered: Literal["offered", "only-way", "not-offered", "unknown"] = "unknown"
        self.typed = False

    def way(self, sight: Sight) -> Guest | None:
        """A way on as guest, where log-in or registration is offered too and no address is asked for yet."""
        if len(buyer_fields(sight, self.language)) > 4:
            return None
        way = guest_way(sight, self.language, self.name)
        if way is None or (way.radio is not None and way.radio.filled and self.offered == "offered"):
            return None
        return way if has_password(sight) or way.control is not None or not self.filler.wanted(sight) else None

    def check_account(self, sight: Sight) -> None:
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
            self.offered = "not-offered"
            raise Ended(
                Blocker.LOGIN_WALL,
                StepIntent.CHOOSE_GUEST,
                "The shop sells to those with an account only: it asks for a password and offers no way on as guest.",
            )

    async def go_on(self, sight: Sight, way: Guest) -> Sight:
        self.offered = "offered"
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
        ranking = await self.overrides.ranked(StepIntent.CHOOSE_GUEST, sight, ranking)
        draft.ranking = ranking
        moved, sight = await self.onward.advance(draft, ranking, before, sight)
        if not moved:
            why = f"The choice of a guest led nowhere{said(sight)}."
            await self.record.write(draft, why, sight, confirmed=False)
            raise Ended(
                stalled(Blocker.FORM_GATE if errors(sight) else Blocker.DEAD_END, sight, self.shop),
                StepIntent.CHOOSE_GUEST,
                why,
            )
        await self.record.write(draft, "Chose to go on as a guest", sight, effect=(moved,))
        return sight
