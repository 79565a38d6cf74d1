"""How long the client's report of a run takes as HTML and as PDF, and how large both are, against their limits.

    python -m benchmarks.report RUN

RUN is the folder of a finished audit; 24 visits are what the limits are meant for. Each form is written in each
language by `auditor report` as a whole process, imports and the browser's start included. The pictures that an earlier
report cut are removed first, so that the first form pays for them. Python may keep compiled modules and templates, as
it does where it is installed. Seconds by the clock grow on a busy machine, seconds of processor time (the browser's
processes included, as far as it waits for them) less so: both are printed, and the limit is by the clock.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
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
            shutil.rmtree(run / "crops", ignore_errors=True)
            seconds = size = 0.0
            for form in ("html", "pdf"):
                out = Path(folder) / f"report.{form}"
                before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                command = [AUDITOR, "report", str(run), "--format", form, "--locale", code, "--out", str(out)]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
                took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
                busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                print(f"{code} {form:<4} {took:5.2f} s ({busy:.2f} s busy)  {out.stat().st_size / 1e6:5.2f} MB")
                seconds, size = seconds + took, max(size, out.stat().st_size)
            held = held and seconds <= LIMIT_S and size <= LIMIT_BYTES
            print(f"{code} both {seconds:5.2f} s of {LIMIT_S:g} s, {size / 1e6:.2f} of {LIMIT_BYTES / 1e6:g} MB")
    print(f"limit: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
