"""SPD-005."""

from auditor.api import Certainty, Judgement, Measure, NotRecorded, Problem, Severity, Timed, Timing, Visit, _, check
from auditor.reading.repeated import repeated, repeated_values

GOOD_MS = 800
POOR_MS = 1800
"""web-vitals library."""


@check(
    id="speed/server-slow",
    row="SPD-005",
    severity=Severity.MODERATE,
    title=_("The server answers late"),
    why=_("Nothing can appear before the first byte: this wait is added to every page."),
    fix=_("Cache pages, cut slow queries, serve from nearer to the shoppers."),
    found=_("First byte after {ttfb_ms} ms, {connect_ms} ms of it for connecting; good is up to {good_ms} ms"),
    found_as={
        "timed": _(
            "First byte after {ttfb_ms} ms (median; loads: {loads}, spread {spread} ms), {connect_ms} ms of it for"
            " connecting; good is up to {good_ms} ms"
        )
    },
    source="https://web.dev/articles/ttfb",
    scale="curve",
    indicative=True,
)
def server_slow(
    timing: Timing, visit: Visit, timed: Timed | None, *, good_ms: float = GOOD_MS, poor_ms: float = POOR_MS
) -> Judgement:
    loads = repeated(timed, "ttfb")
    loads = None if loads is None or loads.shared else loads
    ttfb_ms = loads.median if loads else timing.ttfb_ms
    if ttfb_ms is None:
        raise NotRecorded("the browser reported no time to first byte")
    yield Measure(value=ttfb_ms, unit="ms")
    if ttfb_ms > good_ms:
        # An untimed visit is one sample, taken while others share the machine; and a wait for the connection tells how
        # far away this machine is, not how slow the shop.
        doubtful = not loads.surely_above(good_ms) if loads else visit.mode == "untimed"
        connecting = timing.connect_ms or 0.0
        distant = ttfb_ms - connecting <= good_ms
        values: dict[str, str | int | float] = {
            "ttfb_ms": round(ttfb_ms), "connect_ms": round(connecting), "good_ms": good_ms,
        }  # fmt: skip
        yield Problem(
            values=values | (repeated_values(loads) if loads else {}),
            middle=ttfb_ms <= poor_ms,
            certainty=Certainty.NEEDS_REVIEW if doubtful or distant else Certainty.CERTAIN,
            discriminator="ttfb",
            timed=loads is not None,
        )
