"""One side of the comparison: what was found and counted, of a run or of a baseline file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from auditor.check import CheckSpec
from auditor.evidence import Device, Ended, Frozen, JourneyName, PageEvidence, Template
from auditor.finding import Finding, Outcome, Verdict
from auditor.interlock.site import site_of
from auditor.replay import checks_digest
from auditor.result import AuditResult, Metric, Run

_FILES = frozenset({"document", "script", "stylesheet", "image", "font", "media"})
"""What is counted by its whole address. The rest are calls by script, which may go on for as long as the page is open,
each with another query."""


MOST_FILES = 30


class Place(Frozen):
    """Something that a check can be asked of: a page on a device, a template, a journey, or with nothing the shop."""

    template: Template | None = None
    device: Device | None = None
    page_key: str | None = None
    journey: JourneyName | None = None


class Counted(Frozen):
    """What one visit counted, from the load until the page was scrolled to its end: what is asked for before the load
    event depends on the machine, what is asked for at all does not. ``bytes`` of all files unpacked, so that neither
    the browser's cache nor compression plays a part; ``cls`` is the score of layout shift of one untimed load.
    ``files`` are the largest, and the third parties' scripts: path, or host and path elsewhere, to bytes."""

    page: str
    device: Device
    template: Template
    bytes: int
    requests: int
    cls: float | None = None
    files: Mapping[str, int] = {}


class Side(Frozen):
    """``judged`` are the places at which each check came to a verdict, ``digests`` what each check was at that time.
    ``scripts`` are the third parties whose scripts ran, by registrable domain, with the pages on which they did."""

    run: Run
    findings: tuple[Finding, ...]
    judged: Mapping[str, tuple[Place, ...]]
    digests: Mapping[str, str]
    scripts: Mapping[str, tuple[str, ...]]
    counted: tuple[Counted, ...]
    metrics: tuple[Metric, ...]
    pages: tuple[str, ...]
    conditions: Mapping[str, str] = {}

    def outcomes(self) -> tuple[Outcome, ...]:
        """What :mod:`auditor.compare` must know to tell new from not looked at."""
        return tuple(
            Outcome(check=check, verdict=Verdict.PASSED, score=1.0, **place.model_dump())
            for check, places in self.judged.items()
            for place in places
        )


def side_of(
    result: AuditResult,
    outcomes: Iterable[Outcome],
    visits: Iterable[PageEvidence],
    checks: Iterable[CheckSpec],
    conditions: Mapping[str, str],
) -> Side:
    """``conditions`` as :func:`auditor.gate.conditions.conditions_of` gives them."""
    judged: dict[str, dict[Place, None]] = defaultdict(dict)
    visits = tuple(visits)
    for outcome in outcomes:
        if outcome.score is not None or outcome.problems:
            judged[outcome.check][_place(outcome)] = None
    return Side(
        run=result.run,
        findings=result.findings,
        judged={check: tuple(places) for check, places in sorted(judged.items())},
        digests={spec.id: checks_digest([spec]) for spec in checks},
        scripts=_scripts(visits),
        counted=tuple(one for visit in visits if (one := _counted(visit)) is not None),
        metrics=tuple(metric for metric in result.metrics if metric.method != "untimed"),
        pages=tuple(sorted({page.key for page in result.pages if page.ended is Ended.LOADED})),
        conditions=conditions,
    )


def _place(outcome: Outcome) -> Place:
    return Place(
        template=outcome.template, device=outcome.device, page_key=outcome.page_key, journey=outcome.journey
    )  # fmt: skip


def _scripts(visits: Iterable[PageEvidence]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for visit in visits:
        own = site_of(visit.page.url)
        for request in visit.requests.items if visit.requests else ():
            if request.type == "script" and urlsplit(request.url).scheme in ("http", "https"):
                site = site_of(request.url)
                if site and site != own:
                    found[site].add(visit.page.key)
    return {site: tuple(sorted(pages)) for site, pages in sorted(found.items())}


def _counted(visit: PageEvidence) -> Counted | None:
    if visit.visit.ended is not Ended.LOADED or visit.requests is None or visit.requests.truncated:
        return None
    files: dict[str, int] = {}
    scripts: dict[str, int] = {}
    for request in visit.requests.items:
        asked = request.url if request.type in _FILES else request.url.partition("?")[0]
        files[asked] = max(files.get(asked, 0), request.decoded_bytes or 0)
        if request.type == "script" and request.party == "third":
            scripts[asked] = files[asked]
    largest = sorted(files.items(), key=lambda one: -one[1])[:MOST_FILES]
    named = dict(largest) | dict(list(scripts.items())[:MOST_FILES])
    return Counted(
        page=visit.page.key, device=visit.visit.device, template=visit.page.template, requests=len(files),
        bytes=sum(files.values()), cls=visit.timing.cls if visit.timing else None,
        files={_named(url, visit.page.url): size for url, size in named.items()},
    )  # fmt: skip


def _named(url: str, page: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") if parts.netloc == urlsplit(page).netloc else f"{parts.netloc}{parts.path}"
