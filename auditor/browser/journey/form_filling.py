"""Filling in a form as a guest does: the country first, then field by field."""

from collections.abc import Sequence
from typing import Any

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence import Field
from auditor.evidence.journey import FieldUse
from auditor.evidence.sight import FieldSeen, Option, Sight
from auditor.fields import FieldMeaning, Typed, type_fields
from auditor.identity import Identity, countries, identity_for, value_for, values_for
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
CONTACT = frozenset({_M.EMAIL, _M.PHONE, _M.USERNAME, _M.FULL_NAME, _M.FIRST_NAME, _M.LAST_NAME})


class FormFiller:
    """Fills in what a page asks a guest for. ``uses`` says of each field what became of it."""

    def __init__(self, shop: ShopTab, market: str | None, language: str | None) -> None:
        self.shop, self.language = shop, language
        self.identity: Identity = identity_for(market, language)
        self.done: set[tuple[str, str, str]] = set()
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
        if field.filled and field.tag != "select" and not self.refused.get(_key(field)):
            return False
        if field.tag == "select" and _chosen(field) and typed.meaning is not _M.REGION:
            return False
        if typed.meaning in NEVER or typed.meaning is _M.UNKNOWN:
            return field.required
        return True

    async def fill(self, sight: Sight) -> tuple[list[FieldUse], set[int], Sight]:
        """Fill in everything; returns what was done, the fields touched, and the page afterwards."""
        uses: dict[tuple[str, str, str], FieldUse] = {}
        touched: set[int] = set()
        for round_ in range(3):
            wanted = self.wanted(sight)
            country = [one for one in wanted if one[1].meaning is _M.COUNTRY]
            # What a country asks for is known only after it was chosen.
            batch = country if country and round_ == 0 else wanted
            if not batch:
                break
            for field, typed in batch:
                uses[_key(field)] = await self._one(field, typed)
                self.done.add(_key(field))
                touched.add(field.index)
            await self.shop.traffic.quiet(0.15, 5.0)
            sight = await self.shop.look()
        for field, typed in self.typed(sight):
            action: Any = "prefilled" if field.filled else "left"
            uses.setdefault(
                _key(field),
                FieldUse(field=field, meaning=typed.meaning.value, why="; ".join(typed.because[:2]), action=action),
            )
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
        value = self._value(field, typed)
        if value is None:
            return FieldUse(**facts)
        try:
            if field.tag == "select":
                await self.shop.select(field, value)
                return FieldUse(**facts, action="chosen")
            await self.shop.fill(field, value)
        except Vetoed:
            return FieldUse(**facts, action="refused")
        except PlaywrightError:
            if self.shop.tab.is_closed():
                raise
            return FieldUse(**facts)
        return FieldUse(**facts, action="filled", typed=len(value))

    def _value(self, field: FieldSeen, typed: Typed) -> str | None:
        if field.tag == "select":
            return self._option(field, typed)
        # Gateways call the guest's e-mail address a user name; forms to log in are left out before.
        meaning = _M.EMAIL if typed.meaning is _M.USERNAME else typed.meaning
        values = values_for(meaning, self.identity)
        if values:
            return values[min(self.refused.get(_key(field), 0), len(values) - 1)]
        return self.identity.note if field.required and field.type in ("text", "textarea") else None

    def _option(self, field: FieldSeen, typed: Typed) -> str | None:
        """The value of the option to choose; the identity moves where a shop delivers to other countries only."""
        able = [one for one in field.options if not one.disabled and one.value.strip()]
        found = self._fitting(able, typed.meaning)
        if found is None and typed.meaning is _M.COUNTRY and able:
            for code in countries():
                moved = identity_for(code, self.language)
                at = value_for(_M.COUNTRY, moved, options=[one.text for one in able]) or value_for(
                    _M.COUNTRY, moved, options=[one.value for one in able]
                )
                if at is not None:
                    self.identity = moved
                    return self._fitting(able, typed.meaning)
        return found or (able[0].value if able and field.required and not _chosen(field) else None)

    def _fitting(self, able: list[Option], meaning: FieldMeaning) -> str | None:
        if not able:
            return None
        said = value_for(meaning, self.identity, options=[one.text for one in able])
        if said is not None:
            return next(one.value for one in able if one.text == said)
        return value_for(meaning, self.identity, options=[one.value for one in able])


def _key(field: FieldSeen) -> tuple[str, str, str]:
    return field.name, field.id, field.selector


def _chosen(field: FieldSeen) -> bool:
    return any(option.selected and option.value.strip() for option in field.options)


def _is_login(form: int, sight: Sight) -> bool:
    """A form with a password and next to nothing else."""
    return sum(
        1 for field in sight.fields if field.form == form and field.shown and field.type not in ("radio", "checkbox")
    ) <= 3 and not any(field.form == form and field.type == "radio" for field in sight.fields)


def _as_field(field: FieldSeen) -> Field:
    return Field(
        selector=field.selector, tag=field.tag, type="" if field.tag == "textarea" else field.type,
        name=field.name, id=field.id,
        autocomplete=field.autocomplete, inputmode=field.inputmode, placeholder=field.placeholder,
        label=field.label, role="",
        required=field.required, disabled=field.disabled, filled=field.filled, font_px=16.0, box=field.box,
        visible=field.shown,
        region=field.region, form=field.form,
    )  # fmt: skip


def asks_address(uses: Sequence[FieldUse]) -> bool:
    return any(use.action in ("filled", "chosen") and use.meaning not in {one.value for one in CONTACT} for use in uses)
