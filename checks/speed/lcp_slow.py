"""SPD-001."""

import re

from auditor.api import (
    Certainty,
    Consent,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Severity,
    Timed,
    Timing,
    Visit,
    _,
    check,
)
from auditor.reading.repeated import lcp_phases, repeated_values, selector_of, slower

GOOD_MS = 2500
POOR_MS = 4000
"""Core Web Vitals."""

_DIALOG = re.compile(r"cookie|consent|onetrust|didomi|usercentrics|gdpr|rodo|\bcmp|\bcky|\bcc-", re.IGNORECASE)


@check(
    id="speed/lcp-slow",
    row="SPD-001",
    severity=Severity.CRITICAL,
    title=_("The main content appears late"),
    why=_("Until the largest element is there, a shopper sees an unfinished page and many leave."),
    fix=_("Serve the largest element's file early: in the first HTML, not lazy, small, from a fast server."),
    found=_("Largest contentful paint after {lcp_ms} ms; good is up to {good_ms} ms"),
    found_as={
        "timed": _(
            "Largest contentful paint after {lcp_ms} ms ({method}, median; loads: {loads}, spread {spread} ms);"
            " good is up to {good_ms} ms. On this machine, not slowed down: {server_ms} ms to the first byte,"
            " {delay_ms} ms until the element's file was asked for, {load_ms} ms to load it, {render_ms} ms to show it"
        )
    },
    source="https://web.dev/articles/lcp",
    scale="curve",
    indicative=True,
)
def lcp_slow(
    timing: Timing,
    visit: Visit,
    consent: Consent | None,
    timed: Timed | None,
    *,
    good_ms: float = GOOD_MS,
    poor_ms: float = POOR_MS,
) -> Judgement:
    loads = slower(timed, "lcp")
    if loads is not None and not loads.shared:
        yield Measure(value=loads.median, unit="ms")
        if loads.median > good_ms:
            yield Problem(
                selector=selector_of(timed) or timing.lcp_selector,
                values={
                    "lcp_ms": round(loads.median),
                    "good_ms": good_ms,
                    **repeated_values(loads),
                    **lcp_phases(timed),
                },
                middle=loads.median <= poor_ms,
                certainty=Certainty.CERTAIN if loads.surely_above(good_ms) else Certainty.NEEDS_REVIEW,
                discriminator="lcp",
                timed=True,
            )
        return
    if timing.lcp_ms is None:
        raise NotRecorded("the browser reported no largest contentful paint")
    yield Measure(value=timing.lcp_ms, unit="ms")
    if timing.lcp_ms > good_ms:
        # An untimed visit is one sample, taken while others share the machine. And where a consent dialog was open, the
        # largest element may have been the dialog, which is gone by now.
        gone = timing.lcp_selector is None or _DIALOG.search(timing.lcp_selector) is not None
        dialog = consent is not None and consent.dialog_seen and gone
        yield Problem(
            selector=timing.lcp_selector,
            values={"lcp_ms": round(timing.lcp_ms), "good_ms": good_ms},
            middle=timing.lcp_ms <= poor_ms,
            certainty=Certainty.NEEDS_REVIEW if visit.mode == "untimed" or dialog else Certainty.CERTAIN,
            discriminator="lcp",
        )
