"""MOB-005."""

from auditor.api import Certainty, Device, Judgement, Layout, Measure, NotApplicable, Problem, Severity, _, check
from auditor.reading.type_size import characters, in_arabic_script, shown_runs

LEGIBLE_PX = 12
PASS_SHARE, POOR_SHARE = 0.10, 0.40
"""Lighthouse's font-size audit: at least 60 % of the text in 12 px or more."""

ARABIC_PX = 13
"""Arabic and Persian letters read smaller at the same size; under this is the middle band at most."""

LEAST_CHARS = 200


@check(
    id="mobile/text-small",
    row="MOB-005",
    severity=Severity.MODERATE,
    devices={Device.MOBILE},
    title=_("Much of the text is too small to read on a phone"),
    why=_("A shopper who must zoom to read prices and conditions does not compare, and does not trust."),
    fix=_("Set text in 12 px or more (16 px for running text, 13 px at least in Arabic script)."),
    found=_("{share} % of the text is smaller than {limit_px} px"),
    source="https://developer.chrome.com/docs/lighthouse/seo/font-size",
    scale="share",
)
def text_small(layout: Layout, *, pass_share: float = PASS_SHARE, poor_share: float = POOR_SHARE) -> Judgement:
    shown = shown_runs(layout)
    total = characters(shown)
    if total < LEAST_CHARS:
        raise NotApplicable(f"the page has only {total} characters of text")
    small = [run for run in shown if run.font_px < LEGIBLE_PX - 0.05]
    share, limit = characters(small) / total, LEGIBLE_PX
    yield Measure(value=round(share, 4), unit="share", of=total)
    if share <= pass_share:
        small = [run for run in shown if run.font_px < ARABIC_PX - 0.05 and in_arabic_script(run)]
        share, limit = characters(small) / total, ARABIC_PX
    if share > pass_share:
        worst = max(small, key=lambda run: run.chars)
        # The small print at the foot of the page is small nearly everywhere; alone it is no finding, only a hint.
        above = [run for run in small if run.region != "footer"]
        rest = characters([run for run in shown if run.region != "footer"])
        yield Problem(
            selector=worst.selector,
            box=worst.box,
            values={"share": round(100 * share), "limit_px": limit},
            middle=limit == ARABIC_PX or share <= poor_share,
            certainty=Certainty.CERTAIN if characters(above) > pass_share * rest else Certainty.NEEDS_REVIEW,
            discriminator="text",
        )
