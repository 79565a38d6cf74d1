"""Software of the visitor, as unpacked extensions: what adware does to a page, and what wanted extensions do."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Told = Callable[[list[dict[str, Any]]], bool]


def _names(*hosts: str) -> Told:
    return lambda events: {host for one in events for host in one["h"]} >= set(hosts)


def _nothing(events: list[dict[str, Any]]) -> bool:
    return events == []


@dataclass(frozen=True)
class Extension:
    """``script`` runs as a content script in ``world``. ``told``: whether the visitors' script told what it should."""

    name: str
    script: str
    told: Told
    should: str
    world: str = "ISOLATED"
    at: str = "document_idle"
    files: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """The extension's folder."""
        folder.mkdir(parents=True)
        content = {"matches": ["<all_urls>"], "js": ["cs.js"], "run_at": self.at, "world": self.world}
        manifest = {
            "manifest_version": 3, "name": "case", "version": "1", "content_scripts": [content],
            "web_accessible_resources": [{"resources": ["*.html"], "matches": ["<all_urls>"]}],
        }  # fmt: skip
        for name, text in {"manifest.json": json.dumps(manifest), "cs.js": self.script, **self.files}.items():
            (folder / name).write_text(text)
        return folder


BAR = "position:fixed;left:0;right:0;bottom:0;height:40%;background:gold;z-index:99"
COVER = "const r=document.querySelector('.buy').getBoundingClientRect();const e=document.createElement('iframe');e.src='https://deals.test/f';e.style.cssText=`position:fixed;left:${r.x-20}px;top:${r.y-20}px;width:300px;height:120px;z-index:99`;document.body.append(e)"

ADWARE = [
    Extension("V1 bar in the page", f"const d=document.createElement('div');d.style.cssText='{BAR}';d.innerHTML='<a href=\"https://deals.test/go\">Deal</a>';document.body.append(d)", _names("deals.test"), "deals.test"),
    Extension("V2 bar in a closed shadow", f"const h=document.createElement('div');document.body.append(h);h.attachShadow({{mode:'closed'}}).innerHTML='<div style=\"{BAR}\"><a href=\"https://deals.test/go\">Deal</a></div>'", lambda events: any(one["a"] >= 2 for one in events), "a large element"),
    Extension("V3 frame over the buy button", COVER, lambda events: any("deals.test" in one["h"] and one["c"] for one in events), "deals.test, over the buy button"),
    Extension("V4 link of the shop rewritten", "document.getElementById('own').href='https://compare.test/x'", lambda events: any(one["t"] == "link" and one["h"] == ["compare.test"] for one in events), "a link to compare.test"),
    Extension("V5 script in the page's own world", "const s=document.createElement('script');s.src='https://adware.test/x.js';document.head.append(s)", lambda events: any(one["t"] == "csp" and "adware.test" in one["h"] for one in events), "adware.test, by the policy", world="MAIN"),
    Extension("V6 element beside head and body", "const d=document.createElement('div');d.innerHTML='<a href=\"https://deals.test/go\">Deal</a>';document.documentElement.append(d)", _names("deals.test"), "deals.test", at="document_start"),
    Extension("V7 page of the extension in a frame", "const f=document.createElement('iframe');f.src=chrome.runtime.getURL('f.html');f.style.cssText='position:fixed;right:0;bottom:0;width:400px;height:300px';document.body.append(f)", _names("chrome-extension:"), "chrome-extension:", files={"f.html": "<p>coupon"}),
]  # fmt: skip
WANTED = [
    Extension("V8 translation", "const p=document.getElementById('text');p.innerHTML='<font><font>Kubek z kamionki.</font></font>'", _nothing, "nothing"),
    Extension("V9 key in a field", "const k=document.createElement('pass-key');k.style.cssText='position:absolute;width:16px;height:16px';document.querySelector('form').append(k)", _nothing, "nothing"),
    Extension("V10 dark colours", "const s=document.createElement('style');s.textContent='body{background:#111;color:#eee}';document.head.append(s)", _nothing, "nothing"),
    Extension("V11 words in an editable place", "document.getElementById('edit').append(Object.assign(document.createElement('b'),{textContent:'hello'}))", _nothing, "nothing"),
    Extension("V12 nothing but the page's own 5,000 nodes", "", _nothing, "nothing"),
]  # fmt: skip
