"""A walked journey as the result shows it: steps, effort, proof."""

from collections.abc import Iterable
from typing import Any

from auditor.effort import Effort, StepEffort, effort
from auditor.evidence import Device, FieldUse, JourneyEvidence, JourneyName, Step, StepIntent
from auditor.result import Journey
from auditor.settings import ShopSettings

_TICKED = ("radio", "checkbox")
_ASIDE = (StepIntent.CLOSE_LAYER, StepIntent.EMPTY_CART)
"""Done beside the way, so not how far it led."""


NAMES: tuple[JourneyName, ...] = ("search", "browse", "buy")


def journeys(shop: ShopSettings, walked: Iterable[JourneyEvidence]) -> tuple[Journey, ...]:
    """All journeys of a run: those that were walked, and why the others were not."""
    done = {(evidence.journey, evidence.device): evidence for evidence in walked}
    found = []
    for name in NAMES:
        for device in shop.devices:
            evidence = done.get((name, device))
            found.append(_walked(evidence) if evidence else _not_walked(name, device, shop))
    return tuple(found)


def _not_walked(name: JourneyName, device: Device, shop: ShopSettings) -> Journey:
    if shop.depth == "pages":
        why = "the audit's depth was `pages`: pages were looked at, nothing was put into a cart"
    else:
        why = "the audit ended before it"
    return Journey(name=name, device=device, ended="not_walked", why=why)


def _walked(evidence: JourneyEvidence) -> Journey:
    confirmed = [step for step in evidence.steps if step.confirmed and step.intent not in _ASIDE]
    return Journey(
        name=evidence.journey,
        device=evidence.device,
        ended=evidence.ended,
        reached=confirmed[-1].intent if confirmed else None,
        stuck_at=evidence.stuck_at,
        blocker=evidence.blocker,
        steps=tuple(_shown(step) for step in evidence.steps),
        # Queries and orders are tried one after another: no shopper would, so their effort says nothing.
        effort=_told(effort_of(evidence)) if evidence.steps and evidence.journey == "buy" else {},
        refused_requests=tuple(f"{one.method} {one.address}: {one.why}" for one in evidence.refused_requests),
        why=evidence.note,
        product=evidence.product_name,
        cleaned_up=evidence.cleaned_up,
        traces=evidence.traces,
        beyond_robots=evidence.beyond_robots,
        guest=evidence.guest,
        one_page=evidence.one_page,
    )


def _shown(step: Step) -> dict[str, Any]:
    return {
        "intent": step.intent.value,
        "did": step.did,
        "because": list(step.because),
        "reached": step.reached,
        "confirmed": step.confirmed,
        "effect": list(step.effect),
        "waited_ms": step.waited_ms,
        "took_ms": step.took_ms,
        "clicks": step.clicks,
        "keys": step.keys,
        "fields": len(step.fields),
        "picture": step.picture.path if step.picture else None,
    }


def effort_of(evidence: JourneyEvidence) -> Effort:
    """What the walked journey cost, step by step."""
    return effort([_effort_of(step) for step in evidence.steps])


def _effort_of(step: Step) -> StepEffort:
    texts = [use for use in step.fields if not _is_list(use) and not _is_tick(use)]
    return StepEffort(
        fields_typed=sum(use.action == "filled" for use in texts),
        fields_skipped=sum(use.action in ("left", "refused") for use in texts),
        fields_prefilled=sum(use.action == "prefilled" for use in texts),
        chars_typed=sum(use.typed for use in texts),
        selects=sum(use.action == "chosen" and _is_list(use) for use in step.fields),
        ticks=sum(use.action == "chosen" and _is_tick(use) for use in step.fields),
        clicks=step.clicks,
        pages=int(step.new_page),
        forced_wait_ms=step.waited_ms,
        required=sum(use.field.required for use in step.fields if not _is_tick(use)),
    )


def _is_list(use: FieldUse) -> bool:
    return use.field.tag == "select"


def _is_tick(use: FieldUse) -> bool:
    return use.field.type in _TICKED


def _told(sums: Effort) -> dict[str, float]:
    """Counts, seconds the shop made the shopper wait, and hands-on seconds as a band."""
    return {
        "steps": sums.steps,
        "pages": sums.pages,
        "fields": sums.fields,
        "required": sums.required,
        "clicks": sums.clicks,
        "keys": sums.keys,
        "waited_s": round(sums.waits_ms / 1000, 1),
        "desktop_low_s": round(sums.desktop.low),
        "desktop_high_s": round(sums.desktop.high),
        "phone_low_s": round(sums.phone.low),
        "phone_high_s": round(sums.phone.high),
    }
