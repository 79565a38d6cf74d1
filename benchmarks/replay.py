"""What judging a recorded run again costs, as a share of the audit it came from.

    python -m benchmarks.replay [RUN]

Without RUN the demo shop is audited first. The command is timed as a whole process, imports included.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

AUDITOR = str(Path(sys.executable).with_name("auditor"))


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/run"
        audit = seconds(AUDITOR, "demo", "--audit", "--out", run) if len(sys.argv) < 2 else None
        times = sorted(seconds(AUDITOR, "replay", run, "--quiet") for _ in range(3))
        print(f"replay: {times[1]:.2f} s (median of 3; {times[0]:.2f} to {times[2]:.2f} s; promised: under 2 s)")
        if audit:
            print(f"that is {times[1] / audit:.1%} of the audit's {audit:.0f} s")


if __name__ == "__main__":
    main()
