"""What discovery asks of the shared browser."""

import asyncio

from auditor.rendered import Render, Rendered

MOST_RENDERED = 12
"""How many pages discovery may ask the browser for: opening one costs as much as a hundred requests."""


class RenderedPages:
    """Pages from the browser, MOST_RENDERED at most, each within ``seconds``; none once ``stopped`` is set."""

    def __init__(self, render: Render | None, seconds: float, stopped: asyncio.Event) -> None:
        self._render = render
        self._seconds = seconds
        self._stopped = stopped
        self._asked = 0

    async def open(self, url: str) -> Rendered | None:
        """The page after its scripts ran, or None."""
        if self._render is None or self._asked >= MOST_RENDERED or self._stopped.is_set():
            return None
        self._asked += 1
        task = asyncio.ensure_future(self._render(url))
        stop = asyncio.ensure_future(self._stopped.wait())
        try:
            await asyncio.wait({task, stop}, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for one in (task, stop):
                one.cancel()
            await asyncio.gather(task, stop, return_exceptions=True)


__all__ = ["MOST_RENDERED", "Render", "Rendered", "RenderedPages"]
