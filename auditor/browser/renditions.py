"""The files behind a product's pictures: what the shop offers at most, and what it looks like."""

import asyncio
import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urljoin

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from auditor.browser.network import NetworkLog
from auditor.browser.reader import Reader, ReadingFailed
from auditor.evidence import Rendition, Renditions, StructuredData

MAX_FILES = 12
MAX_BYTES = 20 * 2**20
FETCH_SECONDS = 10.0
CHUNK_BYTES = 2**20
FACTS = (
    "width", "height", "mime", "sha256", "dhash", "phash", "flat", "sharpness", "brightness", "highlights", "plain",
    "fill", "corners", "error",
)  # fmt: skip


@dataclass
class KnownPictures:
    """Pictures already read in this audit, so that none is fetched or decoded twice."""

    by_url: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_sha256: dict[str, dict[str, Any]] = field(default_factory=dict)


class FetchFailed(Exception):
    """The file could not be had; the message says why."""


def candidates(
    gallery: Iterable[Mapping[str, Any]], data: StructuredData | None, page_url: str
) -> list[dict[str, Any]]:
    """At most MAX_FILES distinct files: the main picture's, what structured data names, the best of each other's."""
    pictures = list(gallery)
    found = [{"of": pictures[0]["of"], **file} for file in pictures[0]["files"]] if pictures else []
    found += [{"of": None, "url": urljoin(page_url, url), "source": source} for source, url in _named(data)]
    for picture in pictures[1:]:
        found += [{"of": picture["of"], **file} for file in picture["files"][:1]]
    unique: dict[str, dict[str, Any]] = {}
    for file in found:
        if file["url"].startswith(("http://", "https://")):
            unique.setdefault(file["url"], file)
    return list(unique.values())[:MAX_FILES]


def _named(data: StructuredData | None) -> list[tuple[str, str]]:
    """Source and address of the pictures that structured data gives a product, before and after scripts ran."""
    if data is None:
        return []
    named = _named(data.rendered)
    for item in data.json_ld:
        if _is_product(item.get("@type")):
            named += [("json-ld", url) for url in _urls(item.get("image"))][:4]
    for item in data.microdata:
        if _is_product(item.get("type")):
            named += [("microdata", url) for url in _urls(item.get("properties", {}).get("image"))][:4]
    if "og:image" in data.open_graph:
        named.append(("open-graph", data.open_graph["og:image"]))
    return named


def _is_product(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(one).rsplit("/", 1)[-1] in ("Product", "ProductGroup", "ProductModel") for one in kinds)


def _urls(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _urls(value.get("contentUrl") or value.get("url") or value.get("@id"))
    if isinstance(value, list):
        return [url for one in value[:10] for url in _urls(one)]
    return []


async def read_renditions(
    cdp: CDPSession, frame_id: str, log: NetworkLog, reader: Reader, known: KnownPictures, files: list[dict[str, Any]]
) -> Renditions:
    """Fetch, where the browser has it not yet, and read each file."""
    items = []
    for file in files:
        facts = known.by_url.get(file["url"])
        if facts is None:
            facts = await _facts(cdp, frame_id, log, reader, known, file["url"])
            known.by_url[file["url"]] = facts
        read = {"width": 0, "height": 0} | {name: facts[name] for name in FACTS if name in facts}
        items.append(Rendition(url=file["url"], of=file["of"], source=file["source"], bytes=facts.get("bytes"), **read))
    return Renditions(items=tuple(items))


async def _facts(
    cdp: CDPSession, frame_id: str, log: NetworkLog, reader: Reader, known: KnownPictures, url: str
) -> dict[str, Any]:
    try:
        body = await _body(cdp, frame_id, log, url)
    except (FetchFailed, PlaywrightError) as problem:
        return {"error": str(problem)[:300]}
    digest = hashlib.sha256(body).hexdigest()
    if digest not in known.by_sha256:
        try:
            known.by_sha256[digest] = await reader.picture(body)
        except ReadingFailed as problem:
            known.by_sha256[digest] = {"sha256": digest, "error": str(problem)}
    return {"bytes": len(body)} | known.by_sha256[digest]


async def _body(cdp: CDPSession, frame_id: str, log: NetworkLog, url: str) -> bytes:
    for request_id in log.bodies_of(url):
        try:
            kept = await cdp.send("Network.getResponseBody", {"requestId": request_id})
        except PlaywrightError:
            continue
        body = base64.b64decode(kept["body"]) if kept["base64Encoded"] else kept["body"].encode()
        if body:
            return body
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            return await _fetch(cdp, frame_id, url)
    except TimeoutError:
        raise FetchFailed(f"it did not arrive within {FETCH_SECONDS:g} s") from None


async def _fetch(cdp: CDPSession, frame_id: str, url: str) -> bytes:
    """The file through the browser's own network stack (its proxy, cookies and cache), a piece at a time."""
    options = {"disableCache": False, "includeCredentials": True}
    answer = await cdp.send("Network.loadNetworkResource", {"frameId": frame_id, "url": url, "options": options})
    resource = cast(dict[str, Any], answer["resource"])
    stream = resource.get("stream")
    status = resource.get("httpStatusCode")
    try:
        if not resource["success"] or stream is None:
            raise FetchFailed(f"it answered {status or resource.get('netErrorName', 'nothing')}")
        body = bytearray()
        while True:
            piece = await cdp.send("IO.read", {"handle": stream, "size": CHUNK_BYTES})
            body += base64.b64decode(piece["data"]) if piece.get("base64Encoded") else piece["data"].encode()
            if len(body) > MAX_BYTES:
                raise FetchFailed(f"it is larger than {MAX_BYTES // 2**20} MiB")
            if piece["eof"]:
                return bytes(body)
    finally:
        if stream is not None:
            await cdp.send("IO.close", {"handle": stream})
