"""How long the client's report of a run takes as HTML and as PDF, and how large both are, against their limits.

    python -m benchmarks.report RUN

RUN is the folder of a finished audit; 24 visits are what the limits are meant for. In each language the HTML alone and
then both forms are written by one `auditor report`, a whole process, imports and the browser's start included. The
pictures that an earlier report cut are removed before each. Python may keep compiled modules and templates, as it does
where it is installed. Seconds by the clock grow on a busy machine, seconds of processor time (the browser's processes
included, as far as it waits for them) less so: both are printed, and the limit is for both forms by the clock.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from auditor.run_folder import RunFolder
from reports.language import languages

LIMIT_S = 10.0
LIMIT_BYTES = 20_000_000
AUDITOR = str(Path(sys.executable).with_name("auditor"))
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    held = True
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        shutil.copytree(sys.argv[1], run)
        result = RunFolder.open(run).result()
        walked = sum(bool(journey.steps) for journey in result.journeys)
        print(f"{len(result.pages)} visits, {walked} journeys, {len(result.findings)} findings")
        print(f"load {os.getloadavg()[0]:.1f}")
        for code in languages():
            for forms in (("html",), ("html", "pdf")):
                out = Path(folder) / "reports"
                shutil.rmtree(run / "crops", ignore_errors=True)
                shutil.rmtree(out, ignore_errors=True)
                seconds, busy = timed(run, code, forms, out)
                sizes = {file.suffix[1:]: file.stat().st_size for file in out.iterdir()}
                told = ", ".join(f"{form} {sizes[form] / 1e6:.2f} MB" for form in forms)
                print(f"{code} {' and '.join(forms):<12} {seconds:5.2f} s ({busy:.2f} s busy)  {told}")
            held = held and seconds <= LIMIT_S and max(sizes.values()) <= LIMIT_BYTES
    print(f"limits, {LIMIT_S:g} s and {LIMIT_BYTES / 1e6:g} MB: {'held' if held else 'MISSED'}")
    return 0 if held else 1


def timed(run: Path, code: str, forms: Sequence[str], out: Path) -> tuple[float, float]:
    """Writes the ``forms`` of ``run`` into the folder ``out``. Seconds by the clock, and of processor time."""
    out.mkdir()
    asked = [part for form in forms for part in ("--format", form)]
    command = [AUDITOR, "report", str(run), *asked, "--locale", code, "--out", str(out)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
