"""Chrome's trace of one load, streamed into a file."""

import asyncio
import base64
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

CATEGORIES = (
    "-*", "disabled-by-default-lighthouse", "loading", "v8", "v8.execute", "blink.user_timing", "blink.console",
    "devtools.timeline", "disabled-by-default-devtools.timeline", "disabled-by-default-devtools.screenshot",
    "disabled-by-default-devtools.timeline.stack", "disabled-by-default-devtools.timeline.frame", "latencyInfo",
    "disabled-by-default-devtools.target-rundown", "disabled-by-default-devtools.v8-source-rundown",
    "disabled-by-default-devtools.v8-source-rundown-sources",
)  # fmt: skip
"""Lighthouse 13's, without blink.webdx_feature_usage, which no metric or insight reads."""

BUFFER_KIB = 200 * 1024
MOST_BYTES = 24 * 2**20
"""Of the compressed file; that is some 200 to 300 MB of trace."""

CHUNK_BYTES = 2**20
END_SECONDS = 20.0


class NoTrace(Exception):
    """There is no whole trace of this load; the message says why."""


@dataclass
class Tracing:
    """A recording under way in the whole browser: nothing else may run in it."""

    cdp: CDPSession

    @classmethod
    async def start(cls, cdp: CDPSession) -> "Tracing":
        """``cdp`` is a session of the page: that of a browser names no frames, without which the engine is lost.

        :raises NoTrace: when the browser cannot record.
        """
        config = {
            "recordMode": "recordUntilFull",
            "traceBufferSizeInKb": BUFFER_KIB,
            "includedCategories": [name for name in CATEGORIES if not name.startswith("-")],
            "excludedCategories": ["*"],
        }
        options = {
            "transferMode": "ReturnAsStream", "streamFormat": "json", "streamCompression": "gzip",
            "traceConfig": config,
        }  # fmt: skip
        try:
            await cdp.send("Tracing.start", options)
        except PlaywrightError as problem:
            raise NoTrace(f"the browser records no trace ({problem.message.splitlines()[0][:120]})") from problem
        return cls(cdp)

    async def stop(self, path: Path) -> None:
        """Write the trace to ``path``, compressed. A trace that is larger than allowed, or cut, leaves no file.

        :raises NoTrace: then, and when the browser does not hand it over within END_SECONDS.
        """
        complete: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

        def ended(event: dict[str, Any]) -> None:
            if not complete.done():
                complete.set_result(event)

        self.cdp.once("Tracing.tracingComplete", ended)
        with contextlib.ExitStack() as cut:
            cut.callback(path.unlink, missing_ok=True)
            await self._end(complete, path)
            cut.pop_all()

    async def _end(self, complete: asyncio.Future[dict[str, Any]], path: Path) -> None:
        try:
            async with asyncio.timeout(END_SECONDS):
                await self.cdp.send("Tracing.end")
                event = await complete
                if event.get("dataLossOccurred"):
                    await self.cdp.send("IO.close", {"handle": event["stream"]})
                    raise NoTrace("the trace was cut: the browser lost part of it")
                await self._read(event["stream"], path)
        except TimeoutError:
            raise NoTrace(f"the browser did not hand over the trace within {END_SECONDS:g} s") from None
        except PlaywrightError as problem:
            raise NoTrace(f"the trace was lost ({problem.message.splitlines()[0][:120]})") from problem

    async def _read(self, stream: str, path: Path) -> None:
        written, end = 0, False
        with path.open("wb") as file:
            while not end:
                part = await self.cdp.send("IO.read", {"handle": stream, "size": CHUNK_BYTES})
                body = base64.b64decode(part["data"]) if part.get("base64Encoded") else part["data"].encode()
                written += len(body)
                if written > MOST_BYTES:
                    await self.cdp.send("IO.close", {"handle": stream})
                    raise NoTrace(f"the trace was cut: it is larger than {MOST_BYTES / 2**20:.0f} MB compressed")
                file.write(body)
                end = part["eof"]
        await self.cdp.send("IO.close", {"handle": stream})
