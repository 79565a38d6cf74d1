"""The record of a journey while it is walked: steps, their pictures and what was seen."""

import asyncio
import gzip
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Error as PlaywrightError

from auditor.browser.artifacts import ArtifactFolder
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.screenshots import current_picture
from auditor.evidence import Device
from auditor.evidence.journey import Attempt, FieldUse, JourneyName, Ranked, Step, StepIntent
from auditor.evidence.sight import Sight
from auditor.journey_ranking import reasons
from auditor.journey_ranking.checkout_state import errors
from auditor.progress import Progress

KEPT = 5
PICTURE_SECONDS = 8.0
Outcome = Literal["confirmed", "no-effect", "refused", "failed"]


@dataclass
class Draft:
    """A step under way."""

    intent: StepIntent
    began: float
    seen: Sight | None = None
    ranking: tuple[Ranked, ...] = ()
    attempts: list[Attempt] = field(default_factory=list)
    fields: list[FieldUse] = field(default_factory=list)

    def tried(
        self,
        did: str,
        outcome: Outcome,
        *,
        candidate: Ranked | None = None,
        effect: Sequence[str] = (),
        waited: float = 0.0,
        note: str = "",
    ) -> None:
        self.attempts.append(
            Attempt(
                did=did[:300],
                candidate=candidate,
                outcome=outcome,
                effect=tuple(effect),
                waited_ms=round(waited * 1000),
                note=note[:300],
            )
        )


class Record:
    """Steps in order. ``write`` takes the picture of a step and closes it."""

    def __init__(
        self, shop: ShopTab, device: Device, run_folder: Path, progress: Progress, journey: JourneyName = "buy"
    ) -> None:
        self.shop, self.progress, self.journey = shop, progress, journey
        self.steps: list[Step] = []
        self.waited = 0.0
        self._files = ArtifactFolder(run_folder / "journeys" / f"{journey}.{device}", run_folder)
        self._url = ""

    def begin(self, intent: StepIntent, seen: Sight | None = None, ranking: tuple[Ranked, ...] = ()) -> Draft:
        self.progress.step(f"{self.journey}: {intent.value.replace('_', ' ')} ({self.shop.profile.device})")
        return Draft(intent, time.monotonic(), seen, ranking)

    async def write(
        self, draft: Draft, did: str, after: Sight | None, *, effect: Sequence[str] = (), confirmed: bool = True
    ) -> Step:
        name = f"{len(self.steps) + 1:02d}-{draft.intent.value.replace('_', '-')}"
        effort = self.shop.effort_since()
        self.waited += effort.waited
        chosen = next(
            (attempt.candidate for attempt in reversed(draft.attempts) if attempt.outcome == "confirmed"), None
        )
        facts: dict[str, Any] = {}
        if after is not None:
            facts = {
                "reached": after.url, "title": after.title, "sums": after.sums, "steps_shown": after.steps,
                "current_step": after.current_step,
                "errors": errors(after),
            }  # fmt: skip
        step = Step(
            intent=draft.intent, did=did[:300], because=reasons(chosen) if chosen else (), confirmed=confirmed,
            effect=tuple(effect), waited_ms=round(effort.waited * 1000),
            took_ms=round((time.monotonic() - draft.began) * 1000),
            clicks=effort.clicks, keys=effort.keys, new_page=bool(after and _page(after.url) != self._url),
            fields=tuple(draft.fields), candidates=draft.ranking[:KEPT], attempts=tuple(draft.attempts),
            inp_ms=await self.shop.inp(), **facts,
        )  # fmt: skip
        await self._picture(name)
        if self.shop.observer is not None:
            pressed = chosen.index if chosen else None
            await self.shop.observer.wrote(draft.intent, draft.seen, after, confirmed, pressed)
        if draft.seen is not None:
            body = draft.seen.model_dump_json(exclude_defaults=True)
            self._files.write(
                f"{name}.sight", f"{name}.json.gz", gzip.compress(body.encode("utf-8", "replace"), 3, mtime=0)
            )
        written = self._files.written
        step = step.model_copy(update={"picture": written.get(name), "sight": written.get(f"{name}.sight")})
        self._url = _page(after.url) if after else self._url
        self.steps.append(step)
        return step

    async def _picture(self, name: str) -> None:
        try:
            async with asyncio.timeout(PICTURE_SECONDS):
                self._files.write(name, f"{name}.jpg", await current_picture(self.shop.cdp))
        except (TimeoutError, PlaywrightError):
            if self.shop.tab.is_closed():
                raise

    @contextmanager
    def timing(self) -> Iterator[list[float]]:
        """The seconds that a block takes, in a list of one."""
        began, taken = time.monotonic(), [0.0]
        try:
            yield taken
        finally:
            taken[0] = time.monotonic() - began


def _page(url: str) -> str:
    return url.partition("#")[0]
