"""The gate at work: base and candidate are looked at, judged, and what would close the gate is looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from auditor.audit import audit
from auditor.check import CheckSpec
from auditor.evidence import Blocker, Panel
from auditor.gate.against import reasons
from auditor.gate.baseline import Baseline
from auditor.gate.conditions import conditions_of, incompatible
from auditor.gate.judging import without_accepted
from auditor.gate.policy import GatePolicy
from auditor.gate.side import Side, side_of
from auditor.gate.verdict import Reason
from auditor.progress import Progress
from auditor.replay import replay
from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from auditor.settings import ShopSettings
from reports import write_reports


@dataclass(frozen=True)
class Looked:
    """One audit of one side, as it was judged."""

    side: Side
    result: AuditResult
    folder: RunFolder
    took_s: float

    @property
    def panel(self) -> Panel:
        return self.folder.panel()

    @property
    def order_sign(self) -> bool:
        return any(journey.blocker == Blocker.TRIPPED for journey in self.result.journeys)


@dataclass(frozen=True)
class Gathered:
    """What the gate has to judge. ``again`` is the second look, where one was taken."""

    after: Looked
    before: Side | None
    again: Looked | None = None
    base: Looked | None = None
    notes: tuple[str, ...] = ()


@dataclass
class GateRun:
    """``folder`` gets a run folder for each audit; all must be over ``policy.seconds`` after it was made."""

    policy: GatePolicy
    profile: str
    checks: list[CheckSpec]
    folder: Path
    progress: Progress
    accepted: frozenset[str] = frozenset()
    _since: float = field(default_factory=monotonic)

    def seconds_left(self) -> float:
        return self.policy.seconds - (monotonic() - self._since)

    async def look(self, name: str, shop: ShopSettings, panel: Panel | None = None) -> Looked:
        """Audit one side into ``folder/name``, at the pages of ``panel`` where one is given."""
        since = monotonic()
        if panel is not None:
            path = self.folder / f"{name}.panel.json"
            path.write_text(panel.model_dump_json(), encoding="utf-8")
            shop = shop.model_copy(update={"previous_panel": path})
        shop = shop.model_copy(update={"audit_seconds": max(10.0, self.seconds_left())})
        self.progress.note(f"{name}: {shop.start_url}")
        folder = RunFolder.create(self.folder / name)
        await audit(shop, folder, self.checks, self.progress)
        result, outcomes = replay(folder, self.checks)
        folder.write_outcomes(outcomes)
        write_reports(result, folder)
        side = side_of(result, outcomes, folder.visits(), self.checks, conditions_of(shop, self.profile))
        return Looked(side, result, folder, monotonic() - since)

    async def gather(self, candidate: ShopSettings, base: ShopSettings | None, baseline: Baseline | None) -> Gathered:
        """Look at the base where there is one, at the same pages of the candidate, and again at what closes it."""
        looked = await self.look("base", base) if base is not None else None
        before = looked.side if looked else baseline.side if baseline else None
        panel = looked.panel if looked else baseline.panel if baseline else None
        after = await self.look("candidate", candidate, panel)
        gathered = Gathered(after, before, base=looked)
        if looked is not None and not looked.side.pages:
            return gathered
        against = self._would_close(before, after)
        if not self.policy.confirm or not against or not after.side.pages:
            return gathered
        if self.seconds_left() < 1.2 * after.took_s:
            note = "There was no time for a second look at what closes the gate."
            return Gathered(after, before, base=looked, notes=(note,))
        again = await self.look("again", *self._narrowed(candidate, after, against))
        if not again.side.pages:
            return gathered
        return Gathered(after, before, again, looked)

    def _would_close(self, before: Side | None, after: Looked) -> tuple[Reason, ...]:
        comparable = before if before and not incompatible(before, after.side, timed=False) else None
        found = reasons(self.policy, comparable, after.side, after.result.checks)
        held, _ = without_accepted(found, {})
        return tuple(one for one in held if one.level == "error" and one.fingerprint not in self.accepted)

    def _narrowed(self, shop: ShopSettings, after: Looked, against: Iterable[Reason]) -> tuple[ShopSettings, Panel]:
        """The pages that the reasons name only, and journeys only where one of them is of a journey; all pages where a
        reason is of the whole shop."""
        panel, pages, walked = after.panel, set[str](), False
        findings = {finding.fingerprint: finding for finding in after.side.findings}
        for reason in against:
            finding = findings.get(reason.fingerprint)
            walked = walked or bool(finding and any(one.journey for one in finding.occurrences))
            pages.update(reason.pages or ("",))
        known = {entry.page.key for entry in panel.pages}
        if walked or not pages <= known:
            return shop, panel
        kept = tuple(entry for entry in panel.pages if entry.page.key in pages)
        counts = dict.fromkeys(shop.panel, 0)
        for entry in kept:
            counts[entry.page.template] = counts.get(entry.page.template, 0) + 1
        narrow = {"depth": "pages", "panel": counts, "max_pages": len(kept) + 8}
        return shop.model_copy(update=narrow), panel.model_copy(update={"pages": kept})
