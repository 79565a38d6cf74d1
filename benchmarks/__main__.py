"""All benchmarks, one after the other: ratios measured in one run on this machine."""

import runpy
import sys

NAMES = ("egress", "discovery", "memory_discovery", "visits", "replay")


def main() -> int:
    for name in NAMES:
        print(f"== {name}", flush=True)
        sys.argv = [f"benchmarks/{name}.py"]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
