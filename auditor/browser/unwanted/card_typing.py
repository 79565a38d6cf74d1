"""Types a test card number, which no bank accepts, and says how a script would spell it when it carries it away."""

import asyncio
import base64
import contextlib
from urllib.parse import quote

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as Tab

from auditor.browser.unwanted.recorder import UnwantedRecorder
from auditor.evidence import CardField

CARD = "4111111111111111"
"""The test number that every payment provider refuses in earnest."""

AFTER_VIRTUAL_S = 5.0
TYPE_SECONDS = 8.0
_BESIDE = {
    "input[autocomplete=cc-name], input[name*=cardholder i]": "Test Shopper",
    "input[autocomplete=cc-exp], input[name*=expir i]": "12/30",
    "input[autocomplete=cc-exp-month]": "12",
    "input[autocomplete=cc-exp-year]": "30",
    "input[autocomplete=cc-csc], input[name*=cvc i], input[name*=cvv i]": "123",
}


def spellings(number: str = CARD) -> tuple[str, ...]:
    """The number plain, in groups, reversed, in hexadecimal and in base64 wherever it stands in a text."""
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    found = [number, number[::-1], grouped, quote(grouped), grouped.replace(" ", "+"), grouped.replace(" ", "-")]
    found += [number.encode().hex(), number.encode().hex().upper()]
    for before in range(3):
        # Of base64 only the groups of four that hold nothing but the number are the same in every text.
        code = base64.b64encode(b"\0" * before + number.encode()).decode()
        found.append(code[4 if before else 0 : (before + len(number)) // 3 * 4])
    return tuple(dict.fromkeys(found))


async def type_card(
    tab: Tab, recorder: UnwantedRecorder, cards: tuple[CardField, ...], *, virtual: bool
) -> tuple[CardField, ...]:
    """Type into each card field, empty it again, and never submit. Nothing leaves for others meanwhile.

    Nor are the page's scripts told that the form is sent, for which some skimmers wait: what the shop's own do then,
    over a socket that is open already for example, cannot be stopped for certain.
    """
    recorder.log.card = spellings()
    recorder.log.moment = "typing"
    typed = []
    for card in cards:
        field = tab.locator(card.selector).first
        try:
            async with asyncio.timeout(TYPE_SECONDS):
                await _type_beside(tab)
                await field.focus(timeout=1500)
                await tab.keyboard.type(CARD)
                await field.blur(timeout=1500)
                if virtual:
                    await recorder.calls.wait_virtually(AFTER_VIRTUAL_S)
                await asyncio.sleep(0.2)
                await field.fill("", timeout=1500)
                await _type_beside(tab, empty=True)
            typed.append(card.model_copy(update={"typed": True}))
        except (PlaywrightError, TimeoutError):
            typed.append(card)
    return tuple(typed)


async def _type_beside(tab: Tab, *, empty: bool = False) -> None:
    """Fill the fields that go with a card number: a skimmer may wait until all of them hold something."""
    for selector, value in _BESIDE.items():
        with contextlib.suppress(PlaywrightError):
            found = tab.locator(selector).first
            if await found.count():
                await found.fill("" if empty else value, timeout=500)
