"""How fast Scrapy's downloader asks, changed while it runs."""

from scrapy import Request
from scrapy.core.engine import ExecutionEngine


def slow_down(engine: ExecutionEngine, request: Request, delay_s: float, concurrency: int) -> None:
    """From now on ``delay_s`` seconds between requests to the host of ``request``."""
    downloader = engine.downloader
    key = downloader.get_slot_key(request)
    downloader.per_slot_settings[key] = {"delay": delay_s, "concurrency": concurrency}
    if key in downloader.slots:
        downloader.slots[key].delay = delay_s


def let_go(engine: ExecutionEngine) -> None:
    """Nothing waits for its delay any more."""
    for slot in engine.downloader.slots.values():
        slot.delay = 0
        slot.close()
        engine.downloader._process_queue(slot)
    if engine._slot is not None:
        engine._slot.nextcall.schedule()
