"""DRK-010."""

from auditor.api import (
    Controls,
    Document,
    Judgement,
    NotApplicable,
    Problem,
    Severity,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.subscriptions import preset, says_how_to_end, says_what_it_costs, sold_by_subscription
from auditor.reading.visits import language_read


@check(
    id="dark-patterns/subscription-preset",
    row="DRK-010",
    severity=Severity.SERIOUS,
    templates={Template.PRODUCT, Template.CART},
    title=_("Pattern seen: a subscription is chosen in advance"),
    why=_("Whoever overlooks the choice pays again every month, and blames the shop when they notice."),
    fix=_("Choose the single purchase in advance, and state the price of each renewal and how to end it."),
    found=_("“{label}” is chosen before the shopper chose anything; how to end it is not stated"),
    found_as={"clear": _("“{label}” is chosen before the shopper chose anything; how to end it is stated")},
    source="https://doi.org/10.1145/3359183",
    scored=False,
)
def subscription_preset(controls: Controls, document: Document, texts: Texts) -> Judgement:
    language = language_read(document, texts)
    options = sold_by_subscription(controls, language)
    if not options:
        raise NotApplicable("the page offers no choice of a subscription")
    chosen = preset(options, controls)
    if chosen is None:
        return
    clear = says_how_to_end(texts, language) and says_what_it_costs(texts, language)
    yield Problem(
        selector=chosen.selector,
        box=chosen.box,
        values={"label": chosen.label[:100]},
        middle=clear,
        discriminator="clear" if clear else "unclear",
    )
