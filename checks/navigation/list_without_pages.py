"""NAV-023."""

from auditor.api import (
    Certainty,
    Controls,
    Document,
    Images,
    Judgement,
    Layout,
    Links,
    NotApplicable,
    Problem,
    Requests,
    Severity,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.facets import more_buttons, next_links, stated_total, surely_ends
from auditor.reading.pictures import card_images
from auditor.reading.visits import language_read

FEWEST = 4


@check(
    id="navigation/list-without-pages",
    row="NAV-023",
    severity=Severity.MODERATE,
    templates={Template.CATEGORY},
    title=_("The rest of the list has no address of its own"),
    why=_("Products beyond the first page cannot be shared, found by search engines, or reached again with Back."),
    fix=_("Give each further page of a list a link with its own address, also behind a button that loads more."),
    found=_("{shown} products are shown; the button “{name}” loads more and leads to no address"),
    found_as={"nothing": _("{shown} of {total} products are shown, and no link or button to the others was found")},
    source="https://developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading",
)
def list_without_pages(
    document: Document, controls: Controls, links: Links, texts: Texts, images: Images, requests: Requests | None,
    layout: Layout | None,
) -> Judgement:  # fmt: skip
    language = language_read(document, texts)
    shown = len({image.link_url for image in card_images(images, document)})
    if shown < FEWEST:
        raise NotApplicable(f"the page shows {shown} products")
    total = stated_total(texts)
    low = max((image.box.y for image in card_images(images, document) if image.box), default=0.0)
    buttons = [button for button in more_buttons(controls, language) if button.box and button.box.y > low]
    if next_links(links, document, language):
        return
    if buttons and (total is None or total > shown):
        button = buttons[-1]
        yield Problem(
            selector=button.selector,
            box=button.box,
            values={"shown": shown, "total": total or "-", "name": button.name},
            middle=True,
            certainty=Certainty.CERTAIN if total and total > 1.2 * shown else Certainty.NEEDS_REVIEW,
            discriminator="button",
        )
    elif total is not None and total > 1.2 * shown:
        # A list that goes on while one scrolls asks for more at its end.
        sure = surely_ends(shown, total, requests, controls, layout)
        yield Problem(
            values={"shown": shown, "total": total, "name": "-"},
            certainty=Certainty.CERTAIN if sure else Certainty.NEEDS_REVIEW,
            discriminator="nothing",
        )
    elif total is None and not buttons:
        raise NotApplicable("the list seems to end on this page")
