"""Timed loads of a page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from auditor.evidence import Cause, Insight, Observed, Simulated, Timed, TimedLoad, TracedRun
from tests.factories.pages import at


def cause(url: str = "/static/shop.css", **fields: Any) -> Cause:
    return Cause.model_validate({"url": at(url) if url else ""} | fields)


def insight(name: str, *causes: Cause, **fields: Any) -> Insight:
    """One that fails."""
    return Insight.model_validate(
        {"name": name, "state": "fail", "causes": causes, "causes_in_all": len(causes)} | fields
    )


def load(insights: Sequence[Insight] = (), **fields: Any) -> TimedLoad:
    """A quick load on a quiet machine; numbers by the names of metrics, ``seen_lcp`` is the observed one and
    ``steady_lcp`` that of the other estimate."""
    numbers: dict[str, Any] = {
        "ttfb": 120.0,
        "fcp": 900.0,
        "lcp": 1500.0,
        "tbt": 60.0,
        "cls": 0.01,
        "si": 1200.0,
        "seen_lcp": 700.0,
    }
    numbers |= {name: fields.pop(name) for name in numbers if name in fields}
    steady = {f"steady_{name}_ms": fields.pop(f"steady_{name}", None) for name in ("fcp", "lcp", "si", "tbt")}
    picture = fields.pop("lcp_url", None)
    selector = fields.pop("lcp_selector", "main h1")
    simulated = Simulated(
        fcp_ms=numbers["fcp"],
        lcp_ms=numbers["lcp"],
        tbt_ms=numbers["tbt"],
        tti_ms=3000,
        si_ms=numbers["si"],
        **steady,
    )
    observed = Observed(
        ttfb_ms=numbers["ttfb"], fcp_ms=400, lcp_ms=numbers["seen_lcp"], lcp_selector=selector, cls=numbers["cls"],
        cls_selector="#banner", tbt_ms=0, load_ms=800,
    )  # fmt: skip
    traced = TracedRun(url=at("/"), simulated=simulated, insights=tuple(insights), lcp_url=picture)
    return TimedLoad.model_validate(
        {"took_ms": 1900, "settled": True, "others": 0.05, "observed": observed, "traced": traced} | fields
    )


def timed(*loads: TimedLoad, insights: Sequence[Insight] = (), **fields: Any) -> Timed:
    """Three quick loads where none are given; ``insights`` belong to the second."""
    made = list(loads) or [load(), load(), load()]
    if insights:
        place = min(1, len(made) - 1)
        traced = made[place].traced
        assert traced is not None
        kept = traced.model_copy(update={"insights": tuple(insights)})
        made[place] = made[place].model_copy(update={"traced": kept})
    return Timed.model_validate(
        {
            "visit": "v1-mobile", "page_key": "/", "device": "mobile", "method": "simulated", "wanted": len(made),
            "started_at": datetime(2025, 1, 1, tzinfo=UTC), "loads": tuple(made),
        }
        | fields
    )  # fmt: skip
