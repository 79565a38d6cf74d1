"""Notes what a page asks of the browser before anybody pressed anything: notifications, the place, sound."""

import json
from typing import Any

from playwright.async_api import CDPSession

from auditor.browser.unwanted.makers import Makers
from auditor.browser.unwanted.requests import RequestLog
from auditor.evidence import Prompt

MOST_PROMPTS = 20
_NAME = "auditorPrompts"
# Only calls that shops hardly make are wrapped: wrapping what makes elements would put us on every call stack.
_SOURCE = """(() => {
  const tell = globalThis.auditorPrompts; delete globalThis.auditorPrompts;
  if (!tell) return;
  const watch = (owner, name, what, counts) => {
    const original = owner && owner[name];
    if (typeof original !== "function") return;
    owner[name] = function (...given) {
      try {
        if (!(navigator.userActivation || {}).isActive && (!counts || counts(this, given)))
          tell(JSON.stringify({ what, stack: String(new Error().stack) }));
      } catch {}
      return original.apply(this, given);
    };
  };
  const of = (name) => (globalThis[name] || {}).prototype;
  watch(globalThis.Notification, "requestPermission", "notifications");
  watch(of("PushManager"), "subscribe", "notifications");
  for (const name of ["getCurrentPosition", "watchPosition"]) watch(of("Geolocation"), name, "location");
  watch(of("Navigator"), "vibrate", "vibration", (_, given) => given[0] && given[0] != 0);
  for (const name of ["read", "readText", "write", "writeText"]) watch(of("Clipboard"), name, "clipboard");
  watch(of("HTMLMediaElement"), "play", "sound", (media) => !media.muted && media.volume > 0);
})()"""
SOUNDING = """[...document.querySelectorAll("video[autoplay], audio[autoplay]")].filter(
  (one) => !one.muted && one.volume > 0 && (one.currentSrc || one.src)).length"""


async def watch_prompts(cdp: CDPSession, log: RequestLog, makers: Makers) -> None:
    """Before the first document. Page and Runtime are on already."""
    noted: list[Prompt] = []
    log.prompts = noted

    def told(event: dict[str, Any]) -> None:
        if event.get("name") != _NAME or log.moment not in ("load", "late") or len(noted) >= MOST_PROMPTS:
            return
        try:
            found = json.loads(str(event.get("payload", ""))[:20_000])
            prompt = Prompt(what=found["what"], maker=makers.of_text(str(found["stack"])))
        except (ValueError, KeyError, TypeError):
            return
        if prompt not in noted:
            noted.append(prompt)

    cdp.on("Runtime.bindingCalled", told)
    await cdp.send("Runtime.addBinding", {"name": _NAME})
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": _SOURCE})
