"""SPD-008."""

from collections.abc import Iterable

from auditor.api import (
    Certainty,
    Judgement,
    Measure,
    NotRecorded,
    Problem,
    Request,
    Requests,
    Severity,
    Timing,
    _,
    check,
)
from auditor.reading.transfer import sent_bytes

GOOD_KIB = 2667
POOR_KIB = 4000
"""Lighthouse, total-byte-weight: what arrives before anything is scrolled."""


@check(
    id="speed/page-heavy",
    row="SPD-008",
    severity=Severity.MODERATE,
    title=_("The page is heavy"),
    why=_("On a slow or metered connection every megabyte is a wait, and money."),
    fix=_("Send smaller images and less script; load what is below the first screen when it is needed."),
    found=_(
        "{kib} KiB in {requests} requests ({media_kib} KiB of media, {third_party_share} % from third parties);"
        " good is up to {good_kib} KiB"
    ),
    source="https://developer.chrome.com/docs/lighthouse/performance/total-byte-weight",
    scale="curve",
)
def page_heavy(
    requests: Requests, timing: Timing | None, *, good_kib: float = GOOD_KIB, poor_kib: float = POOR_KIB
) -> Judgement:
    settled = timing.settled_ms if timing and timing.settled_ms else float("inf")
    first = [request for request in requests.items if request.started_ms <= settled]
    sizes = [sent_bytes(request) for request in first]
    least, most = sum(low for low, _high in sizes) / 1024, sum(high for _low, high in sizes) / 1024
    if not most:
        raise NotRecorded("no transferred bytes were reported")
    if requests.truncated and least <= good_kib:
        raise NotRecorded("the page made more requests than were kept")
    kib = (least + most) / 2
    yield Measure(value=round(kib, 1), unit="KiB")
    if kib > good_kib:
        third = _middle(request for request in first if request.party == "third")
        media = _middle(request for request in first if request.type.lower() == "media")
        values = {
            "kib": round(kib), "requests": len(first), "media_kib": round(media),
            "third_party_share": round(100 * third / kib), "good_kib": good_kib,
        }  # fmt: skip
        certainty = Certainty.CERTAIN if least > good_kib else Certainty.NEEDS_REVIEW
        yield Problem(values=values, middle=least <= poor_kib, certainty=certainty, discriminator="weight")


def _middle(requests: Iterable[Request]) -> float:
    return sum(sum(sent_bytes(request)) for request in requests) / 2048
