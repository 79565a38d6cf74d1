"""PDP-003."""

from auditor.api import (
    Certainty,
    Controls,
    Document,
    Judgement,
    Layout,
    Problem,
    Severity,
    StructuredData,
    Template,
    Texts,
    _,
    check,
)
from auditor.lexicon import Concept
from auditor.reading.purchase import (
    availability_of,
    buy_button,
    offers_of,
    products,
    states_told,
    stock_marked,
    stock_texts,
)
from auditor.reading.visits import language_read, understood

OUT = frozenset({"OutOfStock", "SoldOut", "Discontinued"})
"""schema.org's words for goods that cannot be had; BackOrder and PreOrder can."""
TO_BE_HAD = frozenset({Concept.IN_STOCK, Concept.PREORDER})


@check(
    id="product/availability-unclear",
    row="PDP-003",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT},
    title=_("The product page does not say whether it is in stock"),
    why=_("A shopper who cannot tell whether and when the product comes does not dare to order it."),
    fix=_("State beside the buy button whether the product is in stock or when it comes, as button and data say."),
    found=_("Said on the page: {told}; buy button: {button}; in the data: {data}"),
    found_as={"unsaid": _("Nothing on the page says whether the product is in stock or when it comes")},
    source="https://developers.google.com/search/docs/appearance/structured-data/merchant-listing",
)
def availability_unclear(
    document: Document, texts: Texts, layout: Layout, controls: Controls, structured_data: StructuredData | None
) -> Judgement:
    language = language_read(document, texts)
    button = buy_button(controls, document, language)
    told = states_told((*stock_texts(layout, document), button.name if button else ""), language)
    near = states_told(stock_texts(layout, document, button.box if button else None), language)
    listed = products(structured_data) if structured_data else ()
    data = availability_of(offers_of(listed[0])) if listed else frozenset()
    own = Concept.OUT_OF_STOCK in states_told(stock_texts(layout, document, marked=True), language)
    state = "none" if button is None else "disabled" if button.disabled else "enabled"
    out_near = Concept.OUT_OF_STOCK in near and not near & TO_BE_HAD
    if state == "enabled" and (out_near or (data and data <= OUT and Concept.IN_STOCK in near)):
        kind, doubt = (
            "contradicted",
            not (data and (data <= OUT or (own and data == {"InStock"})))
            or {Concept.IN_STOCK, Concept.OUT_OF_STOCK} <= near,
        )
    elif told or stock_marked(layout, document):
        return
    else:
        kind, doubt = "unsaid", bool(states_told((texts.main,), language)) or not understood(language)
    yield Problem(
        values={
            "told": ", ".join(sorted(concept.value for concept in told)) or "-",
            "button": state,
            "data": ", ".join(sorted(data)) or "-",
        },
        discriminator=kind,
        middle=kind == "unsaid" and state == "enabled",
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
    )
