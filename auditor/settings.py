"""What the operator asks for: one shop's settings, from the command line and one YAML entry."""

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    field_validator,
    model_validator,
)

from auditor.evidence import Device, JourneyName, Template

DEFAULT_PANEL: dict[Template, int] = {
    Template.HOME: 1,
    Template.CATEGORY: 2,
    Template.PRODUCT: 5,
    Template.SEARCH: 1,
    Template.CART: 1,
    Template.CONTENT: 2,
}


class Settings(BaseModel):
    """Frozen, and unknown keys are refused with their name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Politeness(Settings):
    """How gently a shop is asked. ``delay_s`` is the least pause between requests to a host; AutoThrottle may lengthen
    it.

    ``obey_robots`` False needs the shop's owner: it is accepted in the operator's file only.
    """

    delay_s: float = Field(0.2, ge=0, le=60)
    concurrency: int = Field(2, ge=1, le=16)
    autothrottle: bool = True
    obey_robots: bool = True
    contact: str = ""


class Access(Settings):
    """How to get into a staging shop. Values are secrets: sent to the shop's own origin only and never written down.
    ``local_storage`` is what the browser's storage of that origin holds from the start."""

    basic: SecretStr | None = None
    headers: dict[str, SecretStr] = {}
    cookies: dict[str, SecretStr] = {}
    local_storage: dict[str, SecretStr] = {}


class Pinned(Settings):
    """What is to be the same at every visit. ``clock``: pages are told that it is this moment when they begin to load,
    and their time runs on from there; ``zone`` is an IANA time zone, ``locale`` the browser's where no language is
    set. ``third_parties`` ``stubbed``: what pages load from other sites than the shop's, and than the domains of
    ``keep``, is answered with nothing, on visits and timed loads; journeys meet it as it is."""

    clock: AwareDatetime | None = None
    zone: str | None = None
    locale: str | None = Field(None, pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    third_parties: Literal["loaded", "stubbed"] = "loaded"
    keep: tuple[str, ...] = ()

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError(f"{zone[:60]!r} is no time zone; give one such as Europe/Warsaw or UTC")
        return zone


FileKind = Literal[
    "total", "document", "script", "stylesheet", "image", "font", "media", "other", "third-party"
]  # fmt: skip


class SpeedBudget(Settings):
    """A limit for pages, as a finding when it is passed.

    ``metric`` in ms, as a score (``cls``), in points (``performance``, with ``min``), in KiB or as a number of
    requests; the last two of files of one ``kind``. Without ``template`` or ``device`` it holds for all. ``path`` is a
    pattern as in robots.txt, ``url`` a regular expression on the whole address. Of the entries of one ``file`` only
    the last one that fits a page holds, as Lighthouse has it. ``level`` ``warn`` makes a minor finding.
    """

    metric: Literal["ttfb", "fcp", "lcp", "tbt", "cls", "si", "performance", "kib", "requests"]
    max: float | None = Field(None, ge=0)
    min: float | None = Field(None, ge=0, le=100)
    kind: FileKind = "total"
    template: Template | None = None
    device: Device | None = None
    path: str = Field("/", pattern=r"^[/*]", max_length=2000)
    url: str | None = Field(None, max_length=500)
    level: Literal["error", "warn"] = "error"
    file: str = ""
    entry: int = 0

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.max is None) == (self.min is None) or (self.min is not None) != (self.metric == "performance"):
            raise ValueError("give max, the most that is allowed; for performance give min, the fewest points")
        return self

    @field_validator("url")
    @classmethod
    def _expression(cls, url: str | None) -> str | None:
        try:
            re.compile(url or "")
        except re.error as error:
            raise ValueError(f"{url!r} is no regular expression ({error})") from None
        return url


class Speed(Settings):
    """Timed loads, alone on the machine after everything else.

    ``runs`` of every page and device; 0 switches them off. ``method`` ``simulated`` estimates Lighthouse's slow phone
    and desktop from a trace, ``observed`` takes this machine's own times, ``applied`` slows network and processor down
    to a slow phone's. ``again``: each page is opened a second time with its cache filled, and left and come back to.
    ``pages`` of each template at most, None is the whole panel. ``seconds`` is the limit for all of them together.
    ``profile`` names the curves of the performance score: ``lighthouse`` gives Lighthouse's own, which is stricter on
    desktops. ``budgets`` are limits of the operator's own; ``budget_files`` are Lighthouse's budget.json or the
    assertions of Lighthouse CI, and what of them is not understood is listed in ``budgets_unread``.
    """

    runs: int = Field(3, ge=0, le=25)
    method: Literal["simulated", "observed", "applied"] = "simulated"
    again: bool = True
    profile: Literal["web-vitals", "lighthouse"] = "web-vitals"
    budgets: tuple[SpeedBudget, ...] = ()
    budget_files: tuple[Path, ...] = ()
    budgets_unread: tuple[str, ...] = ()
    pages: int | None = Field(None, ge=1, le=200)
    seconds: float = Field(900, gt=0, le=86_400)


class Ads(Settings):
    """The look for what the shop did not put on its pages. ``pages``: how many templates are looked at from all
    ``vantages``, a page each; 0 leaves them out. ``baseline``: the operator's file of what is approved. ``lists``: the
    folder of filter lists; that of ``auditor ads lists`` without it. ``proxies``: ways into other networks by a name,
    as the address of an HTTP or SOCKS proxy; what is looked at through one does not pass our own address checks."""

    pages: int = Field(2, ge=0, le=5)
    vantages: tuple[Literal["direct", "search", "returning", "accepted", "plain"], ...] = (
        "direct", "search", "returning", "accepted",
    )  # fmt: skip
    baseline: Path | None = None
    lists: Path | None = None
    proxies: dict[
        Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,20}$")],
        Annotated[str, StringConstraints(pattern=r"^(?:http|https|socks5)://[^\s@]+:\d+$")],
    ] = Field(default_factory=dict, max_length=5)


class StepOverride(Settings):
    """What to press for a step: the control by ``selector`` (CSS), or by ``role`` and ``name``; or the ``url`` to open
    instead of pressing."""

    selector: str | None = None
    role: str | None = None
    name: str | None = None
    url: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.selector, self.role and self.name, self.url)
        if sum(way is not None for way in ways) != 1 or (self.role is None) != (self.name is None):
            raise ValueError("say one of: selector; role and name; url")
        return self


class JourneySettings(Settings):
    """What a journey through this shop cannot find by itself. ``variant``: names of choices and what to choose, such
    as ``{size: M}``. ``never_click``: CSS selectors of what is never pressed, whatever else speaks for it. ``country``:
    ISO 3166 code of where the test identity lives. ``walk``: the journeys that are walked, in this order.
    ``within_robots``: for shops that are not the operator's: search and browse are walked at depth ``pages`` too, and
    open no page that robots.txt keeps from crawlers. The interlock's veto stands above all of it.
    """

    walk: tuple[JourneyName, ...] = ("search", "browse", "buy")
    within_robots: bool = False
    product_url: str | None = None
    steps: dict[Literal["add_to_cart", "open_cart", "checkout", "guest", "continue"], StepOverride] = {}
    variant: dict[str, str] = {}
    never_click: tuple[str, ...] = ()
    country: str | None = Field(None, pattern="^[A-Z]{2}$")

    @field_validator("steps")
    @classmethod
    def _presses(cls, steps: dict[str, StepOverride]) -> dict[str, StepOverride]:
        for step in ("add_to_cart", "guest", "continue"):
            if step in steps and steps[step].url is not None:
                raise ValueError(f"{step} is pressed, not opened: give its selector, or its role and name")
        return steps


class ShopSettings(Settings):
    """One shop, as one entry of ``shops.yaml``.

    ``max_pages`` caps discovery, ``max_seconds`` its time; ``panel`` counts the pages to visit by template.
    ``templates`` overrides classification by URL pattern (glob on path and query). ``limits`` overrides a check's
    limits: ``{"speed/lcp-slow": {"good_ms": 2000}}``. ``allow_private`` lets the audit reach private addresses, or
    just the listed networks. ``resolve`` holds curl-like ``HOST[:PORT]:ADDRESS[:PORT]`` entries.
    """

    start_url: str
    name: str = ""
    devices: tuple[Device, ...] = (Device.MOBILE, Device.DESKTOP)
    language: str | None = None
    max_pages: int = Field(300, ge=1, le=100_000)
    max_seconds: float = Field(300, gt=0, le=86_400)
    page_seconds: float = Field(45, gt=0, le=600)
    audit_seconds: float = Field(3600, gt=0, le=86_400)
    panel: dict[Template, int] = DEFAULT_PANEL
    urls: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    templates: dict[str, Template] = {}
    consent: Literal["reject", "accept", "leave"] = "reject"
    depth: Literal["pages", "cart", "payment"] = "cart"
    speed: Speed = Speed()
    authorised_by: str | None = None
    ownership: Literal["unstated", "confirmed"] = "unstated"
    politeness: Politeness = Politeness()
    access: Access = Access()
    allow_private: bool | tuple[IPv4Network | IPv6Network, ...] = False
    resolve: tuple[str, ...] = ()
    limits: dict[str, dict[str, Any]] = {}
    previous_panel: Path | None = None
    journey: JourneySettings = JourneySettings()
    ads: Ads = Ads()
    pinned: Pinned = Pinned()

    @field_validator("devices")
    @classmethod
    def _some_device(cls, devices: tuple[Device, ...]) -> tuple[Device, ...]:
        if not devices:
            raise ValueError("name at least one device: mobile, desktop")
        return devices

    @field_validator("start_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if not url.lower().startswith(("http://", "https://")) or len(url) > 4096:
            raise ValueError(f"{url[:80]!r} is no web address: start it with https:// or http://")
        if "@" in urlsplit(url).netloc:
            raise ValueError("leave user and password out of the address, where everybody reads them: give --auth")
        return url
