"""Who asks what: one search answers on every device, so that devices share its queries."""

from collections.abc import Iterable, Sequence

from auditor.evidence import Device, JourneyEvidence, QueryKind
from auditor.queries.making import Query

NAMES_ON_ALL = 2


def share(wanted: Sequence[Query], place: int, of: int) -> list[Query]:
    """What the device at ``place`` among ``of`` asks. All ask the names of two products and the word that means
    nothing, since how an answer looks is the device's matter. Misspelt words, with those they stand for, are the
    second device's, all else the first one's."""
    if of < 2:
        return list(wanted)
    names = list(dict.fromkeys(one.stands_for for one in wanted if one.kind == "exact-title"))[:NAMES_ON_ALL]
    meant = {one.stands_for for one in wanted if one.kind == "typo"}
    respelt = {one.stands_for for one in wanted if one.kind == "folded"}

    def asked(one: Query) -> bool:
        if one.kind == "nonsense" or (one.kind in ("exact-title", "short-title") and one.stands_for in names):
            return True
        if one.kind == "typo":
            return place == 1
        if one.kind == "clean" and one.text in meant:
            return place == 1 or (place == 0 and one.text in respelt)
        return place == 0

    return [one for one in wanted if asked(one)]


def asks_alone(searches: Iterable[JourneyEvidence], devices: Sequence[Device]) -> Device | None:
    """The device that is to ask everything after all: its search was answered, and another one's share was not."""
    answered = {one.device for one in searches if _answered(one)}
    return next((device for device in devices if device in answered), None) if len(answered) < len(devices) else None


def left_to_others(could: Iterable[Query], wanted: Iterable[Query]) -> tuple[QueryKind, ...]:
    """The kinds of which this device asks nothing, although something could be asked."""
    return tuple(sorted({one.kind for one in could} - {one.kind for one in wanted}))


def _answered(journey: JourneyEvidence) -> bool:
    return journey.ended == "completed" and any(one.results for one in journey.searches)
