"""What all rankings look at: words, identifiers of the platform, place and look of a control."""

from auditor.evidence.journey import StepIntent
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking.marks import platform_mark
from auditor.journey_ranking.scoring import Tally
from auditor.lexicon import Concept, mentions

NEAR_PX = 400
SHORT = 45


class View:
    """A sight with what is known of the shop: the page's language and the platform (None: not known, or not used)."""

    def __init__(self, sight: Sight, language: str | None = None, platform: str | None = None) -> None:
        self.sight = sight
        self.language = sight.language or language
        self.platform = platform

    def says(self, control: Control, *concepts: Concept) -> str | None:
        return next((word for concept in concepts if (word := mentions(control.name, concept, self.language))), None)


def possible(control: Control) -> bool:
    return control.visible and not control.disabled and control.box is not None and control.type != "reset"


def hint(tally: Tally, view: View, intent: StepIntent) -> None:
    if found := platform_mark(tally.control, view.sight, intent.value, view.platform):
        tally.add("platform", 0.6, f"{view.platform} marks it so: {found}")


def word(tally: Tally, view: View, weight: float, *concepts: Concept) -> bool:
    said = view.says(tally.control, *concepts)
    if said:
        short = len(tally.control.name) <= SHORT
        tally.add("words", weight if short else weight / 3, f"it says “{said}”")
    return said is not None


def against(tally: Tally, view: View, weight: float, *concepts: Concept) -> None:
    said = view.says(tally.control, *concepts)
    if said:
        tally.add("against", -weight, f"it says “{said}”")


def elsewhere(tally: Tally, *, weight: float = 0.3) -> None:
    if tally.control.region in ("header", "nav", "footer", "breadcrumb"):
        tally.add("against", -weight, f"it is in the {tally.control.region}")


def look(tally: Tally) -> None:
    box = tally.control.box
    if box and tally.control.contrast > 0.25 and box.width >= 80 and box.height >= 24:
        tally.add("look", 0.1, "it is a large button in a colour of its own")
