"""DRK-003."""

from auditor.api import (
    Certainty,
    Device,
    Judgement,
    Measure,
    NotRecorded,
    PageEvidence,
    Problem,
    Severity,
    ShopEvidence,
    Template,
    _,
    check,
)
from auditor.reading.pressure import pieces_left
from auditor.reading.visits import language_of, loaded

MANY_SHARE = 0.5
"""Last pieces on more than half of the products are a habit of the shop, not of its stock (row DRK-003)."""

FEWEST = 4
SECONDS = 60
"""Visits further apart may differ by what was sold."""


@check(
    id="dark-patterns/stock-unstable",
    row="DRK-003",
    severity=Severity.SERIOUS,
    title=_("Pattern seen: the number of pieces left is hard to believe"),
    why=_("A scarcity that is made up takes away the time to think, and the trust of whoever notices."),
    fix=_("Show the number of pieces from the stock system only, the same for all, or show none."),
    found=_("{low} of {total} products say that few are left, such as “{sentence}”"),
    found_as={"differs": _("{one} pieces were left on the phone and {other} on the desktop, {seconds} s apart")},
    source="https://doi.org/10.1145/3359183",
    scored=False,
)
def stock_unstable(shop: ShopEvidence, *, many: float = MANY_SHARE) -> Judgement:
    visits = [visit for visit in loaded(shop, Template.PRODUCT) if visit.layout]
    if not visits:
        raise NotRecorded("no product page's texts were recorded")
    left = {id(visit): pieces_left(visit, language_of(visit, shop)) for visit in visits}
    by_key: dict[str, dict[Device, PageEvidence]] = {}
    for visit in visits:
        by_key.setdefault(visit.page.key, {})[visit.visit.device] = visit
    low = [visit for visit in visits if left[id(visit)]]
    keys = {visit.page.key for visit in low}
    yield Measure(value=len(keys), unit="products", of=len(by_key))
    for key, seen in by_key.items():
        told = [(left[id(visit)], visit) for visit in seen.values()]
        if len(told) == 2 and told[0][0] and told[1][0] and told[0][0][0] != told[1][0][0]:
            apart = abs((told[0][1].visit.started_at - told[1][1].visit.started_at).total_seconds())
            pieces = {visit.visit.device: found[0] for found, visit in told if found}
            values = {
                "one": pieces[Device.MOBILE], "other": pieces[Device.DESKTOP], "seconds": round(apart),
                "low": len(keys), "total": len(by_key), "sentence": told[0][0][1].text,
            }  # fmt: skip
            # One piece less may have been sold meanwhile.
            sure = apart <= SECONDS and abs(pieces[Device.MOBILE] - pieces[Device.DESKTOP]) > 1
            yield Problem(
                selector=told[0][0][1].selector,
                values=values,
                certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
                page_key=key,
                discriminator="differs",
            )
    if len(by_key) >= FEWEST and len(keys) > many * len(by_key):
        first = left[id(low[0])]
        assert first
        yield Problem(
            selector=first[1].selector,
            values={
                "low": len(keys),
                "total": len(by_key),
                "sentence": first[1].text,
                "one": 0,
                "other": 0,
                "seconds": 0,
            },
            certainty=Certainty.NEEDS_REVIEW if len(keys) < len(by_key) else Certainty.CERTAIN,
            page_key=low[0].page.key,
            discriminator="everywhere",
        )
