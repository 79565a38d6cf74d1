"""Which platform a shop runs on, from what its pages carry."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from auditor.evidence import Discovery, PageFacts, PageSignals
from auditor.platforms.facts import Platform, any_of, platforms

_ENOUGH_PAGES = 60


class Detection(NamedTuple):
    """The platform, or None, and the reasons as sentences."""

    platform: Platform | None
    because: tuple[str, ...]


def detect(signals: PageSignals, url: str = "") -> Detection:
    """The platform with the most fingerprints on a page; None when no platform has as many as it needs (its
    name as generator is enough), or two have equally many."""
    addresses = _Addresses.of(signals)
    found = {platform.name: _fingerprints(platform, signals, addresses) for platform in platforms()}
    able = [
        platform
        for platform in platforms()
        if len(found[platform.name]) >= platform.needs or _says_so(platform, signals)
    ]
    ranked = sorted(able, key=lambda platform: -len(found[platform.name]))
    if not ranked:
        return Detection(None, ())
    best = ranked[0]
    if len(ranked) > 1 and len(found[ranked[1].name]) == len(found[best.name]):
        return Detection(None, ())
    return Detection(best, tuple(found[best.name]))


def detect_pages(pages: Iterable[PageFacts]) -> Detection:
    """The platform that most of the first pages speak of."""
    votes: Counter[str] = Counter()
    reasons: dict[str, tuple[str, ...]] = {}
    for number, page in enumerate(page for page in pages if page.status == 200):
        if number >= _ENOUGH_PAGES:
            break
        platform, because = detect(page.signals, page.url)
        if platform:
            votes[platform.name] += 1
            if len(because) > len(reasons.get(platform.name, ())):
                reasons[platform.name] = because
    if not votes:
        return Detection(None, ())
    name = votes.most_common(1)[0][0]
    return Detection(platform_named(name), reasons[name])


def detect_shop(discovery: Discovery, pages: Iterable[PageFacts]) -> Discovery:
    """The discovery with the platform that its pages speak of."""
    platform, because = detect_pages(pages)
    if platform is None:
        return discovery
    return discovery.model_copy(update={"platform": platform.name, "platform_because": because})


def platform_named(name: str | None) -> Platform | None:
    return next((platform for platform in platforms() if platform.name == name), None)


class _Addresses(NamedTuple):
    """Of assets and forms of a page, in lower case and a line each: most platforms are in none of them."""

    assets: str
    forms: str

    @classmethod
    def of(cls, signals: PageSignals) -> "_Addresses":
        return cls("\n".join(signals.asset_paths).lower(), "\n".join(form.action for form in signals.forms).lower())


def _fingerprints(platform: Platform, signals: PageSignals, addresses: _Addresses) -> list[str]:
    body = (*signals.body_classes, signals.body_id)
    reasons = []
    if _says_so(platform, signals):
        reasons.append(f"the page says that it was made by {signals.generator!r}")
    for kind, names, lines, seen in (
        ("an asset is loaded from", platform.assets, addresses.assets, signals.asset_paths),
        ("a form is sent to", platform.forms, addresses.forms, (form.action for form in signals.forms)),
    ):
        parts = [part for name in names if (part := name.lower()) in lines]
        hit = next((text for text in seen if any(part in text.lower() for part in parts)), None) if parts else None
        if hit:
            reasons.append(f"{kind} {hit[:120]}")
    for kind, names, seen in (
        ("a cookie is called", platform.cookies, signals.cookie_names),
        ("a script sets", platform.globals, signals.globals),
        ("the body is marked", platform.body, body),
    ):
        pattern = _names(names)
        hit = next((text for text in seen if pattern.fullmatch(text)), None) if names else None
        if hit:
            reasons.append(f"{kind} {hit[:120]}")
    return reasons


def _says_so(platform: Platform, signals: PageSignals) -> bool:
    generator = (signals.generator or "").lower()
    return any(generator.startswith(name.lower()) or f" {name.lower()}" in generator for name in platform.generator)


@lru_cache(maxsize=256)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(names)
