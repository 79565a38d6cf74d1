"""What gets in a shopper's way: consent dialogs, newsletter layers, region and age gates, walls against robots."""

from collections.abc import Callable
from functools import partial

from playwright.async_api import Error as PlaywrightError

from auditor.browser.consent import dialog_open, settle_consent
from auditor.browser.endings import Loaded, judge_ending
from auditor.browser.interlock import Vetoed
from auditor.browser.isolated_world import ScriptFailed
from auditor.browser.journey.ending import Ended, tripped
from auditor.browser.journey.record import Draft, Record
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.page_log import frames_in
from auditor.evidence import Consent
from auditor.evidence import Ended as VisitEnded
from auditor.evidence.journey import Blocker, StepIntent
from auditor.evidence.sight import Layer, Sight
from auditor.journey_ranking import rank
from auditor.journey_ranking.standing import shows_captcha

BLOCKS = 0.3
"""Share of the viewport from which a layer is in the way, unless it calls itself modal."""
MOST_LAYERS = 4
VEIL_SECONDS = 4.0
_AT = """([x, y]) => {
  let found = document.elementFromPoint(x, y);
  while (found && found.shadowRoot && found.shadowRoot.elementFromPoint(x, y)) {
    const inner = found.shadowRoot.elementFromPoint(x, y);
    if (inner === found) break;
    found = inner;
  }
  return found && (found.closest("button, a, input, label, [role=button]") || found);
}"""


async def answer_consent(shop: ShopTab) -> Consent | None:
    """As the operator wishes; None when the page could not be asked. Where the visits met no dialog, one that is open
    now is answered, and none is waited for."""
    try:
        if shop.session.met_no_dialog(shop.profile.device) and not await dialog_open(await shop.world()):
            return Consent(dialog_seen=False, choice="none", by="none")
        tree = frames_in((await shop.cdp.send("Page.getFrameTree"))["frameTree"])
        wish = shop.session.shop.consent
        return await settle_consent(shop.cdp, await shop.world(), shop.log, tree, wish, press=partial(_press_at, shop))
    except (PlaywrightError, ScriptFailed):
        if shop.tab.is_closed():
            raise
        return None


async def _press_at(shop: ShopTab, x: float, y: float) -> bool:
    """Press a place of the page as any other control: not before the interlock was asked about what lies there."""
    found = await shop.tab.evaluate_handle(_AT, [x, y])
    element = found.as_element()
    if element is None:
        return False
    try:
        async with shop.interlock.pressing(element):
            await shop.tab.mouse.click(x, y)
            await shop.traffic.quiet(0.05, 1.0)
    except Vetoed:
        return False
    return True


def check_wall(shop: ShopTab, sight: Sight, at: StepIntent) -> None:
    """:raises Ended: when what is shown is no page of the shop but a wall or an error."""
    if shop.interlock.trip is not None:
        raise tripped(shop.interlock.trip, at)
    status = shop.traffic.status
    if shop.traffic.failure and not sight.controls:
        raise Ended(Blocker.HTTP_ERROR, at, f"The page could not be had ({shop.traffic.failure}).")
    load = Loaded(
        wanted_url=sight.url,
        final_url=sight.url,
        status=status,
        title=sight.title,
        text=sight.text,
        links=len(sight.controls),
    )
    ended, note = judge_ending(load)
    if ended is VisitEnded.BLOCKED:
        raise Ended(Blocker.BOT_WALL, at, note or "The shop lets no robots in.")
    if ended is VisitEnded.HTTP_ERROR or (status is not None and status >= 500):
        raise Ended(Blocker.HTTP_ERROR, at, note or f"The shop answered {status}.")
    if shows_captcha(sight):
        raise Ended(Blocker.CAPTCHA, at, "The page asks to solve a captcha; none is solved.")


async def clear_layers(
    shop: ShopTab, record: Record, sight: Sight, *, wanted: frozenset[int] = frozenset()
) -> tuple[Sight, int]:
    """Close what lies over the page, with what closes it, else Escape. ``wanted``: places of layers that stay.

    A veil without a control, as shops draw it while they are busy, is given time to lift by itself.
    Returns the page without them and how many are gone.
    """
    closed, asked = 0, shop.covered
    # While a layer is closed, what lies over its own button is not closed in turn.
    shop.covered = None
    for _layer in range(MOST_LAYERS):
        at = next((n for n, layer in enumerate(sight.layers) if _in_the_way(layer) and n not in wanted), None)
        if at is None:
            break
        before, layer = sight, sight.layers[at]
        if not any(control.layer == at for control in sight.controls):
            lifted, sight = await shop.until(_lifted(layer), VEIL_SECONDS)
            if lifted:
                closed += 1
                continue
        draft = record.begin(StepIntent.CLOSE_LAYER, sight)
        draft.ranking = tuple(
            one for one in rank(StepIntent.CLOSE_LAYER, sight) if _control_layer(before, one.index) == at
        )
        gone = await _close(shop, record, draft, layer)
        sight = await shop.look()
        await record.write(
            draft,
            "Closed a layer that lay over the page" if gone else "A layer stays over the page",
            sight,
            confirmed=gone,
        )
        if not gone:
            break
        closed += 1
    shop.covered = asked
    return sight, closed


async def _close(shop: ShopTab, record: Record, draft: Draft, layer: Layer) -> bool:
    gone = partial(_gone, layer)
    for candidate in draft.ranking[:2]:
        try:
            done, _ = await shop.press(candidate, lambda sight: gone(sight) or None, 3.0)
        except Vetoed as veto:
            draft.tried(f"Press “{candidate.name}”", "refused", candidate=candidate, note=str(veto))
            continue
        draft.tried(f"Press “{candidate.name}”", "confirmed" if done else "no-effect", candidate=candidate)
        if done:
            return True
    await shop.tab.keyboard.press("Escape")
    done, _ = await shop.until(lambda sight: gone(sight) or None, 1.0, patience=0.6)
    draft.tried("Press Escape", "confirmed" if done else "no-effect")
    return bool(done) or await _agree(shop, draft, gone)


async def _agree(shop: ShopTab, draft: Draft, gone: Callable[[Sight], bool]) -> bool:
    """A gate for region or age that offers no way round it: its most prominent button."""
    sight = await shop.look()
    at = next((n for n, layer in enumerate(sight.layers) if _in_the_way(layer)), None)
    buttons = [
        one for one in sight.controls
        if one.layer == at and one.visible and not one.disabled and one.box and not (one.tag == "a" and one.target)
    ]  # fmt: skip
    for button in sorted(buttons, key=lambda one: (-one.contrast, -(one.box.area if one.box else 0.0)))[:2]:
        did = f"Press “{button.name}”, the most prominent button of a gate"
        try:
            done, _ = await shop.press(button, lambda now: gone(now) or None, 3.0)
        except Vetoed as veto:
            draft.tried(did, "refused", note=str(veto))
            continue
        draft.tried(did, "confirmed" if done else "no-effect")
        if done:
            return True
    return False


def _lifted(layer: Layer) -> Callable[[Sight], bool | None]:
    return lambda sight: _gone(layer, sight) or None


def _gone(layer: Layer, sight: Sight) -> bool:
    return all(other.selector != layer.selector or other.text != layer.text for other in sight.layers)


def _in_the_way(layer: Layer) -> bool:
    return layer.covers >= BLOCKS or (layer.modal and layer.covers >= 0.05)


def _control_layer(sight: Sight, index: int) -> int | None:
    return next((control.layer for control in sight.controls if control.index == index), None)
