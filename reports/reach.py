"""How far a finding reaches, in words: ``3 of 5 product pages, on phone and desktop``."""

from collections.abc import Iterable

from auditor.evidence import Device, Ended, Template
from auditor.finding import Finding
from auditor.result import PageResult
from reports.journey_words import JOURNEYS
from reports.page_words import ALL_PAGES, PAGES_TOGETHER, SOME_PAGES, THE_PAGE
from reports.wording import (
    ON_DEVICES,
    _,
    _n,
    listed,
    number,
    on_devices,
)


class Looked:
    """The pages that were opened and judged."""

    def __init__(self, pages: Iterable[PageResult]) -> None:
        self.urls: dict[str, str] = {}
        self._keys: dict[tuple[Template, Device], set[str]] = {}
        for page in pages:
            self.urls.setdefault(page.key, page.url)
            if page.ended is Ended.LOADED:
                self._keys.setdefault((page.template, page.device), set()).add(page.key)

    def at(self, template: Template, device: Device | None) -> set[str]:
        """Keys of the template's judged pages on a device, or on any."""
        devices = [device] if device else list(Device)
        return {key for each in devices for key in self._keys.get((template, each), ())}


def reach(finding: Finding, looked: Looked) -> str:
    """Where a finding was seen, of how many pages that were looked at."""
    if finding.template is None:
        walked = list(dict.fromkeys(one.journey for one in finding.occurrences if one.journey))
        if walked:
            return _on_devices(
                _("the journey: {names}").format(names=listed([JOURNEYS[one] for one in walked])), finding.devices
            )
        seen = {key for key in finding.pages if key}
        if not seen:
            return _on_devices(_("the shop as a whole"), finding.devices)
        count = len(seen)
        one = _("the shop as a whole, with an example page")
        many = _n("{count} page", "{count} pages", count).format(count=number(count, 0))
        return _on_devices(one if count == 1 else many, finding.devices)
    parts = {device: _share(finding, finding.template, device, looked) for device in finding.devices or (None,)}
    if len(set(parts.values())) == 1:
        return _on_devices(next(iter(parts.values())), finding.devices)
    spoken = [
        _("{share} {on_device}").format(share=share, on_device=ON_DEVICES[device])
        for device, share in parts.items()
        if device is not None
    ]
    return _("; ").join(spoken)


def _share(finding: Finding, template: Template, device: Device | None, looked: Looked) -> str:
    there = [one for one in finding.occurrences if device is None or one.device is device]
    seen = {one.page_key for one in there if one.page_key}
    total = looked.at(template, device) | seen
    if not seen:
        return PAGES_TOGETHER[template]
    if len(total) == 1:
        return THE_PAGE[template]
    if len(seen) == len(total):
        return ALL_PAGES.of(template, len(total))
    return SOME_PAGES.of(template, len(total), seen=number(len(seen), 0))


def _on_devices(place: str, devices: tuple[Device, ...]) -> str:
    if not devices:
        return place
    return _("{place}, {on_devices}").format(place=place, on_devices=on_devices(devices))
