"""What the pages know of the server that they belong to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.acceptance import Accepted, read_acceptances
from auditor.operator_file import SettingsFileError
from auditor.schedule.files import Files
from auditor.store import Store
from auditor.store.artifacts import Artifacts, moved_from

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass
class Site:
    """``files`` gives what is in force and what is wrong with the files now; ``look_now`` wakes the worker.

    ``visitors``: the folder of reports from visitors' browsers, which pages of ``visitor_origins`` may send.
    ``artifacts`` holds what left the run folders. ``local``: it listens on this machine only, so that whoever reaches
    it before there are users may use it.
    """

    store: Store
    runs: Path
    accepted_file: Path
    files: Callable[[], tuple[Files, str]]
    look_now: Callable[[], None] = lambda: None
    hosts: frozenset[str] = field(default_factory=lambda: LOOPBACK)
    local: bool = True
    visitors: Path | None = None
    visitor_origins: tuple[str, ...] = ()
    artifacts: Artifacts | None = None

    def now(self) -> datetime:
        return datetime.now(UTC)

    def accepted(self, shop: str) -> tuple[dict[str, Accepted], str]:
        """What is accepted of a shop, and what is wrong with the file."""
        today: date = self.now().date()
        try:
            return read_acceptances(self.accepted_file).of(shop, today), ""
        except SettingsFileError as error:
            return {}, str(error)

    def shown(self, shop: str) -> str:
        """The shop's name for people."""
        known = self.files()[0].shops.shops.get(shop)
        return (known and known.name) or shop

    def inside(self, folder: str, name: str = "") -> Path | None:
        """A path in a run folder; None when it leads out of the folder of all runs, or is not there."""
        if not folder:
            return None
        base = Path(folder).resolve()
        path = (base / name).resolve()
        if not base.is_relative_to(self.runs.resolve()) or not path.is_relative_to(base) or not path.exists():
            return None
        return path

    def moved(self, folder: str, name: str) -> str | None:
        """The SHA-256 of a file that left its run folder; None where nobody knows of one."""
        home = self.inside(folder) if self.artifacts else None
        return moved_from(home).get(name) if home else None
