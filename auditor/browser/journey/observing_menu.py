"""Opening and closing the menu of a phone, before anything is bought."""

import re
from functools import partial

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.observing import Observer
from auditor.browser.journey.observing_cart import aside
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.tab_view import CannotLook
from auditor.evidence.checkout import MenuProbe
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking.marks import CART, CLOSES, marks_of
from auditor.lexicon import Concept, mentions

CANDIDATES = 3
TOP_PX = 240
SECONDS = 4.0
_OPENS = re.compile(
    r"hamburger|burger|off-?canvas|navbar-toggle|(?:menu|nav|drawer|sidebar)[-_]*\w*(?:toggle|trigger|icon|open|button|btn)"
    r"|(?:toggle|trigger|icon|open|button|btn)[-_]*\w*(?:menu|nav|drawer)|aria-controls=[^ ]*(?:menu|nav)",
    re.IGNORECASE,
)
_ELSE = re.compile(r"account|user|search|filter|facet|lang|currency|wishlist", re.IGNORECASE)


async def try_menu(tab: ShopTab, observer: Observer, sight: Sight) -> Sight:
    """Press what is marked or named as the menu's button, and press it again. The page is loaded again where the menu
    stays open."""
    buttons = [one for one in sight.controls if _opens_menu(one, observer.language)][:CANDIDATES]
    if not buttons:
        observer.missing["menu"] = "no menu button was found"
        return sight
    probe = MenuProbe(step=max(0, observer.step - 1), selector=buttons[0].selector, box=buttons[0].box)
    with aside(tab), observer.paused():
        try:
            probe, sight = await _open_and_close(tab, probe, sight, buttons)
        except (Vetoed, PlaywrightError, CannotLook) as problem:
            if tab.tab.is_closed():
                raise
            observer.missing["menu"] = f"the menu could not be tried: {str(problem).splitlines()[0][:120]}"
            await tab.open(sight.url)
            return await tab.look()
        if probe.opened and probe.closed is not True:
            await tab.open(sight.url)
            sight = await tab.look()
    observer.keep("menu", probe)
    return sight


async def _open_and_close(
    tab: ShopTab, probe: MenuProbe, before: Sight, buttons: list[Control]
) -> tuple[MenuProbe, Sight]:
    tried: list[str] = []
    sight = before
    for button in buttons:
        tried.append((button.name or button.selector)[:60])
        shown, sight = await tab.press(button, partial(_more, before, button.index), SECONDS)
        if not shown:
            continue
        again = _closer(sight, button)
        closed = None
        if again is not None:
            closed, sight = await tab.press(again, partial(_as_before, before), SECONDS)
            if not closed:
                await tab.tab.keyboard.press("Escape")
                closed, sight = await tab.until(partial(_as_before, before), 2.0)
        update = {"tried": tuple(tried), "opened": True, "categories": max(0, shown), "closed": bool(closed)}
        return probe.model_copy(update={**update, "selector": button.selector, "box": button.box}), sight
    return probe.model_copy(update={"tried": tuple(tried)}), sight


def _entries(sight: Sight) -> set[int]:
    """What can be pressed outside the page's own content: links to categories, or buttons that unfold them."""
    return {
        one.index for one in sight.controls if one.visible and one.box and one.region not in ("main", "footer")
    }  # fmt: skip


def _more(before: Sight, index: int, now: Sight) -> int | None:
    """How much more can be pressed; -1 where the button only says that it opened something."""
    told = any(one.index == index and one.attributes.get("aria-expanded") == "true" for one in now.controls)
    return len(_entries(now) - _entries(before)) or (-1 if told else None)


def _as_before(before: Sight, now: Sight) -> bool | None:
    return None if _entries(now) - _entries(before) else True


def _opens_menu(control: Control, language: str | None) -> bool:
    said = marks_of(control)
    if not control.visible or control.disabled or control.box is None or control.box.y > TOP_PX:
        return False
    if control.region in ("main", "footer") or (control.tag == "a" and control.target) or len(control.name) > 40:
        return False
    if CART.search(said) or _ELSE.search(said):
        return False
    named = mentions(control.name, Concept.MENU, language) or mentions(control.name, Concept.CATEGORIES, language)
    return bool(named or _OPENS.search(said))


def _closer(sight: Sight, button: Control) -> Control | None:
    """The button itself, or the cross of what it opened."""
    same = next((one for one in sight.controls if one.index == button.index and one.visible), None)
    cross = next((one for one in sight.controls if one.visible and one.layer is not None and _crosses(one)), None)
    return cross or same


def _crosses(control: Control) -> bool:
    return bool(CLOSES.search(marks_of(control)) or mentions(control.name, Concept.CLOSE, None))
