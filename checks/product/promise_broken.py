"""PDP-014."""

from decimal import Decimal, InvalidOperation

from auditor.api import (
    Certainty,
    JourneyEvidence,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    StepIntent,
    _,
    check,
)
from auditor.lexicon import parse_price, sign_may_mean
from auditor.reading.checkout_cart import chosen_line
from auditor.reading.checkout_steps import need, noted, place
from auditor.reading.prices import TAX_RATES

TOLERANCE, TAX_TOLERANCE, CENT = Decimal("0.01"), Decimal("0.001"), Decimal("0.01")
TENS = (Decimal(1), Decimal(10), Decimal("0.1"))


@check(
    id="product/promise-broken",
    row="PDP-014",
    severity=Severity.SERIOUS,
    title=_("Product page, data and cart name different prices"),
    why=_("The price that search results, page and cart show is a promise; a higher one in the cart breaks it."),
    fix=_("Take the price on the page, in its structured data and in the cart from one source."),
    found=_("The page says {page}, the cart {cart}"),
    found_as={"data": _("The page says {page}, its data {data}"), "dearer": _("The page says {page}, the cart {cart}")},
    source="https://developers.google.com/search/docs/appearance/structured-data/merchant-listing",
)
def promise_broken(journey: JourneyEvidence) -> Judgement:
    at = need(journey, StepIntent.OPEN_CART)
    facts = noted(journey)
    page = parse_price(journey.product_price, journey.language)
    line = chosen_line(facts.cart.lines, journey) if facts.cart else None
    amounts = [money for one in (line.amounts if line else ()) if (money := parse_price(one, journey.language))]
    if page is None or page.amount <= 0 or not amounts:
        raise NotRecorded("the price of the page or of the cart's line could not be read")
    data = _number(facts.product.price) if facts.product else None
    currency = facts.product.currency if facts.product else ""
    foreign = currency and page.currency and not sign_may_mean(page.currency, currency)
    values = {"page": journey.product_price, "cart": line.amounts[0] if line else "", "data": str(data or "")}
    yield Measure(value=float(min(abs(one.amount - page.amount) for one in amounts) / page.amount), unit="share")
    agreed = any(_same(page.amount, one.amount) for one in amounts)
    # A variant may cost more than what the page showed first.
    chosen = facts.variants or place(journey, StepIntent.CHOOSE_VARIANT) is not None
    if not agreed:
        sure = not chosen or (data is not None and _same(page.amount, data))
        dearer = min(one.amount for one in amounts) > page.amount
        yield Problem(
            step=at,
            values=values,
            middle=not dearer,
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator="dearer" if dearer else "cart",
        )
    elif data and not foreign and not _same(page.amount, data):
        yield Problem(step=0, values=values, middle=True, discriminator="data")


def _same(one: Decimal, other: Decimal) -> bool:
    """Toman and rial differ by ten, and tax may be left out on one side."""
    taxed = [1 + Decimal(rate) / 100 for rate in TAX_RATES]
    return any(
        abs(one * factor - other) <= max(other * (TOLERANCE if factor in TENS else TAX_TOLERANCE), CENT)
        for factor in (*TENS, *taxed, *(1 / factor for factor in taxed))
    )


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return found if found > 0 else None
