"""NAV-016."""

from auditor.api import JourneyEvidence, Judgement, Measure, NotRecorded, Problem, Severity, _, check
from auditor.reading.search_tries import Pair, answered, likeness, pairs

GOOD, POOR = 0.8, 0.4


@check(
    id="navigation/search-script-folding",
    row="NAV-016",
    severity=Severity.SERIOUS,
    journeys={"search"},
    title=_("The search takes two spellings of a word for two words"),
    why=_("Many shoppers leave out diacritics, or type on a keyboard with other letters for the same sounds."),
    fix=_("Fold letters on both sides before comparing: diacritics, Arabic and Persian letters, joiners and digits."),
    found=_("“{query}” and “{clean}” share {alike} % of their results"),
    found_as={"zero": _("“{query}” brings nothing, “{clean}” brings products")},
    source="https://www.unicode.org/reports/tr10/",
    scale="share",
    shopwide=True,
)
def search_script_folding(journey: JourneyEvidence, *, good: float = GOOD, poor: float = POOR) -> Judgement:
    answered(journey, "folded")
    ways: dict[str, list[Pair]] = {}
    for pair in pairs(journey, "folded"):
        ways.setdefault(pair.other.way, []).append(pair)
    if not ways:
        raise NotRecorded("no other spelling could be compared with the usual one")
    means = {way: sum(map(likeness, found)) / len(found) for way, found in ways.items()}
    yield Measure(value=min(means.values()), unit="share", of=sum(map(len, ways.values())))
    for way, found in ways.items():
        if means[way] >= good:
            continue
        worst = min(found, key=likeness)
        zero = not worst.other.results
        yield Problem(
            values={"query": worst.other.query, "clean": worst.clean.query, "alike": round(100 * likeness(worst))},
            middle=means[way] >= poor and not zero,
            discriminator=f"{'zero' if zero else 'other'}:{way}",
            step=worst.other.step,
        )
