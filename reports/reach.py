"""How far a finding reaches, in words: ``3 of 5 product pages, on phone and desktop``."""

from collections.abc import Iterable

from auditor.evidence import Device, Ended, Template
from auditor.finding import Finding
from auditor.result import PageResult
from reports.wording import DEVICES, JOURNEYS, TEMPLATES, _, listed, pages_of


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
        return _on_devices(one if count == 1 else _("{count} pages").format(count=count), finding.devices)
    parts = {device: _share(finding, finding.template, device, looked) for device in finding.devices or (None,)}
    if len(set(parts.values())) == 1:
        return _on_devices(next(iter(parts.values())), finding.devices)
    spoken = [
        _("{share} on {device}").format(share=share, device=DEVICES[device])
        for device, share in parts.items()
        if device is not None
    ]
    return "; ".join(spoken)


def _share(finding: Finding, template: Template, device: Device | None, looked: Looked) -> str:
    there = [one for one in finding.occurrences if device is None or one.device is device]
    seen = {one.page_key for one in there if one.page_key}
    total = looked.at(template, device) | seen
    if not seen:
        return _("all {pages} together").format(pages=TEMPLATES[template][1])
    if len(total) == 1:
        return _("the {page}").format(page=TEMPLATES[template][0])
    if len(seen) == len(total):
        return _("all {pages}").format(pages=pages_of(template, len(total)))
    return _("{seen} of {pages}").format(seen=len(seen), pages=pages_of(template, len(total)))


def _on_devices(place: str, devices: tuple[Device, ...]) -> str:
    if not devices:
        return place
    return _("{place}, on {devices}").format(place=place, devices=listed([DEVICES[device] for device in devices]))
