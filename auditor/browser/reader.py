"""Reads pictures and structured data in a child process, because their bytes come from strangers."""

import asyncio
import contextlib
import json
import os
import sys
from typing import Any

PICTURE_SECONDS = 10.0
DATA_SECONDS = 15.0
MAX_ANSWER_BYTES = 32 * 2**20


class ReadingFailed(Exception):
    """The file could not be read within the limits; the message says why."""


class Reader:
    """One child process, started when first needed and again after it was stopped for taking too long.

    It ends with its standard input, so it cannot outlive us, however we end.
    """

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._closed = False

    async def picture(self, body: bytes) -> dict[str, Any]:
        """Facts of a picture (see reading_process.read_picture).

        :raises ReadingFailed: when it took too long.
        """
        return await self._ask({"kind": "picture"}, body, PICTURE_SECONDS)

    async def structured_data(self, html: str, url: str) -> dict[str, Any]:
        """Structured data of a document (see reading_process.read_structured_data).

        :raises ReadingFailed: when it took too long or too much memory.
        """
        answer = await self._ask({"kind": "data", "url": url}, html.encode("utf-8", "replace"), DATA_SECONDS)
        if "error" in answer:
            raise ReadingFailed(answer["error"])
        return answer

    async def _ask(self, request: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        async with self._lock:
            if self._closed:
                raise ReadingFailed("the audit is ending")
            process = await self._started()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                async with asyncio.timeout(seconds):
                    process.stdin.write(json.dumps(request | {"bytes": len(body)}).encode() + b"\n" + body)
                    await process.stdin.drain()
                    line = await process.stdout.readline()
            except (TimeoutError, ConnectionError, ValueError, asyncio.CancelledError) as problem:
                # A half-answered request would answer the next one: the process has to go.
                await self._stop()
                if isinstance(problem, asyncio.CancelledError):
                    raise
                raise ReadingFailed(f"reading it did not end within {seconds:g} s") from problem
            if not line:
                await self._stop()
                raise ReadingFailed("reading it ended the reading process")
            answer: dict[str, Any] = json.loads(line)
            return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "auditor.browser.reading_process",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                limit=MAX_ANSWER_BYTES, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            )  # fmt: skip
            if self._closed:  # meanwhile: nobody else would end it
                await self._stop()
                raise ReadingFailed("the audit is ending")
        return self._process

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def close(self) -> None:
        self._closed = True
        await self._stop()
