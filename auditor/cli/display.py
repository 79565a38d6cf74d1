"""Live progress on a terminal, plain lines elsewhere."""

from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

LINE_EVERY_S = 5.0
"""Without a terminal a stage with many steps prints at most one line in this time."""


class Display:
    """Implements ``auditor.progress.Progress``; writes to standard error, so that standard output can be read by
    programs."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet, highlight=False)
        self._bars: Bars | None = None
        if self._console.is_terminal and not quiet:
            self._bars = Bars(
                SpinnerColumn(),
                TextColumn("[bold]{task.fields[stage]:<9}"),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TimeRemainingColumn(compact=True, elapsed_when_finished=True),
                TextColumn("{task.description}", markup=False),
                console=self._console,
            )
        self._task: TaskID | None = None
        self._stage, self._done = "", 0
        self._total: int | None = None
        self._printed_at = 0.0

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bars:
            self._bars.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        self._stage, self._total, self._done = name, total, 0
        if self._bars:
            self._close_stage()
            self._task = self._bars.add_task("", total=total, stage=name)
        else:
            self._console.print(f"{name} …" if total is None else f"{name}: up to {total} …", markup=False)
            self._printed_at = monotonic()

    def _close_stage(self) -> None:
        if self._bars and self._task is not None:
            finished = self._bars.tasks[self._bars.task_ids.index(self._task)].completed
            self._bars.update(self._task, total=finished or 1, completed=finished or 1, description="")

    def step(self, what: str, done: int | None = None) -> None:
        self._done = self._done + 1 if done is None else done
        what = _one_line(what)
        if self._bars and self._task is not None:
            self._bars.update(self._task, completed=self._done, description=what)
        elif monotonic() - self._printed_at >= LINE_EVERY_S or self._done == self._total:
            of = f"/{self._total}" if self._total else ""
            self._console.print(f"{self._stage} {self._done}{of} {what}", markup=False, soft_wrap=True)
            self._printed_at = monotonic()

    def note(self, text: str) -> None:
        self._console.print(Text(f"  {_one_line(text)}", style="yellow"), soft_wrap=True)


def _one_line(text: str) -> str:
    """Shop-controlled text: control characters could drive the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)[:160]
