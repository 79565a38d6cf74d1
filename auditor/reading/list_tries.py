"""What trying a product list's filters and orders showed."""

from auditor.check import NotRecorded
from auditor.evidence import FilterTry, JourneyEvidence, ListingTries, SortTry
from auditor.reading.list_orders import in_order, lowest_prices


def listing_of(journey: JourneyEvidence) -> ListingTries:
    """:raises NotRecorded: when no list was reached."""
    if journey.listing is None:
        raise NotRecorded(journey.note or "no product list was reached")
    return journey.listing


def lacks(one: FilterTry) -> tuple[str, ...]:
    """What a filter fails to do, of three things: narrow the list, be shown, stay in the address."""
    found = []
    if not _narrows(one):
        found.append("narrow")
    if one.marked is False:
        found.append("shown")
    if one.kept is False:
        found.append("address")
    return tuple(found)


def _narrows(one: FilterTry) -> bool:
    """To a part that is not empty. A value that the whole list has changes nothing, and rightly so."""
    size = one.total_before if one.total_before is not None else len(one.before)
    if one.promised is not None and one.promised >= size and one.ended in ("applied", "no-effect"):
        return True
    if one.ended != "applied" or not one.after:
        return False
    if one.total_before is not None and one.total_after is not None and one.total_before != one.total_after:
        return one.total_after < one.total_before
    return one.after != one.before


def order_share(one: SortTry, language: str | None) -> tuple[float, int]:
    """The share of neighbours in order, and how many pairs there were."""
    prices = lowest_prices(one.products, language)
    return in_order(prices, one.up), max(0, len(prices) - 1)
