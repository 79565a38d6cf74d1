"""Pages of a shop and what a visit to one of them was."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from auditor.evidence.frozen import Frozen


class Template(StrEnum):
    """The kind of page."""

    HOME = "home"
    CATEGORY = "category"
    PRODUCT = "product"
    SEARCH = "search"
    CART = "cart"
    CHECKOUT = "checkout"
    ACCOUNT = "account"
    CONTENT = "content"
    OTHER = "other"


class Device(StrEnum):
    MOBILE = "mobile"
    DESKTOP = "desktop"


class Ended(StrEnum):
    """How a visit ended. Only ``loaded`` visits are judged."""

    LOADED = "loaded"
    BLOCKED = "blocked"
    LOGIN = "login"
    MAINTENANCE = "maintenance"
    CAPTIVE_PORTAL = "captive_portal"
    TIMED_OUT = "timed_out"
    BROWSER_DIED = "browser_died"
    HTTP_ERROR = "http_error"


Region = Literal["header", "nav", "main", "footer", "aside", "breadcrumb", "dialog", "other"]
"""Where on the page an element sits, by landmark, role, then by class and position."""


class Page(Frozen):
    """A page of the panel.

    ``key`` is its identity across runs and hosts: the path plus the query parameters that carry identity.
    ``because`` says why it has its template, one reason an entry.
    """

    url: str
    key: str
    template: Template
    because: tuple[str, ...] = ()
    found_from: str | None = None
    depth: int | None = None


class Artifact(Frozen):
    """A file of the run folder. ``path`` is relative to the folder."""

    path: str
    sha256: str
    bytes: int
    mime: str


class DeviceProfile(Frozen):
    """An emulated device: viewport in CSS pixels."""

    device: Device
    width: int
    height: int
    dpr: float
    user_agent: str
    touch: bool


class Redirect(Frozen):
    url: str
    status: int


class Visit(Frozen):
    """One opening of one page on one device.

    ``mode``: ``untimed`` visits run side by side and their timing is indicative; ``timed`` ones run alone.
    ``host_load`` is the machine's load average of the last minute per core, at the end of the visit.
    ``note`` is a sentence that says why the visit did not end in ``loaded``.
    """

    id: str
    device: Device
    mode: Literal["untimed", "timed"] = "untimed"
    ended: Ended
    note: str = ""
    started_at: datetime
    took_ms: int
    host_load: float | None = None
    attempt: int = 1
    status: int | None = None
    final_url: str | None = None
    browser_version: str = ""
    profile: DeviceProfile
    artifacts: dict[str, Artifact] = {}
