"""The two devices that pages are opened on."""

import re
from dataclasses import dataclass

from auditor import __version__
from auditor.evidence import Device, DeviceProfile

PROFILES: dict[Device, DeviceProfile] = {
    Device.MOBILE: DeviceProfile(device=Device.MOBILE, width=412, height=823, dpr=1.75, user_agent="", touch=True),
    Device.DESKTOP: DeviceProfile(device=Device.DESKTOP, width=1350, height=940, dpr=1.0, user_agent="", touch=False),
}
"""Viewports in CSS pixels. The user agent is completed by ``profile_for``, because it names the browser's version."""

PROBED_WIDTHS = (412, 360, 320)
"""Viewport widths in CSS pixels at which a phone page is scrolled sideways."""


@dataclass(frozen=True)
class Identity:
    """How we introduce ourselves: the browser's own user agent and the operator's contact."""

    browser_agent: str
    contact: str

    def user_agent(self, device: Device) -> str:
        """The browser's own user agent as a shopper's browser sends it (its phone form on a phone, its major version
        only), with our name and contact behind it."""
        own = re.sub(r"(?:Headless)?Chrome/(\d+)[\d.]*", r"Chrome/\1.0.0.0", self.browser_agent)
        if device is Device.MOBILE:
            own = re.sub(r"\([^)]*\)", "(Linux; Android 10; K)", own, count=1).replace(" Safari/", " Mobile Safari/")
        contact = re.sub(r"[^\x20-\x7e]|[()\\]", "", self.contact)[:200]
        return f"{own} storefront-auditor/{__version__}" + (f" (+{contact})" if contact else "")


def profile_for(device: Device, identity: Identity) -> DeviceProfile:
    return PROFILES[device].model_copy(update={"user_agent": identity.user_agent(device)})
