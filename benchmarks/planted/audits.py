"""One audit of the demo shop with a group of defects switched on, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from auditor.audit import audit
from auditor.browser.browser_process import BrowserProcess
from auditor.check import load_checks
from auditor.demo import DEFECTS, Defect, serve
from auditor.evidence import Template
from auditor.finding import Verdict
from auditor.progress import Silent
from auditor.replay import replay
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from auditor.settings import Ads, Politeness, ShopSettings, Speed
from tests.defect_groups import ONE_OF_EACH, Group, grouped

LANGUAGES = ("en", "pl", "fa")
LOOK = ONE_OF_EACH | {Template.PRODUCT: 3, Template.SEARCH: 1}
UNTIMED = ("other programs used much of this machine", "this machine is too slow for timed loads")

DOUBTFUL = frozenset({"SPD-001", "SPD-002", "SPD-004", "SPD-005", "SPD-006"})
"""Speed on an untimed visit is one sample and a doubt, and so is what was timed while others used the machine."""

ELSEWHERE = frozenset({"dark-clock"})
"""The clock takes two visits that are a minute apart."""

DISTURBING = frozenset(
    {
        "nav-404-to-home",
        "product-markup-missing",
        "product-markup-price-zero",
        "image-main-broken",
        "product-stock-contradicted",
    }
)
"""They take away what others beside them are seen by: the page's data, its picture, the answer to a dead link."""


@dataclass(frozen=True)
class Audited:
    """Rows by verdict, each with what was said first; ``untimed`` were not judged because the machine was busy."""

    ended: str
    failed: dict[str, str]
    doubted: dict[str, str]
    untimed: frozenset[str]

    def surplus(self, group: Group) -> dict[str, str]:
        """Rows that failed and that nothing planted explains."""
        return {row: found for row, found in self.failed.items() if row not in group.allowed}

    def lost(self, group: Group) -> dict[str, str]:
        """Rows that should have been said and were not, with the defects that they should have found."""
        doubtful = DOUBTFUL | {row for defect in group.defects if defect.doubtful for row in defect.expect}
        unseen = group.expected - self.failed.keys() - (doubtful & self.doubted.keys()) - self.untimed
        return {row: group.expecting(row) for row in sorted(unseen)}


def planted() -> list[Defect]:
    """Those that pages show; those that only a journey shows are walked by tests of their own."""
    return [one for one in DEFECTS.values() if one.journey is None and one.name not in ELSEWHERE]


def groups(defects: Iterable[Defect]) -> list[Group]:
    """What needs more than its templates fills groups that the others leave room in; DISTURBING ones stand alone."""
    ordered = sorted(defects, key=lambda defect: bool(defect.at or defect.hosts))
    together = [Group([one for one in group.defects if one.name not in DISTURBING]) for group in grouped(ordered)]
    alone = [Group([defect]) for defect in ordered if defect.name in DISTURBING]
    return [*(group for group in together if group.defects), *alone]


async def audited(browser: BrowserProcess, folder: Path, language: str, group: Group) -> Audited:
    """An audit of the shop in ``language`` with the group's defects; without any, of the clean shop."""
    checks = list(load_checks())
    run = RunFolder.create(folder)
    with serve(language=language, defects={one.name for one in group.defects}) as shop:
        port = urlsplit(shop.url).port
        settings = ShopSettings(
            start_url=shop.url,
            allow_private=True,
            depth="pages",
            devices=group.devices,
            max_pages=group.pages,
            urls=tuple(shop.url.rstrip("/") + path for path in group.paths_in(language)),
            resolve=tuple(f"{host}:{port}:127.0.0.1:{port}" for host in group.hosts),
            panel=group.panel if group.defects else LOOK,
            politeness=Politeness(delay_s=0, autothrottle=False, concurrency=8),
            page_seconds=90,
            speed=Speed(runs=2 if group.timed else 0, again=False),
            ads=Ads(pages=0),
        )
        await audit(settings, run, checks, Silent(), browser)
        assert shop.orders == 0
    result, outcomes = replay(run, checks)
    assert not [outcome for outcome in outcomes if outcome.verdict is Verdict.CRASHED]
    row_of = {spec.id: spec.row for spec in checks}
    untimed = frozenset(row_of[one.check] for one in outcomes if any(words in one.note for words in UNTIMED))
    ended = "" if result.run.ended == "complete" else result.run.why
    return Audited(ended, _rows(result, Verdict.FAILED), _rows(result, Verdict.NEEDS_REVIEW), untimed)


def _rows(result: AuditResult, verdict: Verdict) -> dict[str, str]:
    return {
        finding.row: f"{finding.found} {finding.selector}" for finding in result.findings if finding.verdict is verdict
    }
