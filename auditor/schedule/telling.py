"""From what became of runs to alerts, and from alerts to messages in the outbox."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from auditor.acceptance import Acceptances, read_acceptances
from auditor.notify import enqueue
from auditor.operator_file import SettingsFileError
from auditor.schedule.alerting import crossed, outdated
from auditor.schedule.files import Files
from auditor.schedule.messages import messages
from auditor.schedule.model import Event, Notify
from auditor.store import RunRow, RunState
from auditor.store import runs as stored
from auditor.store.alerts import Alert, close, open_once, write
from auditor.store.tables import runs

RETEST_WALL = "re-test"
"""What the ``wall`` of a run says that was asked for to confirm a suspicion."""
RETEST_AFTER = timedelta(minutes=1)


class Telling:
    """``say`` gets a line where the file of accepted findings cannot be used; what was read before stays in force."""

    def __init__(self, accepted_file: Path, say: Callable[[str], None]) -> None:
        self._file, self._say = accepted_file, say
        self._accepted = Acceptances(version=1)

    def judged(self, connection: Connection, run: RunRow, audit: int, files: Files, now: datetime) -> None:
        """A run could be judged: what it opens is told once another run has confirmed it, what is over at once."""
        mine = [one for one in files.schedules.schedules if one.shop == run.shop]
        budgets = {budget: None for one in mine for budget in one.budgets}
        for old in tuple(outdated(connection, run.shop, budgets)):
            close(connection, run.shop, old.kind, old.subject)
        crossing = crossed(connection, run.shop, audit, budgets, self._of(run.shop))
        write(connection, run.shop, crossing, now)
        well = [one for one in crossing.closed if one.state == "open"]
        for kind, subject in (("run", "run"), ("missed", run.schedule)):
            if close(connection, run.shop, kind, subject):  # type: ignore[arg-type]
                well.append(Alert(kind, subject, "audits run again"))  # type: ignore[arg-type]
        self._tell(connection, "regression", run, crossing.opened, files, now)
        self._tell(connection, "recovered", run, well, files, now)
        waits = any(one.shop == run.shop and one.id != run.id for one in stored.open_runs(connection))
        if crossing.suspected and run.wall != RETEST_WALL and not waits:
            stored.add_run(
                connection, schedule="", shop=run.shop, slot=now, wall=RETEST_WALL, starts=now + RETEST_AFTER,
                state=RunState.QUEUED,
            )  # fmt: skip

    def failed(self, connection: Connection, run: RunRow, why: str, files: Files, now: datetime) -> None:
        """Nothing could be judged, or the machine failed for good: told once until a run is judged again."""
        alert = Alert("run", "run", "The audit failed: {why}", {"why": why[:300]})
        if open_once(connection, run.shop, alert, now):
            self._tell(connection, "failed", run, [alert], files, now)

    def missed(self, connection: Connection, files: Files, seen_at: datetime) -> None:
        """Slots that the tick of ``seen_at`` found missed: told once a schedule until it runs again."""
        wanted = select(runs).where(runs.c.state == RunState.MISSED, runs.c.finished_at == seen_at.astimezone(UTC))
        by_schedule: dict[str, list[RunRow]] = {}
        for row in stored.rows(connection, wanted.order_by(runs.c.slot)):
            by_schedule.setdefault(row.schedule, []).append(row)
        for name, rows in by_schedule.items():
            alert = Alert(
                "missed", name, "{count} audits of {schedule} were missed, the last one of {wall}",
                {"count": len(rows), "schedule": name, "wall": rows[-1].wall},
            )  # fmt: skip
            if open_once(connection, rows[-1].shop, alert, seen_at):
                self._tell(connection, "missed", rows[-1], [alert], files, seen_at)

    def _tell(
        self, connection: Connection, event: Event, run: RunRow, alerts: Iterable[Alert], files: Files, now: datetime
    ) -> None:
        recipients: dict[Notify, None] = {
            recipient: None for one in files.schedules.schedules if one.shop == run.shop for recipient in one.notify
        }
        known = files.shops.shops.get(run.shop)
        home = files.schedules.dashboard_url
        link = f"{home.rstrip('/')}/shops/{run.shop}" if home else ""
        for message in messages(
            event, run.shop, (known and known.name) or run.shop, tuple(alerts), recipients,
            f"{run.schedule} {run.slot.isoformat()} {run.id}", now, link,
        ):  # fmt: skip
            enqueue(connection, message, now)

    def _of(self, shop: str) -> frozenset[str]:
        try:
            self._accepted = read_acceptances(self._file)
        except SettingsFileError as error:
            self._say(f"{error} What was read before stays in force.")
        return frozenset(self._accepted.of(shop, datetime.now(UTC).date()))
