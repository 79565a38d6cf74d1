"""All benchmarks, one after the other: ratios measured in one run on this machine."""

import subprocess
import sys

NAMES = ("egress", "discovery", "memory_discovery", "visits", "replay")


def main() -> int:
    failed = 0
    for name in NAMES:
        print(f"== {name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
