"""How long `auditor replay` takes as a whole process, imports included, against its limit.

    python -m benchmarks.replay [RUN]

Without RUN django-oscar is started and twelve of its pages are audited on a phone and a desktop. Python's bytecode is
kept in a folder of the benchmark's own, as an installed auditor has it; the first replay writes it and does not count.
Seconds by the clock grow on a busy machine, seconds of processor time less so: both are printed.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

LIMIT_S = 2.0
REPLAYS = 7
AUDITOR = str(Path(sys.executable).with_name("auditor"))
# No page of django-oscar has policies or contact, so thirteen are asked for to get twelve.
PANEL = "13"


def took(environment: dict[str, str], *command: str) -> tuple[float, float]:
    """Seconds by the clock, and of processor time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def audited(run: Path) -> None:
    from tests.storefronts.shops import oscar

    with oscar() as shop:
        command = [
            AUDITOR,
            "audit",
            shop.url,
            "--allow-private",
            "--panel",
            PANEL,
            "--depth",
            "pages",
            "--speed-runs",
            "0",
            "--quiet",
            "--out",
            str(run),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], run)
        else:
            audited(run)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"
        command = (AUDITOR, "replay", str(run), "--quiet")
        first, _ = took(environment, *command)
        clock, processor = zip(*(took(environment, *command) for _ in range(REPLAYS)), strict=True)
        pages = json.loads((run / "report.json").read_bytes())["pages"]
        held = median(clock) < LIMIT_S
        print(f"{len({page['key'] for page in pages})} pages, {len(pages)} visits; load {os.getloadavg()[0]:.1f}")
        print(f"replay: {median(clock):.2f} s by the clock ({min(clock):.2f} to {max(clock):.2f} s; {REPLAYS} times),")
        print(f"        {median(processor):.2f} s of processor time ({min(processor):.2f} to {max(processor):.2f} s)")
        print(f"        {first:.2f} s by the clock the first time, with nothing compiled")
        print(f"limit: {LIMIT_S:.1f} s by the clock: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
