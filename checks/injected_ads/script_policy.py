"""ADS-013."""

from auditor.ads.parties import party_of
from auditor.api import Insertions, Judgement, NotApplicable, Problem, Severity, Template, _, check


@check(
    id="injected-ads/script-policy-missing",
    row="ADS-013",
    severity=Severity.MINOR,
    templates={Template.CART, Template.CHECKOUT},
    title=_("No policy says which scripts may run"),
    why=_("Without a content security policy a slipped-in script of anyone runs on the pages where money is paid."),
    fix=_("Send a Content-Security-Policy header, in report-only form first, that names whose scripts may run."),
    shopwide=True,
    found=_("Companies whose scripts run without a policy that names them: {companies}"),
    found_as={"report-only": _("A policy for scripts is only reported, not enforced")},
    source="https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP",
    scored=False,
)
def script_policy_missing(insertions: Insertions) -> Judgement:
    own = party_of(insertions.url)
    others = {party_of(one.url) for one in insertions.asked if one.type == "script"} - {own, ""}
    if not others:
        raise NotApplicable("no script of another company runs on this page")
    enforced, reported = insertions.headers.csp, insertions.headers.csp_report_only
    if _names_scripts(enforced):
        return
    discriminator = "report-only" if _names_scripts(reported) else ""
    yield Problem(values={"companies": len(others)}, middle=bool(discriminator), discriminator=discriminator)


def _names_scripts(policy: str) -> bool:
    return any(part in policy for part in ("script-src", "default-src"))
