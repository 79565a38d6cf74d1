"""Downloads filter lists into a folder. What cannot be had leaves what is there as it is."""

import asyncio
import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import aiohttp

from auditor.ads.filter_lists import KNOWN, MAX_BYTES, Known, host_rules, list_text, noted_download

SECONDS = 60.0


class Updated(NamedTuple):
    """``told`` is what became of the list, in words; ``changed`` whether its file is another now."""

    name: str
    changed: bool
    told: str


async def update_lists(folder: Path, *, proxy: str | None = None, lists: Sequence[Known] = KNOWN) -> list[Updated]:
    """Ask for each list that has an address, and take what changed. Nothing is raised for what cannot be had."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=True) as session:
        return [await _update(session, one, folder, proxy) for one in lists if one.url]


async def _update(session: aiohttp.ClientSession, one: Known, folder: Path, proxy: str | None) -> Updated:
    path = folder / one.files[0]
    noted = noted_download(path) if path.is_file() else {}
    headers = {"If-None-Match": noted["etag"]} if noted.get("etag") else {}
    try:
        async with session.get(one.url, headers=headers, proxy=proxy) as answer:
            if answer.status == 304:
                return Updated(one.name, False, "has not changed")
            if answer.status != 200:
                return Updated(one.name, False, f"the server answered {answer.status}; the list stays as it was")
            content = await _whole(answer)
            etag = answer.headers.get("ETag", "")
        rules = host_rules(list_text(content))
        if not rules.hosts:
            raise ValueError("it names no host")
        await asyncio.to_thread(_put, path, content, etag)
    except (aiohttp.ClientError, TimeoutError) as problem:
        return Updated(one.name, False, f"it could not be had ({type(problem).__name__}); the list stays as it was")
    except (OSError, ValueError) as problem:
        return Updated(one.name, False, f"what came was not taken: {problem}; the list stays as it was")
    return Updated(one.name, True, f"{len(rules.hosts)} hosts")


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    content = await answer.content.read(MAX_BYTES + 1)
    while len(content) <= MAX_BYTES and (more := await answer.content.read(MAX_BYTES + 1)):
        content += more
    return content


def _put(path: Path, content: bytes, etag: str) -> None:
    """Both files whole or not at all; the note last, so that a list without its note is one that nobody vouches for."""
    noted = {"etag": etag, "sha256": hashlib.sha256(content).hexdigest(), "date": f"{datetime.now(UTC):%Y-%m-%d}"}
    note = path.with_suffix(".download")
    note.unlink(missing_ok=True)
    for place, what in ((path, content), (note, json.dumps(noted).encode())):
        unfinished = place.with_name(f".{place.name}.part")
        try:
            unfinished.write_bytes(what)
            os.replace(unfinished, place)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
