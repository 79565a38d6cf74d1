"""Scripts, frames and what the page said on its console, from the browser's own log."""

from typing import Any

from playwright.async_api import CDPSession

from auditor.evidence import Console, ConsoleMessage, Frame, Frames, Script, Scripts

MAX_SCRIPTS = 1000
MAX_MESSAGES = 200
MAX_FRAMES = 200


class PageLog:
    """Listens to one tab. ``main_world`` maps a frame to the context its own scripts run in."""

    def __init__(self, cdp: CDPSession) -> None:
        self.main_world: dict[str, int] = {}
        self._scripts: list[Script] = []
        self._messages: list[ConsoleMessage] = []
        self._exceptions: list[ConsoleMessage] = []
        cdp.on("Runtime.executionContextCreated", self._context)
        cdp.on("Runtime.executionContextsCleared", lambda _event: self.main_world.clear())
        cdp.on("Runtime.consoleAPICalled", self._said)
        cdp.on("Runtime.exceptionThrown", self._thrown)
        cdp.on("Log.entryAdded", self._logged)
        cdp.on("Debugger.scriptParsed", self._parsed)

    def _context(self, event: dict[str, Any]) -> None:
        facts = event["context"].get("auxData", {})
        if facts.get("isDefault"):
            self.main_world[facts.get("frameId", "")] = event["context"]["id"]

    def _said(self, event: dict[str, Any]) -> None:
        if len(self._messages) < MAX_MESSAGES:
            texts = [str(arg.get("value", arg.get("description", ""))) for arg in event["args"][:10]]
            at = event.get("stackTrace", {}).get("callFrames", [])
            url = at[0]["url"] if at else None
            self._messages.append(ConsoleMessage(level=event["type"], text=" ".join(texts)[:500], url=_cut(url)))

    def _thrown(self, event: dict[str, Any]) -> None:
        if len(self._exceptions) < MAX_MESSAGES:
            details = event["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details.get("text", "")
            self._exceptions.append(ConsoleMessage(level="error", text=text[:500], url=_cut(details.get("url"))))

    def _logged(self, event: dict[str, Any]) -> None:
        entry = event["entry"]
        if len(self._messages) < MAX_MESSAGES:
            self._messages.append(
                ConsoleMessage(level=entry["level"], text=entry["text"][:500], url=_cut(entry.get("url")))
            )

    def _parsed(self, event: dict[str, Any]) -> None:
        facts = event.get("executionContextAuxData", {})
        if not facts.get("isDefault") or not event.get("length") or len(self._scripts) >= MAX_SCRIPTS:
            return
        frames = event.get("stackTrace", {}).get("callFrames", [])
        if not event["url"] and not frames:
            return  # put there by the browser driver, not by the page
        # An inline script carries its document's address and starts somewhere inside it.
        inline = bool(event.get("startLine") or event.get("startColumn")) or not event["url"]
        sha256 = event.get("hash") if len(event.get("hash", "")) == 64 else None
        self._scripts.append(
            Script(
                url=None if inline else _cut(event["url"]),
                sha256=sha256,
                chars=event["length"],
                creator_url=_cut(frames[0]["url"]) if frames else _cut(event["url"]) if inline else None,
            )
        )

    def scripts(self) -> Scripts:
        return Scripts(items=tuple(self._scripts))

    def console(self) -> Console:
        return Console(messages=tuple(self._messages), exceptions=tuple(self._exceptions))


def frames_in(tree: dict[str, Any], parent: str | None = None) -> list[tuple[str, Frame]]:
    """The frames of a ``Page.getFrameTree`` answer with their ids, the main frame first."""
    frame = tree["frame"]
    found = [(frame["id"], Frame(url=frame["url"][:2000], parent_url=parent, name=frame.get("name", "")[:200]))]
    for child in tree.get("childFrames", []):
        if len(found) < MAX_FRAMES:
            found += frames_in(child, frame["url"][:2000])
    return found[:MAX_FRAMES]


def frames_section(found: list[tuple[str, Frame]]) -> Frames:
    return Frames(items=tuple(frame for _id, frame in found))


def _cut(url: str | None) -> str | None:
    return url[:2000] if url else None
