"""The trace engine's process: found, bounded, started again, gone afterwards."""

import asyncio
import gzip
import stat
from pathlib import Path

import psutil
import pytest

from auditor.browser.devices import PROFILES
from auditor.evidence import Device
from auditor.speed import engine as engine_module
from auditor.speed.engine import EngineUnavailable, NotJudged, TraceEngine
from auditor.speed.node_finder import ENVIRONMENT_VARIABLE, NodeNotFound, find_node

PHONE = PROFILES[Device.MOBILE]


def program(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE}


@pytest.mark.server
def test_playwrights_own_node_is_taken_before_that_of_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(program(tmp_path / "node", "echo v99.0.0").parent))
    found = find_node()
    assert found.source == "playwright"
    assert int(found.version[1:].split(".")[0]) >= 22


@pytest.mark.server
def test_a_named_node_is_taken_or_refused_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(program(tmp_path / "new", "echo v23.1.0")))
    assert find_node().source == "environment"
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(program(tmp_path / "old", "echo v18.2.0")))
    with pytest.raises(NodeNotFound, match=r"old.*22 or newer"):
        find_node()
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "none"))
    with pytest.raises(NodeNotFound, match="AUDITOR_NODE"):
        find_node()


@pytest.mark.server
async def test_without_node_there_is_no_engine_and_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "none"))
    async with TraceEngine() as engine:
        with pytest.raises(EngineUnavailable, match="AUDITOR_NODE"):
            await engine.ready()


@pytest.mark.server
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"no trace", "cannot read the trace"),
        (b'{"traceEvents": []}', "cannot read the trace"),
        (b'{"traceEvents": [{"name": "x"', "cannot read the trace"),
        (gzip.compress(b'{"traceEvents": []}')[:20], "cannot read the trace"),
        (gzip.compress(b" " * 3_000_000), "larger than"),
    ],
    ids=["no JSON", "no events", "cut", "cut gzip", "too large"],
)
async def test_a_bad_trace_is_refused_and_the_next_one_is_asked_of_the_same_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, said: str
) -> None:
    monkeypatch.setattr(engine_module, "MOST_TRACE_BYTES", 2 * 2**20)
    trace = tmp_path / "trace.json"
    trace.write_bytes(body)
    others = children()
    async with TraceEngine() as engine:
        await engine.ready()
        before = children()
        assert before > others
        for _again in range(2):
            with pytest.raises(NotJudged, match=said):
                await engine.judge(trace, PHONE)
        assert children() == before
    assert children() <= others


@pytest.mark.server
async def test_an_engine_that_dies_is_started_again_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies = program(tmp_path / "node", '[ "$1" = --version ] && echo v22.0.0 && exit', "read line")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(dies))
    async with TraceEngine() as engine:
        for _start in range(engine_module.MAX_STARTS):
            with pytest.raises(NotJudged, match="ended while"):
                await engine.judge(tmp_path / "trace", PHONE)
        with pytest.raises(EngineUnavailable, match="not started again"):
            await engine.judge(tmp_path / "trace", PHONE)


@pytest.mark.server
async def test_an_engine_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = program(tmp_path / "node", '[ "$1" = --version ] && echo v22.0.0 && exit', "exec tail -f /dev/null")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(hangs))
    before = children()
    async with TraceEngine(seconds=0.3) as engine:
        with pytest.raises(NotJudged, match=r"no answer after 0\.3 s"):
            await engine.judge(tmp_path / "trace", PHONE)
        assert children() <= before


@pytest.mark.server
async def test_a_cancelled_audit_leaves_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = program(tmp_path / "node", '[ "$1" = --version ] && echo v22.0.0 && exit', "exec tail -f /dev/null")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(hangs))
    before = children()
    async with TraceEngine() as engine:
        await engine.ready()
        asking = asyncio.ensure_future(engine.judge(tmp_path / "trace", PHONE))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    assert children() <= before


@pytest.mark.server
async def test_memory_is_bounded(tmp_path: Path) -> None:
    trace = tmp_path / "large.json"
    trace.write_text(f'{{"traceEvents": [{"{}," * 2_000_000}{{}}]}}')
    async with TraceEngine(heap_mb=48) as engine:
        with pytest.raises(NotJudged, match="ended while it read"):
            await engine.judge(trace, PHONE)


def test_the_engine_is_not_given_the_operators_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_PASSWORD", "hunter2")
    monkeypatch.setenv("NODE_OPTIONS", "--require /x.js")
    assert not {"SHOP_PASSWORD", "NODE_OPTIONS"} & engine_module._environment().keys()
