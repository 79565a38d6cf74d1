"""From a run folder to its result: no browser, no network, no clock. An audit ends with it, and `auditor replay`
repeats it."""

import hashlib
import inspect
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from auditor.check import CheckSpec
from auditor.classify import classified
from auditor.discover.link_graph import dead_links
from auditor.evaluate import evaluate
from auditor.evidence import ShopEvidence
from auditor.finding import Outcome
from auditor.fold import fold
from auditor.incident_result import incident_results, looked_for
from auditor.journey_result import journeys
from auditor.market import market
from auditor.not_seen import not_seen
from auditor.owner import owned
from auditor.result import AuditResult, NotSeen, check_texts, metrics, outcome_counts, page_results
from auditor.run_folder import RunFolder, RunFolderError
from auditor.score import score
from auditor.settings import ShopSettings

BUDGETS = "speed/over-budget"
"""The check that judges ``speed.budgets``."""


def replay(folder: RunFolder, checks: Iterable[CheckSpec]) -> tuple[AuditResult, tuple[Outcome, ...]]:
    """Judge a run folder with today's checks.

    :raises RunFolderError: when the folder lacks what a run writes before its first visit.
    """
    specs = {spec.id: spec for spec in checks}
    run, shop = folder.run(), folder.settings()
    evidence = shop_evidence(folder, shop)
    outcomes = evaluate(evidence, specs.values(), limits_of(shop, specs))
    findings = owned(fold(outcomes, specs), evidence)
    walked = journeys(shop, evidence.journeys)
    result = AuditResult(
        run=run,
        pages=page_results(evidence),
        findings=findings,
        outcomes=outcome_counts(outcomes),
        checks=check_texts(specs, {outcome.check for outcome in outcomes}),
        journeys=walked,
        metrics=metrics(evidence.visits, shop.speed.profile),
        scores=score(outcomes, specs),
        not_seen=(*not_seen(evidence, outcomes, walked), *unread_budgets(shop)),
        discovery=evidence.discovery.model_dump(mode="json", exclude={"robots_txt"}),
        incidents=incident_results(evidence),
        looked_for=looked_for(evidence),
    )
    return result, outcomes


def limits_of(shop: ShopSettings, checks: Container[str]) -> Mapping[str, Mapping[str, Any]]:
    """The operator's limits; budgets are such too."""
    if not shop.speed.budgets or BUDGETS not in checks:
        return shop.limits
    budgets = {"budgets": shop.speed.budgets, "profile": shop.speed.profile}
    return {**shop.limits, BUDGETS: {**budgets, **shop.limits.get(BUDGETS, {})}}


def unread_budgets(shop: ShopSettings) -> Iterator[NotSeen]:
    why = "this part of a file of budgets is not understood, so nothing judges it"
    yield from (NotSeen(kind="check", what=line, why=why) for line in shop.speed.budgets_unread)


def shop_evidence(folder: RunFolder, shop: ShopSettings) -> ShopEvidence:
    """Everything recorded of the shop, as checks receive it."""
    discovery = folder.discovery()
    try:
        dead, checked, unchecked = dead_links(folder.discovered_pages, folder.discovered_links)
    except FileNotFoundError:
        dead, checked, unchecked = (), 0, 0  # the run was ended before its first page
    except (ValueError, KeyError) as error:
        raise RunFolderError(f"{folder.path / 'discovery'} holds a line that cannot be read: audit again.") from error
    panel = folder.panel()
    order = {entry.page.key: place for place, entry in enumerate(panel.pages)}
    visits = tuple(sorted(folder.visits(), key=lambda visit: (order.get(visit.page.key, 0), visit.visit.device)))
    return ShopEvidence(
        start_url=discovery.start_url,
        home_url=discovery.home_url,
        language=discovery.language,
        market=market(discovery.home_url, discovery.language, visits),
        discovery=discovery,
        panel=panel,
        pages=classified(folder.facts(), shop, home_url=discovery.home_url),
        dead_links=dead,
        links_checked=checked,
        links_unchecked=unchecked,
        visits=visits,
        journeys=tuple(folder.journeys()),
        vantages=tuple(folder.vantages()),
        baseline=folder.baseline(),
        filter_lists=folder.filter_lists(),
    )


def checks_digest(checks: Iterable[CheckSpec]) -> str:
    """Changes when a check or its texts change: then a jump in the numbers may come from us."""
    digest = hashlib.sha256()
    for spec in sorted(checks, key=lambda spec: spec.id):
        digest.update(json.dumps([spec.id, spec.severity, spec.title, repr(sorted(spec.limits.items()))]).encode())
        digest.update(inspect.getsource(spec.judge).encode())
    return digest.hexdigest()[:16]


def settings_digest(shop: ShopSettings) -> str:
    return hashlib.sha256(shop.model_dump_json(exclude={"access", "previous_panel"}).encode()).hexdigest()[:16]
