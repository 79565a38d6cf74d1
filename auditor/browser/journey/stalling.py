"""Why a checkout does not go on, as far as its page says."""

from auditor.browser.journey.record import Draft
from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.journey import Blocker
from auditor.evidence.sight import Sight
from auditor.journey_ranking.checkout_state import delivery_choice, errors
from auditor.journey_ranking.marks import last_concepts
from auditor.lexicon import Concept, has_currency, mentions


def said(sight: Sight) -> str:
    """What the page says of it, in brackets, or ""."""
    lines = errors(sight) or tuple(line for line in sight.outside_text.splitlines() if line.strip())[:1]
    return f" (the page says: {'; '.join(lines)[:160]})" if lines else ""


def stalled(blocker: Blocker, sight: Sight, shop: ShopTab) -> Blocker:
    """``blocker``, or what explains it better: no time, a minimum order, a page that keeps loading."""
    if shop.left <= 0:
        return Blocker.TIMEOUT
    if blocker is Blocker.NO_CHECKOUT and "cart" in last_concepts(sight.url) and has_currency(sight.outside_text):
        return Blocker.MINIMUM_ORDER
    waiting = sight.busy or shop.traffic.waiting
    return Blocker.SPINNER if blocker in (Blocker.DEAD_END, Blocker.NO_CHECKOUT) and waiting else blocker


def why_stuck(
    draft: Draft, sight: Sight, shop: ShopTab, country: str | None, language: str | None, *, nowhere: bool
) -> tuple[Blocker, str]:
    """Why nothing led on from a form. ``country``: where to deliver to; None while no address was given.
    ``nowhere``: no country could be chosen."""
    complaints = errors(sight)
    refused = [one for one in draft.attempts if one.outcome == "refused" and one.candidate]
    if nowhere:
        return Blocker.NO_DELIVERY, f"The shop delivers nowhere: its list of countries is empty{said(sight)}."
    if complaints:
        return Blocker.FORM_GATE, f"The form was not taken: {'; '.join(complaints[:3])}."
    if refused and len(refused) == len([one for one in draft.attempts if one.candidate]):
        return Blocker.INTERLOCK, f"What leads on may place the order, so nothing was sent: {refused[0].note}"
    if sight.busy or shop.traffic.waiting:
        return Blocker.SPINNER, "The page kept loading and did not go on."
    if country is not None and _delivers_nowhere(sight, language):
        return Blocker.NO_DELIVERY, f"The shop offers no delivery to {country}{said(sight)}."
    return Blocker.DEAD_END, f"Nothing that was pressed led to a next step{said(sight)}."


def _delivers_nowhere(sight: Sight, language: str | None) -> bool:
    """Whether this is the step of the delivery, with nothing to choose."""
    step = sight.steps[sight.current_step] if sight.current_step is not None and sight.steps else ""
    about = mentions(" ".join((step, *sight.h1)), Concept.SHIPPING, sight.language or language)
    return about is not None and not delivery_choice(sight, language)
