"""NAV-001."""

from auditor.api import (
    Certainty,
    Controls,
    Device,
    Document,
    Judgement,
    Layout,
    Links,
    Problem,
    Severity,
    Targets,
    Template,
    Texts,
    Visit,
    _,
    check,
)
from auditor.reading.menus import main_menu
from auditor.reading.visits import language_read, understood

MIN_LINKS = 3
"""Fewer than three links do not tell what a shop sells: the catalogue's own limit (row NAV-001)."""


@check(
    id="navigation/menu-missing",
    row="NAV-001",
    severity=Severity.SERIOUS,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT},
    title=_("The page shows no menu of categories"),
    why=_("A shopper who cannot see what kinds of goods there are has to guess or to leave."),
    fix=_("Show the main categories in a menu at the top, or behind a button that says so on a phone."),
    shopwide=True,
    found=_(
        "Links to categories in view at the top: {links}, in a closed menu: {folded}; buttons that open one: {buttons}"
    ),
    source="https://www.w3.org/WAI/WCAG22/Understanding/consistent-navigation",
)
def menu_missing(
    visit: Visit,
    document: Document,
    links: Links,
    controls: Controls,
    targets: Targets | None,
    layout: Layout | None,
    texts: Texts | None,
    *,
    min_links: int = MIN_LINKS,
) -> Judgement:
    language = language_read(document, texts)
    menu = main_menu(document, links, controls, targets, layout, language)
    labelled = any(opener.text.strip() for opener in menu.openers)
    if len(menu.shown) >= min_links or (menu.openers and (visit.device is Device.MOBILE or labelled)):
        return
    hints = menu.unknown or menu.openers or len(menu.folded) >= min_links or menu.row >= min_links
    yield Problem(
        values={"links": len(menu.shown), "folded": len(menu.folded), "buttons": len(menu.openers)},
        certainty=Certainty.NEEDS_REVIEW if hints or not understood(language) else Certainty.CERTAIN,
        discriminator="menu",
    )
