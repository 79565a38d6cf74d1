"""MOB-010."""

from auditor.api import Certainty, Device, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, _, check
from auditor.reading.checkout_steps import noted


@check(
    id="mobile/menu-broken",
    row="MOB-010",
    severity=Severity.SERIOUS,
    devices={Device.MOBILE},
    title=_("The menu of the phone does not open or close"),
    why=_("On a phone the menu is the only way to the categories; without it a shopper sees one page."),
    fix=_("Let the menu button open the categories at the first tap, and let it, or a cross, close them again."),
    found=_("The menu button did not bring the categories into view"),
    found_as={"stays": _("The menu opened, but its button does not close it")},
    source="https://www.w3.org/WAI/ARIA/apg/patterns/disclosure/examples/disclosure-navigation/",
)
def menu_broken(journey: JourneyEvidence) -> Judgement:
    facts = noted(journey)
    menu = facts.menu
    if menu is None or not menu.tried:
        raise NotRecorded(facts.missing.get("menu", "no menu button was tried"))
    if menu.opened and menu.categories and menu.closed is not False:
        return
    # A button that says it opened something may have, where nothing new was recognised.
    stays = menu.opened and menu.categories > 0
    yield Problem(
        selector=menu.selector or None,
        step=menu.step,
        values={"tried": ", ".join(menu.tried)},
        middle=stays,
        certainty=Certainty.NEEDS_REVIEW if menu.opened else Certainty.CERTAIN,
        discriminator="stays" if stays else "shut",
    )
