"""Puts unpacked extensions into a browser with a profile of its own, and reads what the visitors' script reports."""

import asyncio
import json
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Playwright, async_playwright

from auditor.browser.finder import HEADLESS_SHELL, find_chromium
from tests.ads_cases.extensions import ADWARE, WANTED, Extension
from tests.visitor_page import VisitorPage, visitor_page

FILE = "extensions.json"
_HYDRATE = """(() => { const room = document.getElementById("room");
  for (let at = 0; at < 5000; at++) {
    const one = document.createElement("p"); one.textContent = at; room.append(one);
  } })()"""
_HIDDEN = """Object.defineProperty(document, "hidden", {value: true, configurable: true});
  dispatchEvent(new Event("visibilitychange"))"""


class Met(NamedTuple):
    """What the script told of an extension, and what it should have told."""

    name: str
    right: bool
    told: str
    should: str


async def meet_all(out: Path) -> None:
    """Every extension on the same page; what was told goes to a file of ``out``."""
    found = []
    async with visitor_page() as shop, async_playwright() as playwright:
        for extension in (*ADWARE, *WANTED):
            found.append(await _met(playwright, shop, extension))
            print(f"{'right' if found[-1].right else 'WRONG'}  {extension.name}: {found[-1].told}", flush=True)
    await asyncio.to_thread(out.mkdir, parents=True, exist_ok=True)
    await asyncio.to_thread((out / FILE).write_text, json.dumps(found))


def met(out: Path) -> list[Met]:
    """What was recorded; nothing where nothing was."""
    file = out / FILE
    return [Met(*one) for one in json.loads(file.read_text())] if file.exists() else []


def _with_extensions() -> str:
    """A browser that loads extensions: the shell without windows loads none."""
    shell = find_chromium()
    whole = shutil.which("chromium") if shell.path and shell.path.name == HEADLESS_SHELL else shell.path
    if not whole:
        raise SystemExit("Extensions need a whole browser: apt-get install chromium, or set AUDITOR_CHROMIUM.")
    return str(whole)


async def _met(playwright: Playwright, shop: VisitorPage, extension: Extension) -> Met:
    shop.reports.clear()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = await asyncio.to_thread(extension.write, Path(folder) / "extension")
        context = await playwright.chromium.launch_persistent_context(
            str(Path(folder) / "profile"), executable_path=_with_extensions(), headless=True,
            args=[
                "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--no-first-run", "--disable-quic", f"--disable-extensions-except={place}", f"--load-extension={place}",
                "--host-resolver-rules=MAP *.test ~NOTFOUND",
            ],
        )  # fmt: skip
        try:
            tab = await context.new_page()
            await tab.goto(shop.url)
            await tab.evaluate(_HYDRATE)
            await tab.evaluate("new Promise((done) => requestIdleCallback(done, {timeout: 2000}))")
            async with tab.expect_response("**/report", timeout=5000):
                await tab.evaluate(_HIDDEN)
        finally:
            await context.close()
    events = shop.reports[0]["e"]
    told = ", ".join(f"{one['t']} {' '.join(one['h'])} {one['a']}{' over buy' if one['c'] else ''}" for one in events)
    return Met(extension.name, extension.told(events), told or "nothing", extension.should)
