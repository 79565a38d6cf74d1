"""Which scripts stand behind a call, from the browser's log of scripts and requests."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import CDPSession

from auditor.ads.parties import MOST_HOSTS, host_of, hosts_named
from auditor.evidence import Maker, ScriptSeen

MAX_SCRIPTS = 1000
MAX_DEPTH = 12
MAX_URL = 1000
MAX_SOURCE = 200_000
INLINE = "inline"
_VARIES = re.compile(r"[\"'`][A-Za-z0-9+/=_-]{12,}[\"'`]|\d+")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,4000}={0,2}")
_ADDRESS = re.compile(r"https?://[^\s()]+?(?=:\d+:\d+)")
_HIDES = re.compile(
    r"\beval\s*\(|\bnew\s+Function\b|\batob\s*\(|fromCharCode|\bunescape\s*\(|\\x[0-9a-f]{2}\\x[0-9a-f]{2}", re.I
)


class Makers:
    """Listens to one tab. ``document`` is the address of the main document, set by the recorder."""

    def __init__(self, cdp: CDPSession) -> None:
        self.document = ""
        self._scripts: dict[str, dict[str, Any]] = {}
        self.asked_by: dict[str, Maker] = {}
        cdp.on("Debugger.scriptParsed", self._parsed)

    def _parsed(self, event: dict[str, Any]) -> None:
        if event.get("executionContextAuxData", {}).get("isDefault") and len(self._scripts) < MAX_SCRIPTS:
            self._scripts[event["scriptId"]] = event

    def of_stack(self, stack: Mapping[str, Any] | None, depth: int = 0) -> Maker:
        """The scripts on a call stack and its asynchronous parents, innermost first."""
        found: dict[str, None] = {}
        while stack and len(found) < MAX_DEPTH:
            for frame in stack.get("callFrames", []):
                for name in self._named(frame.get("scriptId", ""), frame.get("url", ""), depth):
                    found.setdefault(name)
            stack = stack.get("parent")
        return tuple(found)[:MAX_DEPTH]

    def _named(self, script_id: str, url: str, depth: int) -> Maker:
        """The name of a script; one without an address of its own is named by who made it."""
        if url.startswith(("http:", "https:")):
            return (INLINE,) if _bare(url) == _bare(self.document) else (url[:MAX_URL],)
        if depth > 4:
            return ()
        if url in self.asked_by:
            return self.asked_by[url]
        return self.of_stack(self._scripts.get(script_id, {}).get("stackTrace"), depth + 1)

    def of_initiator(self, initiator: Mapping[str, Any]) -> Maker:
        """Who asked for a file: the scripts on the stack, else the style sheet or frame that names it."""
        by_script = self.of_stack(initiator.get("stack"))
        if by_script:
            return by_script
        url = initiator.get("url", "")
        outside = url.startswith(("http:", "https:")) and _bare(url) != _bare(self.document)
        return (url[:MAX_URL],) if outside else ()

    def of_text(self, stack: str) -> Maker:
        """The scripts that a stack written by the page's engine names."""
        found = dict.fromkeys(match[0] for match in _ADDRESS.finditer(stack))
        named = (INLINE if _bare(url) == _bare(self.document) else url[:MAX_URL] for url in found)
        return tuple(dict.fromkeys(named))[:MAX_DEPTH]

    def script(self, script_id: str) -> str | None:
        """The address of a script, ``inline`` for one of the page, None for one of ours or of the browser."""
        names = self._named(script_id, self._scripts.get(script_id, {}).get("url", ""), 0)
        return names[0] if names else None

    def inline_ids(self) -> tuple[str, ...]:
        """Scripts written into the page, whose source is worth reading."""
        return tuple(key for key, event in self._scripts.items() if self._is_inline(event) and event.get("length"))[:80]

    def _is_inline(self, event: Mapping[str, Any]) -> bool:
        url = event.get("url", "")
        if url:
            return _bare(url) == _bare(self.document)
        return bool(self.of_stack(event.get("stackTrace")))

    def seen(self, sources: Mapping[str, str]) -> tuple[ScriptSeen, ...]:
        """All scripts of the page, one entry for an address and content. ``sources`` by script id, of inline ones."""
        found: dict[tuple[str | None, str | None], ScriptSeen] = {}
        for key, event in self._scripts.items():
            url = event.get("url", "")
            inline = self._is_inline(event)
            if not inline and not url.startswith(("http:", "https:")):
                continue
            source = sources.get(key, "")
            one = ScriptSeen(
                url=None if inline else url[:MAX_URL],
                sha256=event.get("hash") if len(event.get("hash", "")) == 64 else None,
                chars=event.get("length", 0),
                maker=self.of_stack(event.get("stackTrace")) or (() if inline else self.asked_by.get(url, ())),
                skeleton=skeleton(source) if source else "",
                hosts=named_in(source),
                obfuscated=bool(source) and hides(source),
            )
            found.setdefault((one.url, one.sha256), one)
        return tuple(found.values())


def _bare(url: str) -> str:
    return url.split("#")[0]


def skeleton(source: str) -> str:
    """16 hex digits that stay when nonces, tokens, numbers and times in the script change; hosts do not vary."""
    plain = _VARIES.sub(lambda match: match[0] if "." in match[0] else "#", source)
    return hashlib.sha256(f"{plain}{named_in(source)}".encode()).hexdigest()[:16]


def named_in(source: str) -> tuple[str, ...]:
    """Hosts named in a source, openly or in base64."""
    found = set(hosts_named(source))
    for match in list(_BASE64.finditer(source))[:50]:
        try:
            text = base64.b64decode(match[0] + "=" * (-len(match[0]) % 4), validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            continue
        found |= set(hosts_named(text)) | ({host_of(text)} - {""})
    return tuple(sorted(found)[:MOST_HOSTS])


def hides(source: str) -> bool:
    """Whether a source runs code that it carries in disguise: two of the ways to do so, or long encoded text."""
    ways = {match[0].lower()[:6] for match in _HIDES.finditer(source[:MAX_SOURCE])}
    return len(ways) >= 2 or (bool(ways) and any(len(match[0]) > 80 for match in _BASE64.finditer(source)))
