"""What the page asked of the network, from the browser's own log."""

import asyncio
import time
from functools import lru_cache
from typing import Any, Literal

from playwright.async_api import CDPSession

from auditor.evidence import ConsentPhase, Redirect, Request, Requests
from auditor.registrable import split_host

MAX_REQUESTS = 3000
MAX_URL = 2000
QUIET_SECONDS = 0.5
STATIC_QUIET_SECONDS = 0.1
QUIET_CAP_SECONDS = 5.0


def site_of(url: str) -> str:
    """The registrable domain of a URL, or its bare host where it has none (an IP address, localhost)."""
    return _site_of_host(url.split("#")[0].split("?")[0].split("/", 3)[2] if url.count("/") >= 2 else url)


@lru_cache(maxsize=4096)
def _site_of_host(host: str) -> str:
    parts = split_host(host)
    # An ending that the public suffix list does not know counts as a suffix itself, as the list says.
    above = parts.subdomain.rpartition(".")[2] if not parts.suffix else ""
    bare = f"{above}.{parts.domain}" if above else parts.domain
    return (parts.top_domain_under_public_suffix or bare or parts.suffix).lower()


class NetworkLog:
    """Listens to one tab. ``bodies_of`` maps a URL to the ids under which the browser keeps its body."""

    def __init__(self, cdp: CDPSession) -> None:
        self._entries: dict[str, dict[str, Any]] = {}
        self._hops: list[dict[str, Any]] = []
        self._wire_status: dict[str, int] = {}
        self._frames: dict[str, str] = {}
        self._in_flight: set[str] = set()
        self._start: float | None = None
        self._answered: float | None = None
        self._loaded_at: float | None = None
        self._changed = time.monotonic()
        self._truncated = False
        self.main: dict[str, Any] | None = None
        self.redirects: list[Redirect] = []
        for event, take in {
            "Network.requestWillBeSent": self._sent,
            "Network.responseReceived": self._received,
            "Network.responseReceivedExtraInfo": self._answered_on_the_wire,
            "Network.dataReceived": self._data,
            "Network.loadingFinished": self._finished,
            "Network.loadingFailed": self._failed,
            "Network.requestServedFromCache": self._cached,
            "Page.frameNavigated": self._navigated,
            "Page.loadEventFired": self._loaded,
        }.items():
            cdp.on(event, take)

    def _sent(self, event: dict[str, Any]) -> None:
        request_id, now = event["requestId"], event["timestamp"]
        self._changed = time.monotonic()
        earlier = self._entries.pop(request_id, None)
        if earlier is not None and "redirectResponse" in event:
            self._answer(earlier, event["redirectResponse"])
            earlier.update(ended=now, transferred=event["redirectResponse"].get("encodedDataLength"))
            self._hops.append(earlier)
        if self._start is None:
            self._start = now
        if len(self._entries) + len(self._hops) >= MAX_REQUESTS:
            self._truncated = True
            return
        initiator = event.get("initiator", {})
        stack = _stack(initiator.get("stack"))
        entry = {
            "id": request_id, "url": event["request"]["url"], "method": event["request"]["method"], "started": now,
            "type": event.get("type", "Other").lower(), "initiator_type": initiator.get("type", ""),
            "initiator_url": initiator.get("url") or (stack[0] if stack else None), "stack": stack,
            "frame": event.get("frameId"), "after_load": self._loaded_at is not None, "decoded": 0,
        }  # fmt: skip
        self._entries[request_id] = entry
        if not entry["url"].startswith(("data:", "blob:")):
            self._in_flight.add(request_id)
        if event.get("type") == "Document" and event.get("loaderId") == request_id and not event.get("_sub"):
            self._main_document(entry, event)

    def _main_document(self, entry: dict[str, Any], event: dict[str, Any]) -> None:
        if self.main is None or event.get("frameId") == self.main["frame"]:
            if "redirectResponse" in event:
                gone = event["redirectResponse"]
                self.redirects.append(Redirect(url=gone["url"][:MAX_URL], status=gone["status"]))
            elif self.main is not None:
                self.redirects.append(Redirect(url=self.main["url"][:MAX_URL], status=self.main.get("status") or 0))
            self.main = entry

    def _received(self, event: dict[str, Any]) -> None:
        entry = self._entries.get(event["requestId"])
        if entry:
            self._answer(entry, event["response"])

    def _answered_on_the_wire(self, event: dict[str, Any]) -> None:
        """The only word of an answer that the browser keeps from the page, such as an error page sent for a script.

        It comes from another process than the other events, so it may be told before the request itself is.
        """
        if event["requestId"] in self._entries or len(self._wire_status) < MAX_REQUESTS:
            self._wire_status[event["requestId"]] = event["statusCode"]

    def _answer(self, entry: dict[str, Any], response: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in response.get("headers", {}).items()}
        entry.update(
            status=response.get("status"), mime=response.get("mimeType"), headers=headers,
            protocol=response.get("protocol"), cache=response.get("fromDiskCache") or entry.get("cache", False),
        )  # fmt: skip

    def _data(self, event: dict[str, Any]) -> None:
        entry = self._entries.get(event["requestId"])
        if entry:
            entry["decoded"] += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        self._done(event, transferred=event["encodedDataLength"])

    def _failed(self, event: dict[str, Any]) -> None:
        self._done(event, failed=event.get("blockedReason") or event.get("errorText") or "failed")

    def _done(self, event: dict[str, Any], **facts: Any) -> None:
        self._changed = time.monotonic()
        self._in_flight.discard(event["requestId"])
        entry = self._entries.get(event["requestId"])
        if entry:
            entry.update(ended=event["timestamp"], **facts)

    def _cached(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._entries:
            self._entries[event["requestId"]]["cache"] = True

    def _navigated(self, event: dict[str, Any]) -> None:
        self._frames[event["frame"]["id"]] = event["frame"]["url"]

    def _loaded(self, event: dict[str, Any]) -> None:
        self._loaded_at = event["timestamp"]

    def answer_consent(self) -> None:
        """Requests from here on are made after the consent dialog was answered."""
        self._answered = max([entry["started"] for entry in self._entries.values()], default=0.0)

    @property
    def asked_after_load(self) -> bool:
        """Whether scripts of the page asked for more after the load event (the browser itself asks for an icon)."""
        return any(entry["after_load"] and entry["initiator_type"] != "other" for entry in self._entries.values())

    async def quiet(self, pause_s: float, cap_s: float) -> bool:
        """Wait until nothing has been in flight for ``pause_s``; False when ``cap_s`` passed first."""
        end = time.monotonic() + cap_s
        while time.monotonic() < end:
            still = time.monotonic() - self._changed
            if not self._in_flight and still >= pause_s:
                return True
            await asyncio.sleep(max(0.01, min(0.05, pause_s - still)))
        return False

    def bodies_of(self, url: str) -> list[str]:
        return [entry["id"] for entry in self._entries.values() if entry["url"] == url and entry.get("ended")]

    def snapshot(self, page_url: str, phase: Literal["stored", "settled"]) -> tuple[Requests, dict[str, Request]]:
        """The requests so far, in order, and the answered ones by URL (of several, the one with most bytes)."""
        site, start = site_of(page_url), self._start or 0.0
        entries = sorted([*self._hops, *self._entries.values()], key=lambda entry: float(entry["started"]))
        items = [self._request(entry, site, start, phase) for entry in entries if not entry["url"].startswith("data:")]
        by_url: dict[str, Request] = {}
        for item in items:
            known = by_url.get(item.url)
            if known is None or (item.transferred_bytes or 0) > (known.transferred_bytes or 0):
                by_url[item.url] = item
        return Requests(items=tuple(items), truncated=self._truncated), by_url

    def _request(self, entry: dict[str, Any], site: str, start: float, phase: str) -> Request:
        headers = entry.get("headers", {})
        when: ConsentPhase = "stored"
        if phase == "settled":
            when = "before" if self._answered is None or entry["started"] <= self._answered else "after"
        ended = entry.get("ended")
        kept_back = "BLOCKED_BY_ORB" in (entry.get("failed") or "")
        status = self._wire_status.get(entry["id"]) if kept_back else entry.get("status")
        return Request(
            url=entry["url"][:MAX_URL], method=entry["method"], type=entry["type"], status=status,
            mime=entry.get("mime"), transferred_bytes=_whole(entry.get("transferred")), decoded_bytes=entry["decoded"],
            content_encoding=headers.get("content-encoding"), cache_control=headers.get("cache-control"),
            expires=headers.get("expires"), etag="etag" in headers, from_cache=bool(entry.get("cache")),
            protocol=entry.get("protocol"), initiator_type=entry["initiator_type"],
            initiator_url=(entry["initiator_url"] or "")[:MAX_URL] or None, stack_urls=tuple(entry["stack"]),
            frame_url=(self._frames.get(entry["frame"] or "") or "")[:MAX_URL] or None,
            started_ms=round((entry["started"] - start) * 1000, 1),
            ended_ms=round((ended - start) * 1000, 1) if ended else None,
            phase=when, party="first" if site_of(entry["url"]) == site else "third", failed=entry.get("failed"),
            after_load=entry["after_load"],
        )  # fmt: skip


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _stack(stack: dict[str, Any] | None) -> list[str]:
    """The distinct script URLs of a call stack, innermost first."""
    found: list[str] = []
    while stack and len(found) < 10:
        for frame in stack.get("callFrames", []):
            url = frame.get("url", "")[:MAX_URL]
            if url and url not in found and len(found) < 10:
                found.append(url)
        stack = stack.get("parent")
    return found
