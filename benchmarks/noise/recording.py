"""Audits of the unchanged demo shop, each a line of a file as soon as it is over."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from pydantic import TypeAdapter

from auditor.demo import DemoShop
from auditor.evidence import Frozen
from auditor.run_folder import RunFolder
from auditor.store.indexing import epoch_of
from benchmarks.json_lines import append_lines, read_lines

AUDITOR = str(Path(sys.executable).with_name("auditor"))
SECONDS = 900.0
LOADS = (0.0, 0.3, 0.0, 0.6, 0.2, 0.0, 0.8, 0.4, 0.0, 0.5)
"""Shares of one core that others use while an audit goes on, one after the other, where load is asked for."""
SETTINGS = {
    "devices": ["mobile"], "depth": "pages", "max_pages": 15, "panel": {"home": 1, "category": 1, "product": 1},
    "ads": {"pages": 0}, "speed": {"again": False},
}  # fmt: skip
"""Short audits: three pages on a phone, with the usual number of timed loads."""


class Number(Frozen):
    """A metric of a page, as an audit reports it. ``median`` in the metric's unit."""

    page: str
    template: str
    device: str
    name: str
    method: str
    median: float
    shared: bool


class Recorded(Frozen):
    """One audit. ``load`` was made for it, in cores; ``others`` is what others used of the machine during its timed
    loads, at the median, 0-1."""

    at: datetime
    took_s: float
    load: float
    others: float | None
    ended: str
    why: str = ""
    epoch: str
    browser: str
    loads: int
    numbers: tuple[Number, ...]


_RECORDED = TypeAdapter(Recorded)


def read(file: Path) -> list[Recorded]:
    """Audits that ended well, oldest first."""
    return [one for one in read_lines(file, _RECORDED) if one.ended == "complete"]


def append(file: Path, one: Recorded) -> None:
    append_lines(file, [one])


def record(shop: DemoShop, load: float) -> Recorded:
    """Audit ``shop`` as an operator does, by the command line, while ``load`` cores are used by others.

    :raises RuntimeError: when the audit wrote nothing.
    """
    with tempfile.TemporaryDirectory(prefix="noise-") as place, _busy(load):
        config, out = Path(place) / "shop.yaml", Path(place) / "run"
        config.write_text(json.dumps(SETTINGS))
        command = [AUDITOR, "audit", shop.url, "--config", str(config), "--allow-private", "--quiet", "--out", str(out)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        if not (out / "report.json").is_file():
            raise RuntimeError(f"the audit wrote nothing (exit {done.returncode}): {done.stderr[-400:]}")
        return _recorded(RunFolder.open(out), load)


def _recorded(folder: RunFolder, load: float) -> Recorded:
    result, run = folder.result(), folder.run()
    templates = {page.key: page.template.value for page in result.pages}
    timed = [one for visit in folder.visits() if visit.timed for one in visit.timed.loads]
    others = [one.others for one in timed if one.others is not None]
    return Recorded(
        at=datetime.now(UTC), took_s=round((run.ended_at - run.started_at).total_seconds(), 1), load=load,
        others=round(median(others), 2) if others else None, ended=run.ended, why=run.why,
        epoch=epoch_of(run.environment), browser=run.environment.browser, loads=len(timed),
        numbers=tuple(
            Number(
                page=metric.page, template=templates.get(metric.page, "other"), device=metric.device.value,
                name=metric.name, method=metric.method, median=metric.median, shared=metric.shared,
            )
            for metric in result.metrics
            if metric.name != "performance"
        ),
    )  # fmt: skip


@contextmanager
def _busy(load: float) -> Iterator[None]:
    """A process that uses ``load`` of a core until the end; it ends with this one."""
    if not load:
        yield
        return
    program = (
        "import os, sys, time\n"
        "while os.getppid() == int(sys.argv[2]):\n"
        "    end = time.perf_counter() + 0.05 * float(sys.argv[1])\n"
        "    while time.perf_counter() < end: pass\n"
        "    time.sleep(0.05 * (1 - float(sys.argv[1])))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(load), str(os.getpid())])
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
