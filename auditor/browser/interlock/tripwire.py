"""Whether an order was placed after all: what pages and analytics say."""

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from auditor.evidence.frozen import Frozen
from auditor.interlock.signs import PURCHASES
from auditor.interlock.spelling import split_words

_READ = """() => ({
  events: [...(Array.isArray(window.dataLayer) ? window.dataLayer : [])].slice(-200).map((pushed) =>
    String(pushed?.event ?? (pushed?.[0] === "event" ? pushed[1] : "") ?? "").slice(0, 80)),
})"""


class Trip(Frozen):
    """A sign that an order was placed. ``address`` has no query."""

    sign: str
    address: str


async def purchase_in(page: Page) -> str | None:
    """The event with which a page tells its data layer of a purchase."""
    try:
        found = await page.evaluate(_READ)
    except PlaywrightError:
        return None
    return next((event for event in found["events"] if split_words(event) in PURCHASES), None)
