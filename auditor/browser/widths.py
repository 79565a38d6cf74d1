"""Scrolls a phone page sideways at three widths. The last thing done to a page, because it changes the emulation."""

from typing import Any

from playwright.async_api import CDPSession

from auditor.browser.devices import PROBED_WIDTHS
from auditor.browser.isolated_world import IsolatedWorld
from auditor.evidence import DeviceProfile

PROBE_SECONDS = 20.0
MAX_OFFENDERS = 12
LIMITS = {"elements": 30_000, "walk_ms": 4000}


async def probe_widths(
    cdp: CDPSession, world: IsolatedWorld, profile: DeviceProfile, viewport_metas: list[str]
) -> list[dict[str, Any]]:
    """A WidthProbe's facts for each of PROBED_WIDTHS; none on a desktop.

    :raises ScriptFailed: when the page does not answer.
    """
    if not profile.touch:
        return []
    # A page laid out for the device scrolls like a narrow window; one without a viewport tag is zoomed out instead.
    zoomed_out = "device-width" not in " ".join(viewport_metas)
    found = []
    for width in PROBED_WIDTHS:
        metrics = {"width": width, "height": profile.height, "deviceScaleFactor": 1, "mobile": zoomed_out}
        await cdp.send("Emulation.setDeviceMetricsOverride", metrics)
        probe = await world.call("probeWidth", MAX_OFFENDERS, LIMITS, seconds=PROBE_SECONDS)
        found.append(probe | {"viewport_px": width})
    return found
