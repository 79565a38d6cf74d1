"""Evidence as checks receive it: of a page, a template, a pair of devices, a shop."""

from auditor.evidence.accessibility import Accessibility
from auditor.evidence.discovery import DeadLink, Discovery, PageFacts, Panel
from auditor.evidence.document import Document, Links, StructuredData, Texts
from auditor.evidence.filter_lists import FilterLists
from auditor.evidence.frozen import SCHEMA_VERSION, Frozen
from auditor.evidence.images import Images, Renditions
from auditor.evidence.journey import JourneyEvidence
from auditor.evidence.layout import Controls, Layout, Targets
from auditor.evidence.network import Consent, Console, Frames, Requests, Scripts
from auditor.evidence.pages import Device, Page, Template, Visit
from auditor.evidence.speed import Timed
from auditor.evidence.storefront_baseline import StorefrontBaseline
from auditor.evidence.timing import Timing
from auditor.evidence.trials import Activity, FocusStops, Spacing, Trials
from auditor.evidence.unwanted import Insertions, VantageLoad


class PageEvidence(Frozen):
    """All that one visit recorded. A section that could not be recorded is None and ``missing`` says why."""

    schema_version: int = SCHEMA_VERSION
    page: Page
    visit: Visit
    document: Document | None = None
    links: Links | None = None
    images: Images | None = None
    renditions: Renditions | None = None
    timing: Timing | None = None
    timed: Timed | None = None
    layout: Layout | None = None
    targets: Targets | None = None
    controls: Controls | None = None
    requests: Requests | None = None
    scripts: Scripts | None = None
    frames: Frames | None = None
    insertions: Insertions | None = None
    console: Console | None = None
    consent: Consent | None = None
    structured_data: StructuredData | None = None
    texts: Texts | None = None
    accessibility: Accessibility | None = None
    focus_stops: FocusStops | None = None
    spacing: Spacing | None = None
    trials: Trials | None = None
    activity: Activity | None = None
    missing: dict[str, str] = {}


class TemplateEvidence(Frozen):
    """The judged visits of one template on one device."""

    template: Template
    device: Device
    pages: tuple[PageEvidence, ...]


class AcrossDevices(Frozen):
    """The same page on the phone and on the desktop profile."""

    mobile: PageEvidence
    desktop: PageEvidence


class ShopEvidence(Frozen):
    """The shop as a whole. ``market`` is an ISO 3166 country code in capitals where it could be told, else None.

    ``links_checked`` counts distinct same-site link targets whose answer is known, ``links_unchecked`` those it is not.
    """

    start_url: str
    home_url: str
    language: str | None
    market: str | None
    discovery: Discovery
    panel: Panel
    pages: tuple[PageFacts, ...]
    dead_links: tuple[DeadLink, ...]
    links_checked: int
    links_unchecked: int
    visits: tuple[PageEvidence, ...]
    journeys: tuple[JourneyEvidence, ...] = ()
    vantages: tuple[VantageLoad, ...] = ()
    baseline: StorefrontBaseline | None = None
    filter_lists: FilterLists | None = None
