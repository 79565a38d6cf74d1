"""Choosing a variant: the first of each choice that can be had."""

import re
from collections.abc import Awaitable, Collection, Mapping, Sequence
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.record import Draft
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence import Box
from auditor.evidence.sight import Control, FieldSeen, Sight
from auditor.journey_ranking.marks import AWAY, QUANTITY
from auditor.lexicon import Concept, fold, mentions

_SWATCH = re.compile(
    r"swatch|variant|option|size|colou?r|farbe|groesse|rozmiar|kolor|attribute|configurable", re.IGNORECASE
)
_GALLERY = re.compile(r"gallery|thumb|slide|zoom|image-?nav|carousel|tab\b", re.IGNORECASE)
_STEPPER = re.compile(r"^[\W\d]*$")
_PLACE = re.compile(r":nth-of-type\(\d+\)")
_NOTHING = re.compile(r"^\W*$")
REACH_PX = 700
T = TypeVar("T")
MOST_GROUPS = 5


async def choose_variants(
    shop: ShopTab,
    draft: Draft,
    sight: Sight,
    buy: Control | None,
    language: str | None,
    skip: int = 0,
    *,
    wanted: Mapping[str, str] | None = None,
) -> int:
    """Choose in each list, radio group and group of swatches near the buy button that has no choice yet.

    ``skip``: how many of the choices to pass over, when those before them were sold out. ``wanted``: what to choose,
    by the name of the choice. Returns how many were chosen.
    """
    chosen = 0
    wishes = {fold(wish) for wish in (wanted or {}).values()}
    for field in _lists(sight, buy, skip, again=bool(wishes)):
        options = [
            one
            for one in field.options
            if _real(one.value, one.text) and not one.disabled and not _gone(one.text, language)
        ]
        if options:
            option = _wished(options, [one.text for one in options], wishes, skip)
            did = f"Chose “{option.text}” for {field.label or field.name}"
            chosen += await _do(shop.select(field, option.value), draft, did)
    for group in _radios(sight, buy, skip, again=bool(wishes)):
        able = [one for one in group if not one.disabled and not _gone(one.label, language)]
        if able:
            one = _wished(able, [one.label or one.value for one in able], wishes, skip)
            chosen += await _do(shop.tick(one), draft, f"Chose “{one.label or one.value}” for {one.legend or one.name}")
    for swatches in _swatches(sight, buy):
        able_controls = [one for one in swatches if not _gone(one.name, language)]
        if able_controls:
            control = _wished(able_controls, [one.name for one in able_controls], wishes, skip)
            chosen += await _do(
                _press(shop, control), draft, f"Chose “{control.name or control.attributes.get('title', '')}”"
            )
    return chosen


def _wished(able: Sequence[T], names: Sequence[str], wishes: Collection[str], skip: int) -> T:
    at = next((at for at, name in enumerate(names) if fold(name) in wishes), min(skip, len(able) - 1))
    return able[at]


async def _press(shop: ShopTab, control: Control) -> None:
    await shop.press(control, lambda sight: None, 0.3)


async def _do(action: Awaitable[None], draft: Draft, did: str) -> int:
    try:
        await action
    except (Vetoed, PlaywrightError) as problem:
        draft.tried(did, "refused" if isinstance(problem, Vetoed) else "failed", note=str(problem)[:200])
        return 0
    draft.tried(did, "confirmed")
    return 1


def _real(value: str, text: str) -> bool:
    return bool(value.strip()) and value not in ("0", "-1") and not _NOTHING.match(text)


def _gone(text: str, language: str | None) -> bool:
    return mentions(text, Concept.OUT_OF_STOCK, language) is not None


def _near(box: Box | None, buy: Control | None, form: int | None) -> bool:
    if buy is None or buy.box is None or box is None:
        return False
    same = form is not None and form == buy.form
    if form is not None and buy.form is not None and not same and box.bottom > buy.box.y:
        # Another form below the button: a rating, a question, a newsletter.
        return False
    return same or (
        abs(box.y - buy.box.y) < REACH_PX and abs(box.x - buy.box.x) < REACH_PX and box.y <= buy.box.bottom + 100
    )


def _lists(sight: Sight, buy: Control | None, skip: int, *, again: bool) -> list[FieldSeen]:
    found = []
    for field in sight.fields:
        if field.tag != "select" or not field.shown or field.disabled or QUANTITY.search(field.name or field.id):
            continue
        if field.region in ("header", "nav", "footer") or not _near(field.box, buy, field.form):
            continue
        now = next((option for option in field.options if option.selected), None)
        if now is None or not _real(now.value, now.text) or now.disabled or skip or again:
            found.append(field)
    return found[:MOST_GROUPS]


def _radios(sight: Sight, buy: Control | None, skip: int, *, again: bool) -> list[list[FieldSeen]]:
    groups: dict[str, list[FieldSeen]] = {}
    for field in sight.fields:
        if (
            field.type == "radio"
            and field.tag == "input"
            and field.shown
            and field.region not in ("header", "nav", "footer")
            and _near(field.box, buy, field.form)
        ):
            groups.setdefault(field.name, []).append(field)
    return [
        group
        for group in groups.values()
        if len(group) < 60 and (skip or again or not any(one.filled for one in group))
    ][:MOST_GROUPS]


def _swatches(sight: Sight, buy: Control | None) -> list[list[Control]]:
    """Groups of like buttons near the buy button none of which is pressed: by their marks, or two and more with short
    names between the heading and the button."""
    groups: dict[str, list[Control]] = {}
    for control in sight.controls:
        if buy is None or control.index == buy.index or not _may_be_swatch(control, buy):
            continue
        groups.setdefault(f"{_PLACE.sub('', control.selector)}|{control.form}", []).append(control)
    return [
        group for group in groups.values()
        if (len(group) > 1 or _marked(group[0])) and len(group) <= 40 and not any(_pressed(one) for one in group)
    ][:MOST_GROUPS]  # fmt: skip


def _may_be_swatch(control: Control, buy: Control) -> bool:
    box = control.box
    if not control.visible or control.disabled or box is None or (control.tag == "a" and control.target):
        return False
    if (
        control.region in ("header", "nav", "footer", "breadcrumb")
        or box.width > 320
        or box.height > 160
        or not _near(box, buy, control.form)
    ):
        return False
    said = f"{' '.join(f'{name}={value}' for name, value in control.attributes.items())} {control.selector}"
    if QUANTITY.search(said) or _GALLERY.search(said) or AWAY.search(said):
        return False
    plain = 0 < len(control.name) <= 24 and not _STEPPER.match(control.name) and control.type != "submit"
    return _marked(control) or (plain and buy.box is not None and box.y < buy.box.y and control.form == buy.form)


def _marked(control: Control) -> bool:
    marks = " ".join(f"{name}={value}" for name, value in control.attributes.items())
    return control.role in ("radio", "option") or "aria-checked" in control.attributes or bool(_SWATCH.search(marks))


def _pressed(control: Control) -> bool:
    attributes = control.attributes
    said = (attributes.get("aria-checked"), attributes.get("aria-pressed"), attributes.get("aria-selected"))
    return "true" in said or bool(
        re.search(r"(^|[\s_-])(selected|active|checked|current)($|[\s_-])", attributes.get("class", ""))
    )
