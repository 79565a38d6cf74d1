"""Pressing something that changes a product list, and waiting until the list is another one."""

from dataclasses import dataclass

from auditor.browser.journey.list_reading import asked, keys, read_list
from auditor.browser.journey.looking_around import LookingAround
from auditor.evidence.journey import Ranked
from auditor.evidence.sight import Sight
from auditor.reading.list_page import Card, Facet, ListPage, products_of, total_of

CHANGE_SECONDS = 8.0
LOOKS = 3


@dataclass(frozen=True)
class Seen:
    """A list page at one moment."""

    sight: Sight
    page: ListPage
    cards: tuple[Card, ...]
    total: int | None

    @property
    def keys(self) -> tuple[str, ...]:
        return keys(self.cards)

    @property
    def size(self) -> int:
        """As printed, else what is shown."""
        return self.total if self.total is not None else len(self.cards)

    def differs(self, other: "Seen") -> bool:
        return self.keys != other.keys or self.total != other.total or self.sight.url != other.sight.url


async def see(around: LookingAround) -> Seen:
    """The list that is open now, once the page is quiet."""
    await around.tab.traffic.quiet(0.15, min(4.0, around.tab.left))
    sight, page = await around.tab.look(), await read_list(around.tab)
    cards = products_of(page, around.language)
    return Seen(sight, page, cards, total_of(page, len(cards)))


async def press(around: LookingAround, index: int, name: str, before: Seen) -> Seen:
    """Press and see what the list is then.

    :raises Vetoed: when the interlock refuses it, or it is gone.
    """
    target = Ranked(index=index, selector="", name=name, tag="", score=1.0)
    await around.tab.press(target, lambda now: _moved(before, now), CHANGE_SECONDS)
    return await settled(around, before)


async def settled(around: LookingAround, before: Seen) -> Seen:
    """The list after something was done: looked at again while it is still the one from before."""
    await around.tab.until(lambda now: _moved(before, now), CHANGE_SECONDS, patience=1.0)
    now = await see(around)
    for _again in range(LOOKS):
        if now.differs(before) and not now.sight.busy:
            break
        await around.tab.traffic.news(0.4)
        now = await see(around)
    return now


async def bring_into_view(around: LookingAround, seen: Seen) -> None:
    """Scroll to the list, so that a step's picture shows it: on a phone it begins below the first screen."""
    if seen.cards:
        await asked(around.tab, f"journeyScrollTo({seen.cards[0].index})")


def _moved(before: Seen, now: Sight) -> bool | None:
    return True if now.url != before.sight.url or now.text != before.sight.text else None


def is_marked(value: Facet, before: Seen, after: Seen) -> bool:
    """Whether the page shows that a filter is on: the value itself, or its name in one more place than before."""
    if any(one.name == value.name and one.on for one in after.page.facets):
        return True
    if any(one.filled and one.label.startswith(value.name) for one in after.sight.fields):
        return True
    return _named(value, after) > _named(value, before)


def _named(value: Facet, seen: Seen) -> int:
    return sum(value.name in line.text for line in seen.page.lines)
