"""PDP-001."""

from auditor.api import (
    Certainty,
    Controls,
    Document,
    Images,
    Judgement,
    Problem,
    Severity,
    StructuredData,
    Template,
    Texts,
    _,
    check,
)
from auditor.lexicon import Concept, mentions
from auditor.reading.listing import stated_amounts
from auditor.reading.prices import any_amount, current_prices, has_picture_beside, main_prices, rivals, unshown
from auditor.reading.purchase import buy_button
from auditor.reading.visits import language_read


@check(
    id="product/price-unclear",
    row="PDP-001",
    severity=Severity.CRITICAL,
    templates={Template.PRODUCT},
    title=_("The product page shows no clear price"),
    why=_("Nobody buys without knowing what it costs; a shopper who has to search for the price compares elsewhere."),
    fix=_(
        "Show one current price with its currency next to the title and the buy button, larger than any other amount."
    ),
    found=_("No current price is shown in the first two screens"),
    found_as={
        "low": _("The price is further down than the first two screens"),
        "currency": _("The price {text} names no currency"),
        "several": _("{prices} different prices of the same size compete"),
    },
    source="https://eur-lex.europa.eu/eli/dir/2011/83/oj",
)
def price_unclear(
    document: Document, texts: Texts, controls: Controls, images: Images | None, structured_data: StructuredData | None
) -> Judgement:
    language = language_read(document, texts)
    button = buy_button(controls, document, language)
    prices = current_prices(texts, document, button.box if button else None)
    main = main_prices(prices, document, button.box if button else None)
    clear = [price for price in main if price.currency]
    first = next(iter(main or prices), None)
    if clear and rivals(main, texts.main) == 1:
        return
    kind = "none" if not prices else "low" if not main else "currency" if not clear else "several"
    # A product that cannot be ordered, or is sold on request, may well be without a price.
    sold = button is not None and not button.disabled and not mentions(texts.main, Concept.OUT_OF_STOCK, language)
    stated = stated_amounts(structured_data, document.h1) if structured_data else frozenset()
    doubt = (
        kind == "several"
        or (kind == "currency" and has_picture_beside(main[0], images))
        or (kind == "none" and (not sold or (any_amount(texts, document) and not unshown(stated, texts, document))))
    )
    yield Problem(
        selector=first.seen.selector if first else None,
        box=first.seen.box if first else None,
        values={"prices": len(clear), "elsewhere": len(prices) - len(main), "text": first.seen.text if first else ""},
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        middle=kind in ("low", "currency"),
        discriminator=kind,
    )
