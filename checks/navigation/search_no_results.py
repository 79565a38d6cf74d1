"""NAV-017."""

from auditor.api import Certainty, JourneyEvidence, Judgement, NotRecorded, Problem, Severity, _, check
from auditor.reading.search_tries import readable
from auditor.reading.visits import understood

WHOLE = 0.9
MANY = 20


@check(
    id="navigation/search-no-results",
    row="NAV-017",
    severity=Severity.MODERATE,
    journeys={"search"},
    title=_("A search without results leads nowhere"),
    why=_("A shopper who reads plainly that nothing fits, and where to go on, stays; an empty page ends the visit."),
    fix=_("Say that nothing was found, and offer other words, categories, products or contact below."),
    found=_("“{query}” brings neither products nor a word that there are none"),
    found_as={
        "no-way-on": _("“{query}” brings a message and no way on"),
        "error": _("“{query}” brings an error page"),
        "everything": _("“{query}”, which means nothing, silently brings the whole catalogue"),
        "unrelated": _("“{query}”, which means nothing, brings {shown} products"),
    },
    source="https://www.nngroup.com/articles/search-no-results-serp/",
    shopwide=True,
)
def search_no_results(journey: JourneyEvidence) -> Judgement:
    one = next((one for one in journey.searches if one.kind == "nonsense" and one.ended != "not-sent"), None)
    if one is None:
        raise NotRecorded(journey.note or "no meaningless query was sent")
    kind, certainty = "blank", Certainty.CERTAIN
    if one.ended == "nothing":
        if one.offers:
            return
        kind = "no-way-on"
    elif one.ended == "error":
        kind = "error"
    elif one.ended == "unclear":
        # Where no products were read on any page, or the language is unknown, the fault may be ours.
        certainty = Certainty.CERTAIN if readable(journey) and understood(journey.language) else Certainty.NEEDS_REVIEW
    else:
        box = journey.search_box
        goods = box.products if box and box.whole_shop else 0
        everything = goods >= MANY and (one.total or 0) >= WHOLE * goods
        kind = "everything" if everything else "unrelated"
        certainty = Certainty.CERTAIN if everything else Certainty.NEEDS_REVIEW
    yield Problem(
        values={"query": one.query, "shown": len(one.results)},
        certainty=certainty,
        middle=kind == "no-way-on",
        discriminator=kind,
        step=one.step,
    )
