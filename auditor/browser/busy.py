"""How busy the machine is with other things than the audit."""

import contextlib
import os
import time

import psutil


class Busy:
    """How much of the machine's processor time others than this process and its children used since it was made."""

    def __init__(self) -> None:
        self._start = self._now()

    def others(self) -> float | None:
        """0-1, None where the system does not tell."""
        if self._start is None or (now := self._now()) is None:
            return None
        whole, ours = now[0] - self._start[0], now[1] - self._start[1]
        span = (now[2] - self._start[2]) * (os.cpu_count() or 1)
        return round(min(1.0, max(0.0, (whole - ours) / span)), 2) if span > 0 else None

    def _now(self) -> tuple[float, float, float] | None:
        try:
            times = psutil.cpu_times()
            whole = sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0)
            me, ours = psutil.Process(), 0.0
            for process in (me, *me.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    used = process.cpu_times()
                    ours += used.user + used.system + used.children_user + used.children_system
            return whole, ours, time.monotonic()
        except (psutil.Error, OSError):
            return None
