"""What a tab asked of the network, who asked, and where the page went by itself."""

import re
from typing import Any

from playwright.async_api import CDPSession

from auditor.ads.parties import party_of
from auditor.browser.unwanted.makers import MAX_URL, Makers
from auditor.evidence import Asked, Leaving, Maker, Moment, Prompt

MAX_REQUESTS = 3000
MAX_LEAVING = 40
_DOWNLOAD = "download"
_WEB = re.compile("https?:|about:|blob:|data:|javascript:|file:|chrome|tel:|mailto:|sms:", re.I)


class RequestLog:
    """Listens to one tab. ``moment`` is what the tab is at; ``card`` are the spellings of a typed card number."""

    def __init__(self, cdp: CDPSession, makers: Makers) -> None:
        self._makers = makers
        self._entries: dict[str, dict[str, Any]] = {}
        self._reasons: dict[str, str] = {}
        self._main: str | None = None
        self._first: str | None = None
        self.main_id: str | None = None
        self.main_headers: dict[str, str] = {}
        self.from_worker = False
        self.moment: Moment = "load"
        self.card: tuple[str, ...] = ()
        self.held: set[str] = set()
        self.left: list[Leaving] = []
        self.prompts: list[Prompt] | None = None
        self.truncated = False
        for event, take in {
            "Network.requestWillBeSent": self._sent,
            "Network.responseReceived": self._received,
            "Page.frameNavigated": self._navigated,
            "Page.frameRequestedNavigation": self._wants_to_go,
            "Page.windowOpen": self._window,
            "Page.downloadWillBegin": self._download,
            "Network.webSocketCreated": self._socket,
        }.items():
            cdp.on(event, take)

    def _sent(self, event: dict[str, Any]) -> None:
        key, request = event["requestId"], event["request"]
        maker = self._makers.of_initiator(event.get("initiator", {}))
        url = request["url"]
        self._makers.asked_by.setdefault(url, maker)
        if event.get("type") == "Document" and self._is_main(event):
            self._main_document(event, maker)
            return
        if url.startswith("data:"):
            return
        known = self._entries.get(key)
        if known is not None and "redirectResponse" in event:
            known["hops"].append(known["url"])
            known["url"] = url[:MAX_URL]
            return
        if len(self._entries) >= MAX_REQUESTS:
            self.truncated = True
            return
        body = str(request.get("postData") or "")
        self._entries[key] = {
            "url": url[:MAX_URL], "type": event.get("type", "Other").lower(), "maker": maker, "hops": [],
            "moment": self.moment, "card": any(one in url or one in body for one in self.card),
        }  # fmt: skip

    def _is_main(self, event: dict[str, Any]) -> bool:
        return self._main is None or event.get("frameId") == self._main

    def _main_document(self, event: dict[str, Any], maker: Maker) -> None:
        self._main = event.get("frameId")
        url, gone = event["request"]["url"], event.get("redirectResponse")
        first = self._first is None
        self._first = self._first or url
        if gone is not None and party_of(gone["url"]) != party_of(url):
            self._leave(Leaving(url=url[:MAX_URL], how="redirect", maker=maker, reason=f"status {gone['status']}"))
        elif not first and gone is None and party_of(url) != party_of(self._makers.document or self._first):
            reason = self._reasons.pop(url, "")
            self._leave(Leaving(url=url[:MAX_URL], how="document", maker=maker, reason=reason))
        if self.moment == "load":
            self.main_id = event["requestId"]

    def _leave(self, leaving: Leaving) -> None:
        if len(self.left) < MAX_LEAVING and (leaving.url, leaving.how) not in {(one.url, one.how) for one in self.left}:
            self.left.append(leaving)

    def _received(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if event["requestId"] == self.main_id:
            self.main_headers = {name.lower(): value for name, value in answer.get("headers", {}).items()}
            self.from_worker = bool(answer.get("fromServiceWorker"))
        entry = self._entries.get(event["requestId"])
        if entry is not None:
            entry.update(
                status=answer.get("status"), mime=answer.get("mimeType", ""), worker=answer.get("fromServiceWorker")
            )

    def _navigated(self, event: dict[str, Any]) -> None:
        frame = event["frame"]
        if not frame.get("parentId") and self.moment == "load":
            self._makers.document = frame["url"]

    def _wants_to_go(self, event: dict[str, Any]) -> None:
        """Before the request: in a page that is kept from leaving this is all there is."""
        url = event["url"][:MAX_URL]
        if self._main is not None and event.get("frameId") != self._main:
            return
        how = event.get("disposition")
        if how == _DOWNLOAD:
            self._leave(Leaving(url=url, how="download", reason=event.get("reason", "")))
        elif self.moment in ("load", "late") and not _WEB.match(url):
            self._leave(Leaving(url=url, how="app", reason=event.get("reason", "")))
        elif how not in ("currentTab", None):
            self._leave(Leaving(url=url, how="window", reason=event.get("reason", "")))
        else:
            self._reasons[url] = event.get("reason", "")

    def _window(self, event: dict[str, Any]) -> None:
        by = "pressed" if event.get("userGesture") else "unasked"
        self._leave(Leaving(url=event["url"][:MAX_URL], how="window", reason=by))

    def _download(self, event: dict[str, Any]) -> None:
        self._leave(Leaving(url=event["url"][:MAX_URL], how="download", reason=event.get("suggestedFilename", "")[:80]))

    def _socket(self, event: dict[str, Any]) -> None:
        if len(self._entries) < MAX_REQUESTS:
            self._entries[event["requestId"]] = {
                "url": event["url"][:MAX_URL], "type": "websocket", "hops": [], "moment": self.moment, "card": False,
                "maker": self._makers.of_initiator(event.get("initiator") or {}),
            }  # fmt: skip

    def overheard(self, url: str, said: str) -> None:
        """What would have been sent over a socket while the card number was typed."""
        if len(self._entries) < MAX_REQUESTS:
            carries = any(one in said for one in self.card)
            self.held.add(url[:MAX_URL])
            self._entries[f"socket {url} {carries}"] = {
                "url": url[:MAX_URL], "type": "websocket", "hops": [], "moment": "typing", "card": carries, "maker": (),
            }  # fmt: skip

    def wanted(self) -> dict[str, str]:
        """Addresses that the main frame asked to go to, with the browser's reason."""
        return dict(self._reasons)

    def count(self) -> int:
        return len(self._entries)

    def asked(self) -> tuple[Asked, ...]:
        found = []
        for entry in self._entries.values():
            one = Asked(
                url=entry["url"], type=entry["type"], maker=entry["maker"], hops=tuple(entry["hops"][:10]),
                status=entry.get("status"), mime=entry.get("mime") or "", moment=entry["moment"],
                from_worker=bool(entry.get("worker")), held=entry["url"] in self.held, carries_card=entry["card"],
            )  # fmt: skip
            found.append(one)
        return tuple(found)
