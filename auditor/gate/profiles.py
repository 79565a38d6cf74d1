"""How much a gate looks at, by the name of a profile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from auditor.evidence import Device
from auditor.sample import scaled_panel
from auditor.settings import ShopSettings

Profile = Literal["ci-fast", "ci"]
PAGES = 8
LOADS = 7
"""Of a page, where there is a baseline file instead of a base."""


def profile_settings(profile: Profile, seconds: float, *, paired: bool, clock: datetime) -> Mapping[str, Any]:
    """Settings of the shop where the operator says nothing: the phone, PAGES pages, and of the journeys the guest's who
    buys. ``paired``: both sides run and are timed in turns afterwards, so the audit itself makes no timed loads;
    against a file, ``ci`` makes them. ``clock`` is what pages are told that time it is when they begin to load."""
    alone = profile == "ci" and not paired
    return {
        "devices": (Device.MOBILE,),
        "panel": scaled_panel(PAGES),
        "max_pages": 60,
        "max_seconds": min(60.0, seconds / 3),
        "page_seconds": 30.0,
        "audit_seconds": seconds,
        "speed": {"runs": LOADS if alone else 0, "again": False, "pages": 1, "seconds": seconds / 2},
        "ads": {"pages": 0},
        "journey": {"walk": ("buy",)},
        "pinned": {"clock": clock, "zone": "UTC", "locale": "en-US"},
        "politeness": {"delay_s": 0.02, "autothrottle": False},
    }


def over(profile: Mapping[str, Any], file: Mapping[str, Any]) -> dict[str, Any]:
    """The operator's file over the profile, key by key where both hold a mapping; but a panel is taken whole."""
    both = {
        key: {**value, **file[key]}
        for key, value in profile.items()
        if key != "panel" and isinstance(value, dict) and isinstance(file.get(key), dict)
    }
    return {**profile, **file, **both}


def with_loads_for_budgets(shop: ShopSettings) -> ShopSettings:
    """A budget of a time or a score needs timed loads, also where the rank tests make their own."""
    timed = any(budget.metric not in ("kib", "requests") for budget in shop.speed.budgets)
    if not timed or shop.speed.runs:
        return shop
    return shop.model_copy(update={"speed": shop.speed.model_copy(update={"runs": LOADS})})
