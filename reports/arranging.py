"""The parts of a report as a brand wants them: in its order, some left out."""

from reports import sections
from reports.brand import SectionChoice
from reports.sections import Section

FROM_OTHER_RUNS = ("changes", "period")
NAMES = (*sections.NAMES, *FROM_OTHER_RUNS, "hidden")
"""All parts that a report can have; a run without what a part shows has no such part."""

KEPT = ("not-seen", "hidden")
"""Cannot be switched off: without them the report would be silent about what it does not say."""


def arranged(parts: tuple[Section, ...], choice: SectionChoice) -> tuple[Section, ...]:
    """Those named in ``order`` first, in that order; the rest follows as it was, without those that are ``off``."""
    shown = [section for section in parts if section.name not in choice.off or section.name in KEPT]
    place = {name: at for at, name in enumerate(choice.order)}
    return tuple(sorted(shown, key=lambda section: place.get(section.name, len(place))))
