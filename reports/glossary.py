"""What the report's words mean, for who does not read such reports every day."""

from reports.language import Words, _

METHOD = Words[str](
    {
        "discover": _(
            "The audit reads the shop's pages like a search engine, within the limits of robots.txt, and tells "
            "each page's kind from its address, its structure and its data."
        ),
        "panel": _(
            "Of each kind it picks a few pages, the same ones in every audit, and opens them in a real browser on"
            " a phone and on a desktop, as a guest who has never been there."
        ),
        "walk": _(
            "It then walks as a guest: it searches, browses and buys up to the step before payment. What might "
            "place an order is never pressed, and requests that might place one are kept from leaving."
        ),
        "judge": _(
            "Checks judge what was recorded. A problem that is the same on several pages is one finding. Where "
            "the evidence is in doubt a person is asked; where it is missing nothing is said."
        ),
        "score": _(
            "Scores are weighted shares of what passed. Effect and effort are estimates: the effect by the harm "
            "and by the share of pages that have the problem, the effort by the kind of work. Neither is a "
            "quotation."
        ),
        "effort": _(
            "Hands-on time is estimated by the Keystroke-Level Model for someone who knows the shop and makes no "
            "mistake: a lower bound, without reading and deciding."
        ),
    }
)  # fmt: skip

GLOSSARY = Words[str](
    {
        _("Finding"): _("One problem, with all the places where it was seen."),
        _("Coverage"): _("The share of the checks' weight that could be judged at all."),
        _("Template"): _(
            "A kind of page, such as all product pages, built from one pattern: repaired once, repaired "
            "everywhere."
        ),
        _("Touchpoint"): _("A place on the shopper's way where shop and shopper meet."),
        _("Largest contentful paint (LCP)"): _(
            "When the largest picture or text of the first screen is shown. Good is up to 2.5 seconds."
        ),
        _("First contentful paint (FCP)"): _("When the first text or picture is shown. Good is up to 1.8 seconds."),
        _("Time to first byte (TTFB)"): _(
            "How long the server takes before it begins to answer. Good is up to 0.8 seconds."
        ),
        _("Cumulative layout shift (CLS)"): _("How much the page jumps while it loads. Good is up to 0.1."),
        _("Interaction to next paint (INP)"): _(
            "How long the page takes to react to a press. Good is up to 0.2 seconds."
        ),
        _("Total blocking time (TBT)"): _("How long scripts keep the page from reacting while it loads."),
        _("Speed index (SI)"): _("How quickly the first screen fills up on the whole."),
        _("Lab measurement"): _(
            "A number from the auditor's own machine, the same for every page; not that of your shoppers."
        ),
        _("Indicative"): _(
            "Measured while other pages were loading too: good for finding what is far off, not for comparing."
        ),
        _("Third party"): _("Another company whose files the shop's pages load."),
        _("Structured data"): _("What a page tells search engines about its product: name, price, stock."),
        _("Dark pattern"): _(
            "A design that presses shoppers into what they did not mean to do. Listed, not scored, and no "
            "legal opinion."
        ),
    }
)  # fmt: skip


def terms() -> tuple[tuple[str, str], ...]:
    """Term and meaning, in the language of the report."""
    return tuple((_(term), meaning) for term, meaning in GLOSSARY.items())
