"""Filling in a form as a guest does: the country first, then field by field."""

from collections.abc import Sequence
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.guest_answers import GuestAnswers, OptionT, first_real, is_chosen
from auditor.browser.journey.lists import choose, complete
from auditor.browser.journey.shop_tab import Gone, ShopTab
from auditor.browser.journey.tab_view import Listed
from auditor.evidence import Field
from auditor.evidence.journey import FieldUse
from auditor.evidence.sight import FieldSeen, Sight
from auditor.fields import FieldMeaning, Typed, type_fields
from auditor.journey_ranking.checkout_state import login_form

_M = FieldMeaning
NEVER = frozenset({
    _M.PASSWORD, _M.OTP, _M.COUPON, _M.LOYALTY_NUMBER, _M.SEARCH, _M.QUANTITY, _M.NEWSLETTER_EMAIL,
    _M.NEWSLETTER_CONSENT,
    _M.TERMS_CONSENT, _M.CREATE_ACCOUNT, _M.CARD_NUMBER, _M.CARD_EXPIRY, _M.CARD_CVC, _M.CARD_NAME, _M.BANK_ACCOUNT,
    _M.PAYMENT_METHOD, _M.DELIVERY_METHOD, _M.DELIVERY_DATE, _M.NOTE, _M.GIFT_MESSAGE, _M.SAME_ADDRESS,
    _M.ADDRESS_LINE2,
    _M.COMPANY, _M.MIDDLE_NAME, _M.TAX_ID, _M.FLAT,
})  # fmt: skip
"""Left alone unless the page requires them; passwords, cards, terms and the like are left alone always."""
FORBIDDEN = frozenset({
    _M.PASSWORD, _M.OTP, _M.CARD_NUMBER, _M.CARD_EXPIRY, _M.CARD_CVC, _M.CARD_NAME, _M.BANK_ACCOUNT, _M.TERMS_CONSENT,
    _M.PAYMENT_METHOD, _M.CREATE_ACCOUNT, _M.NEWSLETTER_CONSENT, _M.NEWSLETTER_EMAIL, _M.COUPON, _M.SEARCH, _M.QUANTITY,
})  # fmt: skip
LISTED = frozenset({_M.COUNTRY, _M.REGION, _M.CITY, _M.DISTRICT})
"""What is chosen from the suggestions of a field; in others the text that was typed stays."""
ROUNDS = 5
CONTACT = frozenset({_M.EMAIL, _M.PHONE, _M.USERNAME, _M.FULL_NAME, _M.FIRST_NAME, _M.LAST_NAME})


class FormFiller:
    """Fills in what a page asks a guest for. ``nowhere``: a list of countries had nothing to choose."""

    def __init__(self, shop: ShopTab, market: str | None, language: str | None) -> None:
        self.shop, self.language = shop, language
        self.answers = GuestAnswers(market, language)
        self.done: set[tuple[str, str, str]] = set()
        self.nowhere = False
        self.refused: dict[tuple[str, str, str], int] = {}

    def typed(self, sight: Sight) -> list[tuple[FieldSeen, Typed]]:
        """The visible fields outside header, footer and log-in forms, with what they ask for."""
        logins = login_form(sight)
        fields = [field for field in sight.fields if field.type not in ("file",)]
        found = zip(
            fields,
            type_fields([_as_field(field) for field in fields], language=sight.language or self.language),
            strict=True,
        )
        return [
            (field, typed) for field, typed in found
            if field.shown and not field.disabled and field.region not in ("header", "nav", "footer")
            and not (field.form in logins and field.form is not None and _is_login(field.form, sight))
        ]  # fmt: skip

    def wanted(self, sight: Sight) -> list[tuple[FieldSeen, Typed]]:
        """Those that are still to be filled in."""
        return [
            (field, typed)
            for field, typed in self.typed(sight)
            if self._wants(field, typed) and _key(field) not in self.done
        ]

    def _wants(self, field: FieldSeen, typed: Typed) -> bool:
        if typed.meaning in FORBIDDEN or field.type in ("radio", "checkbox"):
            return False
        if typed.meaning is _M.COUNTRY:
            return True
        a_list = field.tag == "select" or field.opens == "list"
        if field.filled and not a_list and not self.refused.get(_key(field)):
            return False
        if a_list and is_chosen(field) and typed.meaning is not _M.REGION:
            return False
        if typed.meaning in NEVER or typed.meaning is _M.UNKNOWN:
            return field.required
        return True

    async def fill(self, sight: Sight) -> tuple[list[FieldUse], set[int], Sight]:
        """Fill in everything; returns what was done, the fields touched, and the page afterwards."""
        uses: dict[tuple[str, str, str], FieldUse] = {}
        touched: set[int] = set()
        for _round in range(ROUNDS):
            wanted = self.wanted(sight)
            country = [one for one in wanted if one[1].meaning is _M.COUNTRY]
            # What a country asks for is known only after it was chosen.
            batch = country or wanted
            if not batch:
                break
            for field, typed in batch:
                try:
                    uses[_key(field)] = await self._one(field, typed)
                except Gone:
                    continue
                self.done.add(_key(field))
                touched.add(field.index)
            await self.shop.settle(0.15, 5.0)
            sight = await self.shop.look()
        for field, typed in self.typed(sight):
            action: Any = "prefilled" if field.filled else "left"
            uses.setdefault(
                _key(field),
                FieldUse(field=field, meaning=typed.meaning.value, why="; ".join(typed.because[:2]), action=action),
            )
        if self.shop.observer is not None and uses:
            self.shop.observer.who = self.answers.identity
            await self.shop.observer.form(sight)
        return list(uses.values()), touched, sight

    def again(self, sight: Sight) -> None:
        """Fields that the page complains about, or emptied, may be filled in once more."""
        for field in sight.fields:
            if field.invalid:
                self.refused[_key(field)] = self.refused.get(_key(field), 0) + 1
            if field.invalid or not field.filled:
                self.done.discard(_key(field))

    async def _one(self, field: FieldSeen, typed: Typed) -> FieldUse:
        facts: dict[str, Any] = {"field": field, "meaning": typed.meaning.value, "why": "; ".join(typed.because[:2])}
        try:
            if field.tag == "select" or field.opens == "list":
                return FieldUse(**facts, action="chosen" if await self._choose(field, typed) else "left")
            value = self.answers.value(field, typed, self.refused.get(_key(field), 0))
            if value is None:
                return FieldUse(**facts)
            if field.opens == "suggestions" and typed.meaning in LISTED:
                await complete(self.shop, field, lambda offered: self.answers.option(offered, typed.meaning), value)
            else:
                await self.shop.fill(field, value)
        except Gone:
            raise
        except Vetoed:
            return FieldUse(**facts, action="refused")
        except PlaywrightError:
            if self.shop.tab.is_closed():
                raise
            return FieldUse(**facts)
        return FieldUse(**facts, action="filled", typed=len(value))

    async def _choose(self, field: FieldSeen, typed: Typed) -> bool:
        must = field.required and not is_chosen(field)

        def pick(offered: Sequence[OptionT]) -> OptionT | None:
            self.nowhere |= typed.meaning is _M.COUNTRY and first_real(offered) is None
            return self.answers.option(offered, typed.meaning)

        if field.tag == "select":
            able = [one for one in field.options if not one.disabled and one.value.strip()]
            option = pick(able) or (able[0] if able and must else None)
            if option is not None:
                await self.shop.select(field, option.value)
            return option is not None

        def rest(offered: Sequence[Listed]) -> Listed | None:
            # What a shopper has to answer is answered, whatever fits.
            return first_real(offered) if must else None

        return await choose(self.shop, field, pick, rest, self.answers.names(typed)) is not None


def _key(field: FieldSeen) -> tuple[str, str, str]:
    return field.name, field.id, field.selector


def _is_login(form: int, sight: Sight) -> bool:
    """A form with a password and next to nothing else."""
    return sum(
        1 for field in sight.fields if field.form == form and field.shown and field.type not in ("radio", "checkbox")
    ) <= 3 and not any(field.form == form and field.type == "radio" for field in sight.fields)


def _as_field(field: FieldSeen) -> Field:
    return Field(
        selector=field.selector, tag="select" if field.opens == "list" else field.tag,
        type="" if field.tag == "textarea" or field.opens == "list" else field.type, name=field.name, id=field.id,
        autocomplete=field.autocomplete, inputmode=field.inputmode, placeholder=field.placeholder,
        label=field.label, role="",
        required=field.required, disabled=field.disabled, filled=field.filled, font_px=16.0, box=field.box,
        visible=field.shown,
        region=field.region, form=field.form,
    )  # fmt: skip


def asks_address(uses: Sequence[FieldUse]) -> bool:
    return any(use.action in ("filled", "chosen") and use.meaning not in {one.value for one in CONTACT} for use in uses)
