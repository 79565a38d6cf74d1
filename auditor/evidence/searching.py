"""What a journey saw of the shop's search."""

from typing import Literal

from auditor.evidence.frozen import Frozen
from auditor.evidence.listing import ListedProduct

QueryKind = Literal["exact-title", "short-title", "sku", "clean", "typo", "folded", "nonsense"]


class SearchTry(Frozen):
    """One query and its answer.

    ``stands_for``: the page key of the product that it names, or the clean query that it is a spelling of. ``way``: how
    the spelling differs ("swap", "arabic-letters"). ``ended``: ``unclear`` when neither products nor a sentence that
    there are none were seen. ``results``: the first 24; ``total`` as printed. ``says_nothing``: the sentence that
    nothing was found. ``offers``: ways on in the main part of the page. ``query_kept``: the query stands in a search
    field of the answer; None when the answer is a product's page or has no search field.
    """

    kind: QueryKind
    query: str
    stands_for: str = ""
    way: str = ""
    ended: Literal["results", "nothing", "product-page", "unclear", "error", "not-sent"]
    reached: str = ""
    results: tuple[ListedProduct, ...] = ()
    total: int | None = None
    says_nothing: str = ""
    offers: tuple[str, ...] = ()
    did_you_mean: str = ""
    query_kept: bool | None = None
    waited_ms: int = 0
    note: str = ""
    step: int | None = None


class SuggestTry(Frozen):
    """Typing the first letters of a word, key by key. ``after_ms``: from the last key until suggestions were seen, None
    when none came within ``watched_ms``. ``shown``: their texts; ``fitting`` counts those that hold what was typed."""

    typed: str
    after_ms: int | None = None
    watched_ms: int = 0
    shown: tuple[str, ...] = ()
    fitting: int = 0
    step: int | None = None


class SearchBox(Frozen):
    """The shop's search field. ``products``: how many product pages discovery knows, all of them where ``whole_shop``.

    ``planned``: the kinds of queries that could be made; those that are missing from it had nothing to be made of.
    ``left_to_others``: those that were asked on another device only, since the same search answers both.
    ``opened_by``: the button that had to be pressed first, "" where the field was in view. ``found_on``: the key of
    the page that has the field, where the home page has none; else "".
    """

    products: int = 0
    whole_shop: bool = False
    planned: tuple[QueryKind, ...] = ()
    left_to_others: tuple[QueryKind, ...] = ()
    field: str = ""
    opened_by: str = ""
    found_on: str = ""
    suggestions: tuple[SuggestTry, ...] = ()
