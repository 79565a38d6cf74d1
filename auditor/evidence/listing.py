"""What a journey saw of product lists: their products, filters, orders, and what came back with Back."""

from typing import Literal

from auditor.evidence.frozen import Frozen


class ListedProduct(Frozen):
    """A card of a list. ``key`` is the page key of where it leads; ``prices`` the amounts shown that are not struck."""

    key: str
    name: str
    prices: tuple[str, ...] = ()
    sponsored: bool = False


class FilterTry(Frozen):
    """One value of a facet that was applied.

    ``promised``: the count printed beside it. ``total_before`` and ``total_after``: the printed size of the list, None
    where none is printed; ``before`` and ``after``: page keys of the first page's products, in order. ``marked``: the
    page shows which filter is on. ``kept``: loading the address again gives the same list; None where that was not
    tried.
    """

    facet: str = ""
    value: str
    promised: int | None = None
    total_before: int | None = None
    total_after: int | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ended: Literal["applied", "no-effect", "empty", "error", "refused"]
    marked: bool | None = None
    kept: bool | None = None
    waited_ms: int = 0
    note: str = ""
    step: int | None = None


class SortTry(Frozen):
    """One order that was chosen. ``up`` is None where the label does not tell the direction; ``products`` as listed
    afterwards. ``changed``: the list or its address became another."""

    label: str
    up: bool | None = None
    ended: Literal["sorted", "no-effect", "error", "refused"]
    changed: bool = True
    products: tuple[ListedProduct, ...] = ()
    step: int | None = None


class BackTry(Frozen):
    """Back from a product that was opened from the list.

    ``filtered``: a filter was on before. ``list_back``: the same products in the same order are listed again;
    ``filter_back``: the filter is on again, None where none was on. ``scrolled`` and ``offset``: how far the list was
    scrolled before, and how far the product is from the view afterwards, in viewports; 0 is in view, None: not there.
    ``cacheable``: a shopper's browser may have kept the page as it was (ours never does); None when not known.
    """

    product: str
    filtered: bool = False
    list_back: bool | None = None
    filter_back: bool | None = None
    scrolled: float = 0.0
    offset: float | None = None
    cacheable: bool | None = None
    step: int | None = None


class OverlayTry(Frozen):
    """A layer that was opened over the list (a menu, a drawer with filters), and Back. ``left_page``: Back left the
    page; ``closed``: the layer is gone and the page is still there."""

    name: str
    covers: float
    closed: bool
    left_page: bool
    step: int | None = None


class ListingTries(Frozen):
    """What was tried on one product list.

    ``total`` is its printed size, ``shown`` the number of cards on its first page. ``facets`` counts values that could
    be chosen; ``orders`` are the labels of the orders offered; ``words_of_sorting``: the page speaks of sorting.
    """

    url: str
    name: str = ""
    total: int | None = None
    shown: int = 0
    more_pages: bool | None = None
    facets: int = 0
    orders: tuple[str, ...] = ()
    words_of_sorting: bool = False
    filters: tuple[FilterTry, ...] = ()
    sorts: tuple[SortTry, ...] = ()
    backs: tuple[BackTry, ...] = ()
    overlay: OverlayTry | None = None
