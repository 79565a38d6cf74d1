"""One Node process that judges traces with Chrome's own engine: started when first asked, gone afterwards."""

import asyncio
import base64
import contextlib
import itertools
import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from auditor.browser.vendor_files import VendorFileMissing, vendor_file
from auditor.evidence import Device, DeviceProfile, TracedRun
from auditor.speed.node_finder import Node, NodeNotFound, find_node
from auditor.speed.visual_progress import speed_index

SCRIPT = Path(__file__).with_name("engine.mjs")
HEAP_MB = 1536
MOST_TRACE_BYTES = 300 * 2**20
"""Unpacked. A trace takes up to four times its size while it is read."""

JUDGE_SECONDS = 60.0
MAX_STARTS = 4
END_SECONDS = 2.0
ANSWER_BYTES = 16 * 2**20


class EngineUnavailable(Exception):
    """There is no engine, or there is none any more; the message says why."""


class NotJudged(Exception):
    """The engine could not judge this trace; the message says why."""


PROFILES = {Device.MOBILE: "mobileSlow4G", Device.DESKTOP: "desktopDense4G"}
"""The engine's names for Lighthouse's simulated devices."""


@dataclass(frozen=True)
class Judged:
    """What the engine made of a trace, and what the screen showed: ms since the navigation and a JPEG each."""

    run: TracedRun
    frames: tuple[tuple[float, bytes], ...]


class TraceEngine:
    """An async context manager. One trace at a time: a second caller waits.

    A process that dies or hangs costs the trace that it was at; the next one gets a new process, MAX_STARTS in all.
    """

    def __init__(self, *, heap_mb: int = HEAP_MB, seconds: float = JUDGE_SECONDS) -> None:
        self._heap_mb, self._seconds = heap_mb, seconds
        self._process: asyncio.subprocess.Process | None = None
        self._node: Node | None = None
        self._starts = 0
        self._ids = itertools.count(1)
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    async def ready(self) -> None:
        """Start the process now.

        :raises EngineUnavailable: when it cannot be, or died too often.
        """
        if self._process is not None and self._process.returncode is None:
            return
        if self._starts >= MAX_STARTS:
            raise EngineUnavailable(f"the trace engine ended {self._starts} times and is not started again")
        try:
            node = self._node
            if node is None:
                node = await asyncio.to_thread(find_node)
            modules = vendor_file("axe.min.js").parent / "node_modules"
        except (NodeNotFound, VendorFileMissing) as problem:
            raise EngineUnavailable(str(problem)) from problem
        if not (modules / "@paulirish" / "trace_engine" / "package.json").is_file():
            raise EngineUnavailable("Chrome's trace engine is not installed. In a checkout run 'make setup'.")
        self._node, self._starts = node, self._starts + 1
        try:
            self._process = await asyncio.create_subprocess_exec(
                str(node.path), f"--max-old-space-size={self._heap_mb}", str(SCRIPT), str(modules),
                str(MOST_TRACE_BYTES), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL, limit=ANSWER_BYTES, env=_environment(),
            )  # fmt: skip
        except OSError as problem:
            raise EngineUnavailable(f"Node could not be started ({problem.strerror or problem})") from problem

    async def judge(self, trace: Path, profile: DeviceProfile) -> Judged:
        """What the engine makes of a trace file, compressed or not.

        :raises EngineUnavailable: when there is no engine.
        :raises NotJudged: when it fails on this trace, or has not answered after ``seconds``.
        """
        async with self._turn:
            await self.ready()
            try:
                async with asyncio.timeout(self._seconds):
                    question = {"trace": str(trace), "profile": PROFILES[profile.device], "dpr": profile.dpr}
                    answer = await self._ask(question)
                    frames = await self._add_speed_index(answer.get("result"))
            except TimeoutError:
                await self._end()
                raise NotJudged(f"the trace engine had no answer after {self._seconds:g} s") from None
            except (ConnectionError, ValueError, asyncio.IncompleteReadError) as problem:
                await self._end()
                raise NotJudged("the trace engine ended while it read the trace; it may be too large") from problem
            except BaseException:
                await self._end()
                raise
        if "error" in answer:
            raise NotJudged(f"the trace engine cannot read the trace ({_readable(answer['error'])})")
        try:
            return Judged(TracedRun.model_validate(answer.get("result")), frames)
        except ValidationError as problem:
            first = problem.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise NotJudged(f"the trace engine's answer makes no sense ({place}: {first['msg']})") from problem

    async def _add_speed_index(self, result: Any) -> tuple[tuple[float, bytes], ...]:
        """From the frames, which it returns; simulated too where the rest was."""
        frames = result.pop("frames", ()) if isinstance(result, dict) else ()
        pictures = tuple((float(at), base64.b64decode(picture)) for at, picture in frames if picture)
        observed = await asyncio.to_thread(speed_index, pictures)
        if observed is not None:
            result["observed"]["si"] = observed
            if result["simulated"] is not None:
                simulated = (await self._ask({"speed_index": observed})).get("result") or (None, None)
                result["simulated"] |= zip(("si_ms", "steady_si_ms"), simulated, strict=True)
        return pictures

    async def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        number = next(self._ids)
        process.stdin.write(json.dumps({"id": number, **question}).encode() + b"\n")
        await process.stdin.drain()
        answer = json.loads(await process.stdout.readuntil(b"\n"))
        if not isinstance(answer, dict) or answer.get("id") != number:
            raise ValueError("an answer to something else")
        return answer

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS):
                await process.wait()
        if process.stdin is not None:
            process.stdin.close()


def engine_version() -> str:
    """Of the engine and the Node that would run it.

    :raises EngineUnavailable: when there is none; the message says what to do.
    """
    try:
        node = find_node()
        package = vendor_file("axe.min.js").parent / "node_modules" / "@paulirish" / "trace_engine" / "package.json"
        version = json.loads(package.read_bytes())["version"]
    except (NodeNotFound, VendorFileMissing) as problem:
        raise EngineUnavailable(str(problem)) from problem
    except (OSError, ValueError, KeyError):
        raise EngineUnavailable("Chrome's trace engine is not installed. In a checkout run 'make setup'.") from None
    return f"{version} in Node {node.version} ({node.source})"


def _environment() -> dict[str, str]:
    """Without the operator's options for other Node programs, and without their secrets."""
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}


def _readable(error: object) -> str:
    text = str(error)
    if "maxOutputLength" in text or "larger than" in text or "too large" in text:
        return f"it is larger than {MOST_TRACE_BYTES // 2**20} MB"
    return text[:200]
