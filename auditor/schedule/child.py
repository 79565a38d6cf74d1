"""What a worker starts for one audit: the command line, in a process that ends when its worker does.

``python -m auditor.schedule.child WORKER_PID ARGUMENT…``
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def _end_with(worker: int) -> None:
    """Linux ends this process with its parent; elsewhere an orphan runs to its own time limit."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != worker:
            sys.exit(1)


if __name__ == "__main__":
    _end_with(int(sys.argv[1]))
    sys.argv = ["auditor", *sys.argv[2:]]
    from auditor.cli import main

    main()
