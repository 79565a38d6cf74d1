"""NAV-010."""

from auditor.api import (
    Certainty,
    Document,
    Judgement,
    NotApplicable,
    Problem,
    Severity,
    StructuredData,
    Template,
    Texts,
    _,
    check,
)
from auditor.reading.breadcrumbs import longest_visible, marked_trails, says_the_same


@check(
    id="navigation/breadcrumb-markup",
    row="NAV-010",
    severity=Severity.MINOR,
    templates={Template.CATEGORY, Template.PRODUCT},
    title=_("The breadcrumb is not marked up, or marked up wrongly"),
    why=_("Search engines show the raw address instead of the path of categories above the shop's result."),
    fix=_(
        "Add a BreadcrumbList whose positions count from 1 and whose names and links are those of the visible trail."
    ),
    found=_("A trail is shown, and the page's data hold no BreadcrumbList"),
    found_as={
        "broken": _("The page's data hold no BreadcrumbList that can be read: {error}"),
        "position": _("The positions in the BreadcrumbList do not run 1, 2, 3"),
        "incomplete": _("The BreadcrumbList lacks {wrong}"),
        "differs": _("The BreadcrumbList says {wrong}, which is not the trail that is shown"),
    },
    source="https://developers.google.com/search/docs/appearance/structured-data/breadcrumb",
)
def breadcrumb_markup(document: Document, texts: Texts, structured_data: StructuredData) -> Judgement:
    shown = longest_visible(texts, document)
    marked = marked_trails(structured_data, document)
    if not marked:
        if shown is None:
            raise NotApplicable("the page has no breadcrumb")
        broken = [error for error in structured_data.errors if error.startswith("JSON-LD")]
        unread = len(broken) < len(structured_data.errors) or "microdata" in shown.detectors
        values: dict[str, str | int] = {"trails": 0, "wrong": "BreadcrumbList"}
        yield Problem(
            values=values | ({"error": broken[0][:120]} if broken else {}),
            certainty=Certainty.NEEDS_REVIEW if unread else Certainty.CERTAIN,
            discriminator="broken" if broken else "absent",
        )
        return
    ordered = [trail for trail in marked if trail.in_order]
    named = [trail for trail in ordered if all(trail.names) and all(trail.urls[:-1])]
    if not ordered:
        yield Problem(values={"trails": len(marked), "wrong": "position"}, discriminator="position")
    elif not named:
        wrong = "item" if any(all(trail.names) for trail in ordered) else "name"
        yield Problem(values={"trails": len(marked), "wrong": wrong}, middle=True, discriminator="incomplete")
    elif shown and not any(says_the_same(trail, shown, document.lang) for trail in named):
        differs = " / ".join(named[0].names)[:120]
        yield Problem(values={"trails": len(marked), "wrong": differs}, middle=True, discriminator="differs")
