"""A11Y-002."""

from auditor.api import Judgement, Measure, NotRecorded, Problem, Severity, TemplateEvidence, _, check
from auditor.reading.axe import components, rules_of

GOOD_RULES, POOR_RULES = 1, 5
"""Our bands: different rules of impact “serious” that a template breaks."""


@check(
    id="accessibility/axe-serious",
    row="A11Y-002",
    severity=Severity.MODERATE,
    title=_("Several rules for access with aids are broken"),
    why=_("Each makes the shop harder to use for shoppers who do not see, point or hear well."),
    fix=_("Repair the components one after the other; the linked page of each rule shows how."),
    found=_("{help} (rule {rule}, on {pages} of {judged} pages; {rules} rules in all)"),
    source="https://github.com/dequelabs/axe-core/blob/develop/doc/issue_impact.md",
    scale="share",
)
def axe_serious(evidence: TemplateEvidence, *, good: int = GOOD_RULES, poor: int = POOR_RULES) -> Judgement:
    judged = [(page, page.accessibility) for page in evidence.pages if page.accessibility]
    if not judged:
        raise NotRecorded("axe-core did not run on these pages")
    broken = sorted(set().union(*(rules_of(report, "serious") for _page, report in judged)))
    yield Measure(value=len(broken), unit="rules", of=len(judged))
    if len(broken) <= good:
        return
    for rule in broken:
        found = (
            (page, next((one for one in components(report.violations, "serious") if one.rule.rule == rule), None))
            for page, report in judged
        )
        seen = [(page, one) for page, one in found if one is not None]
        for page, one in seen:
            yield Problem(
                selector=one.nodes[0].selector,
                values={
                    "help": one.rule.help, "rule": rule, "pages": len(seen), "judged": len(judged),
                    "rules": len(broken),
                },
                middle=len(broken) < poor,
                page_key=page.page.key,
                discriminator=rule,
            )  # fmt: skip
