"""A11Y-001."""

from auditor.api import (
    Accessibility,
    Certainty,
    Document,
    Images,
    Judgement,
    Measure,
    Page,
    Problem,
    Severity,
    Template,
    _,
    check,
)
from auditor.reading.alternatives import other_pictures
from auditor.reading.axe import components, rules_of


@check(
    id="accessibility/axe-critical",
    row="A11Y-001",
    severity=Severity.SERIOUS,
    templates={Template.HOME, Template.CATEGORY, Template.PRODUCT, Template.SEARCH, Template.CART, Template.CHECKOUT},
    title=_("Parts on the way to buying cannot be used with aids"),
    why=_("Shoppers with a screen reader, a keyboard or a switch are stopped; in the Union access is the law."),
    fix=_("Repair the component once where it is made; the linked page of the rule shows how."),
    found=_("{help} (elements: {nodes}, rule {rule})"),
    source="https://github.com/dequelabs/axe-core/blob/develop/doc/issue_impact.md",
)
def axe_critical(
    accessibility: Accessibility, images: Images | None, document: Document | None, page: Page
) -> Judgement:
    # Pictures of products are judged by a check of their own, which knows what stands beside them.
    pictures = other_pictures(images, document, page.template)
    yield Measure(value=len(rules_of(accessibility, "critical", pictures)), unit="rules")
    for certainty, results in (
        (Certainty.CERTAIN, accessibility.violations),
        (Certainty.NEEDS_REVIEW, accessibility.incomplete),
    ):
        for one in components(results, "critical", pictures):
            yield Problem(
                selector=one.nodes[0].selector,
                values={"help": one.rule.help, "nodes": len(one.nodes), "rule": one.rule.rule},
                certainty=certainty,
                discriminator=f"{one.rule.rule}:{one.name}",
            )
