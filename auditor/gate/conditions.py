"""What a side was made with: two sides are compared only where it is the same."""

import re
from collections.abc import Iterable, Mapping

from auditor.gate.side import Side
from auditor.result import Environment
from auditor.settings import ShopSettings


def conditions_of(shop: ShopSettings, profile: str) -> dict[str, str]:
    """What was asked for, as far as it changes what is found; the shop's address is not part of it."""
    asked = {
        "profile": profile,
        "devices": ", ".join(shop.devices),
        "language": shop.language or "the shop's own",
        "consent": shop.consent,
        "depth": shop.depth,
        "limits": repr(sorted((check, sorted(limits.items())) for check, limits in shop.limits.items())),
    }
    pinned = shop.pinned
    if shop.depth != "pages":
        asked["journeys"] = ", ".join(shop.journey.walk) or "none"
    if pinned.third_parties == "stubbed":
        asked["third parties"] = f"stubbed, but {', '.join(pinned.keep)}" if pinned.keep else "stubbed"
    stated = {"time zone": pinned.zone, "locale": pinned.locale}
    return asked | {name: value for name, value in stated.items() if value}


def incompatible(before: Side, after: Side, *, timed: bool) -> tuple[str, ...]:
    """Sentences: why the sides cannot be compared. ``timed``: also their times are to be compared."""
    return (*_asked(before.conditions, after.conditions), *_made(before, after, timed), *_shared(before, after))


def _asked(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    for name in sorted(before.keys() | after.keys()):
        one, two = before.get(name, "not stated"), after.get(name, "not stated")
        if one != two:
            yield f"The baseline was made with {name} {one}, this run with {two}."


def _made(before: Side, after: Side, timed: bool) -> Iterable[str]:
    one, two = before.run.environment, after.run.environment
    facts = [
        ("auditor", _minor(one.auditor), _minor(two.auditor)),
        ("score profile", one.score_profile, two.score_profile),
    ]
    if timed:
        facts += [
            ("browser", _browser(one), _browser(two)),
            ("number of processor cores", str(one.cores), str(two.cores)),
            ("system", one.system.split()[0], two.system.split()[0]),
        ]
    for name, old, new in facts:
        if old != new:
            yield f"The baseline was made with {name} {old}, this run with {new}: renew it, auditor baseline update."


def _shared(before: Side, after: Side) -> Iterable[str]:
    if before.pages and after.pages and not set(before.pages) & set(after.pages):
        yield (
            f"The two sides have no page in common ({before.pages[0]} … against {after.pages[0]} …): they are two "
            "shops, or their paths differ."
        )


def _browser(made: Environment) -> str:
    """Its major version and kind."""
    found = re.search(r"\d+", made.browser)
    return f"{found[0] if found else made.browser} {made.browser_source}".strip()


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
