"""NAV-009."""

from auditor.api import (
    Certainty,
    Device,
    Document,
    Judgement,
    Links,
    Page,
    Problem,
    Severity,
    Template,
    Texts,
    Visit,
    _,
    check,
)
from auditor.reading.addresses import is_home
from auditor.reading.breadcrumbs import ancestors, link_home_above_content, longest_visible
from auditor.reading.visits import language_read, understood


@check(
    id="navigation/breadcrumb-missing",
    row="NAV-009",
    severity=Severity.MODERATE,
    templates={Template.CATEGORY, Template.PRODUCT},
    title=_("There is no breadcrumb trail back to the categories"),
    why=_("A shopper who came from a search engine cannot step up to similar goods."),
    fix=_("Show the path of categories above the title, each step but the last a link."),
    found=_("Linked steps above this page in the visible trail: {steps}"),
    source="https://baymard.com/blog/ecommerce-breadcrumbs",
)
def breadcrumb_missing(page: Page, visit: Visit, document: Document, texts: Texts, links: Links) -> Judgement:
    language = language_read(document, texts)
    trail = longest_visible(texts, document)
    steps = ancestors(trail, document) if trail else ()
    # A first-level category has only the home page above it; on a phone the one step up is enough.
    parent = any(not is_home(step) for step in steps)
    top = page.template is Template.CATEGORY and trail is not None and any(item.url for item in trail.items)
    if len(steps) >= 2 or top or (parent and visit.device is Device.MOBILE):
        return
    if trail and steps:
        # In a shop without categories a product hangs below the home page.
        flat = page.depth is not None and page.depth <= 1
        doubt = flat or not understood(language)
        discriminator = "short"
    else:
        hidden = any(not seen.visible for seen in texts.trails)
        doubt = not hidden and (link_home_above_content(links, document, language) or not understood(language))
        doubt = doubt or trail is not None
        discriminator = "none"
    yield Problem(
        values={"steps": len(steps)},
        certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
        middle=discriminator == "short",
        discriminator=discriminator,
    )
