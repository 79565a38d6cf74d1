"""Messages that are sent for real, to a server of this machine that takes, refuses or hangs."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from auditor.notify import Message, deliver_due, enqueue, outbox
from auditor.notify.delivery import SecretError, secret_at
from auditor.store import Store, open_store

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append(body)  # type: ignore[attr-defined]
        self.server.hang.wait()  # type: ignore[attr-defined]
        self.send_response(self.server.answer)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hook(answer: int = 200, *, hangs: bool = False) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.got, server.answer, server.hang = [], answer, threading.Event()  # type: ignore[attr-defined]
    if not hangs:
        server.hang.set()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.hang.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'auditor.db'}")
    yield opened
    opened.close()


def queue(store: Store, key: str = "k", recipient: str = "env:AUDITOR_TEST_HOOK") -> bool:
    with store.begin() as connection:
        news = Message(key, recipient, "failed", "demo", "Demo: the audit failed", "• because of <b>this</b>")
        return enqueue(connection, news, NOW)


def deliver(store: Store, monkeypatch, server: ThreadingHTTPServer, seconds: float = 120.0) -> list[str]:
    monkeypatch.setenv("AUDITOR_TEST_HOOK", f"json://127.0.0.1:{server.server_address[1]}/s3cret")
    said: list[str] = []
    asyncio.run(deliver_due(store, said.append, seconds=seconds))
    return said


def state(store: Store) -> tuple[str, int]:
    with store.begin() as connection:
        row = outbox.newest(connection, 1)[0]
    return row.state, row.attempts


@pytest.mark.server
def test_a_message_is_sent_once_however_often_the_news_comes(store, monkeypatch):
    assert queue(store)
    assert not queue(store)
    with hook() as server:
        assert deliver(store, monkeypatch, server) == []
        assert deliver(store, monkeypatch, server) == []
        (got,) = server.got
    assert (got["title"], got["message"]) == ("Demo: the audit failed", "• because of <b>this</b>")
    assert state(store) == ("sent", 1)


@pytest.mark.server
def test_what_was_refused_is_tried_again_later_and_no_secret_is_said_or_stored(store, monkeypatch, tmp_path):
    queue(store)
    with hook(500) as server:
        (said,) = deliver(store, monkeypatch, server)
        assert deliver(store, monkeypatch, server) == [], "not before its next time"
    assert "attempt 1" in said
    assert state(store) == ("queued", 1)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"s3cret" not in stored
    assert "s3cret" not in said


@pytest.mark.server
def test_an_address_that_hangs_is_ended_with_its_process(store, monkeypatch):
    queue(store)
    with hook(hangs=True) as server:
        (said,) = deliver(store, monkeypatch, server, seconds=4)
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
        assert not children.exists() or not _senders(children.read_text().split())
    assert "not done within 4 s" in said


def _senders(pids: list[str]) -> list[str]:
    return [pid for pid in pids if b"auditor.notify" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_delays_grow_and_the_last_attempt_ends_it(store):
    queue(store)
    now, waits = NOW, []
    for _ in range(outbox.MOST_ATTEMPTS):
        with store.begin() as connection:
            (row,) = outbox.take_due(connection, now)
            assert outbox.take_due(connection, now) == ()
            outbox.settle(connection, row, "refused", now)
            after = outbox.newest(connection, 1)[0].next_try
        waits.append(after - now)
        now = after
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(waits) == outbox.LONGEST_DELAY
    assert state(store) == ("failed", outbox.MOST_ATTEMPTS)


def test_a_program_that_dies_while_sending_leaves_the_message_due_later(store):
    queue(store)
    with store.begin() as connection:
        assert outbox.take_due(connection, NOW)
    with store.begin() as connection:
        assert outbox.take_due(connection, NOW) == ()
        assert outbox.take_due(connection, NOW + timedelta(minutes=2))


def test_secrets_come_from_the_environment_or_a_file_only(tmp_path, monkeypatch):
    (tmp_path / "hook").write_text("json://shop.example/\n")
    assert secret_at(f"file:{tmp_path / 'hook'}") == "json://shop.example/"
    monkeypatch.delenv("AUDITOR_NONE", raising=False)
    for place in ("env:AUDITOR_NONE", f"file:{tmp_path / 'none'}", f"file:{tmp_path}"):
        with pytest.raises(SecretError):
            secret_at(place)


def test_a_recipient_without_an_address_is_said(store, monkeypatch):
    queue(store, recipient="env:AUDITOR_NONE")
    said = []
    asyncio.run(deliver_due(store, said.append))
    assert "the environment has no AUDITOR_NONE" in said[0]
