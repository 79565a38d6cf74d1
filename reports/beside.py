"""What a report sets beside its run: the shop's earlier runs and the client's goals."""

from dataclasses import dataclass

from auditor.result import AuditResult
from reports.goals import Goals


@dataclass(frozen=True)
class Beside:
    """``history``: earlier runs of the shop, oldest first. ``before``: the last audit, by which goals show a direction;
    the newest of ``history`` if left out. ``goals`` None: those that lie in the run folder, if any."""

    history: tuple[AuditResult, ...] = ()
    before: AuditResult | None = None
    goals: Goals | None = None

    @property
    def last(self) -> AuditResult | None:
        return self.before or (self.history[-1] if self.history else None)


ALONE = Beside()
