"""SPD-010."""

from auditor.api import Judgement, Measure, NotRecorded, Problem, Requests, Severity, Visit, _, check
from auditor.reading.transfer import is_plain_text, kept_for_s

PASS_KIB, POOR_KIB = 10, 100
LEAST_CACHED, POOR_CACHED = 0.9, 0.5
WEEK_S = 7 * 24 * 3600
"""Our proposal, after Lighthouse's uses-text-compression and uses-long-cache-ttl."""

_STATIC = {"stylesheet", "script", "image", "font"}


@check(
    id="speed/not-compressed-or-cached",
    row="SPD-010",
    severity=Severity.MINOR,
    title=_("Text is sent uncompressed, or files cannot be kept"),
    why=_("Shoppers download again, and in full, what their browser could have had for nothing."),
    fix=_("Switch on gzip or Brotli for text, and send static files with Cache-Control: max-age of a week or more."),
    shopwide=True,
    found_as={
        "compression": _("{uncompressed_kib} KiB of text is sent without compression"),
        "cache": _("{cached_share} % of {files} static files are kept for a week or longer"),
    },
    found=_("{uncompressed_kib} KiB of text without compression; {cached_share} % of {files} static files kept a week"),
    source="https://developer.chrome.com/docs/performance/insights/cache",
    scale="share",
)
def not_compressed_or_cached(
    requests: Requests, visit: Visit, *, pass_kib: float = PASS_KIB, least_cached: float = LEAST_CACHED
) -> Judgement:
    own = {
        request.url: request for request in requests.items
        if request.party == "first" and request.status == 200 and request.url.startswith("http")
    }  # fmt: skip
    if not own:
        raise NotRecorded("no first-party file was seen")
    plain = sum(request.decoded_bytes or 0 for request in own.values() if is_plain_text(request)) / 1024
    static = [request for request in own.values() if request.type.lower() in _STATIC]
    kept = sum(kept_for_s(request, visit.started_at) >= WEEK_S for request in static) / len(static) if static else 1.0
    yield Measure(value=round(kept, 4), unit="share", of=len(static))
    values = {"uncompressed_kib": round(plain), "cached_share": round(100 * kept), "files": len(static)}
    if plain > pass_kib:
        yield Problem(values=values, discriminator="compression", middle=plain <= POOR_KIB)
    if kept < least_cached:
        yield Problem(values=values, discriminator="cache", middle=kept >= POOR_CACHED)
