"""From the outbox to people, one bounded process a message."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from auditor.notify import outbox
from auditor.store import Store

SECONDS = 30.0
"""For one message, whatever the other side does."""
MOST_SECRET = 4096
_SAID = {1: "the other side refused it or did not answer", 2: "its address is none that apprise knows"}


class SecretError(Exception):
    """The address of a recipient cannot be found. The message never holds it."""


def secret_at(place: str) -> str:
    """:raises SecretError: when the environment or the file has none."""
    kind, _, name = place.partition(":")
    try:
        found = os.environ[name] if kind == "env" else Path(name).read_text(encoding="utf-8")
    except KeyError:
        raise SecretError(f"the environment has no {name}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"{name} cannot be read ({getattr(error, 'strerror', None) or 'no UTF-8'})") from None
    if not (found := found.strip()[:MOST_SECRET]):
        raise SecretError(f"{place} is empty")
    return found


async def deliver_due(store: Store, say: Callable[[str], None], *, seconds: float = SECONDS) -> int:
    """Send what is due, one after the other; how many went out.

    :raises StoreError: when the database cannot be used.
    """
    now = datetime.now(UTC)
    with store.begin() as connection:
        outbox.gather_digests(connection, now)
        due = outbox.take_due(connection, now)
    sent = 0
    for row in due:
        error = await _try(row.recipient, row.title, row.body, seconds)
        with store.begin() as connection:
            outbox.settle(connection, row, error, datetime.now(UTC))
        sent += not error
        if error:
            say(f"A message to {row.recipient} was not sent, attempt {row.attempts + 1}: {error}.")
    return sent


async def _try(place: str, title: str, body: str, seconds: float) -> str:
    """What went wrong; "" when it was sent."""
    try:
        address = secret_at(place)
    except SecretError as error:
        return str(error)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "auditor.notify.sending",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    message = json.dumps({"address": address, "title": title, "body": body})
    try:
        await asyncio.wait_for(child.communicate(message.encode()), seconds)
    except TimeoutError:
        return f"it was not done within {seconds:.0f} s"
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return "" if child.returncode == 0 else _SAID.get(child.returncode or 0, "the sending program failed")
