"""The visitors' script in a browser: the page's own scripts are told from software of the visitor."""

import pytest
from playwright.async_api import CDPSession
from playwright.async_api import Page as Tab

from auditor.browser.browser_process import BrowserProcess
from tests.visitor_page import visitor_page

pytestmark = [pytest.mark.browser, pytest.mark.server]

OWN = """() => {
  const make = (html) => Object.assign(document.createElement("div"), { innerHTML: html });
  const room = document.getElementById("room"), link = '<a href="https://partner.example.com/x" style="display:block;height:90px">x</a>';
  room.appendChild(make(link)); room.insertBefore(make(link), room.firstChild); room.replaceChild(make(link), room.lastChild);
  room.append(make(link)); room.prepend(make(link)); room.firstChild.before(make(link)); room.lastChild.after(make(link));
  room.lastChild.replaceWith(make(link)); room.insertAdjacentHTML("beforeend", link); room.insertAdjacentElement("afterbegin", make(link));
  document.getElementById("text").innerHTML = link; room.lastChild.outerHTML = link;
  const range = document.createRange(); range.selectNodeContents(room); range.insertNode(make(link));
  const row = document.getElementById("rows").insertRow(); row.insertCell().innerHTML = link;
  document.getElementById("sizes").add(new Option("S"));
  const shadow = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  shadow.innerHTML = link;
  room.append(document.createRange().createContextualFragment(link));
  const template = document.createElement("template"); template.innerHTML = link; room.append(template.content.cloneNode(true));
  room.replaceChildren(make(link));
  document.getElementById("own").href = "https://partner.example.com/own";
  document.getElementById("own").setAttribute("href", "https://partner.example.com/own2");
}"""
BAR = """(() => { const bar = document.createElement("div");
  bar.style.cssText = "position:fixed;left:0;top:0;width:100%;height:300px;background:gold;z-index:99";
  bar.innerHTML = '<a href="https://deals.example.com/go?user=1">Cheaper</a>'; document.body.append(bar); })()"""


async def isolated(cdp: CDPSession, source: str) -> None:
    """Run a script as an extension's content script does: in the same page, with prototypes of its own."""
    frame = (await cdp.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    world = await cdp.send("Page.createIsolatedWorld", {"frameId": frame})
    result = await cdp.send(
        "Runtime.evaluate", {"expression": source, "contextId": world["executionContextId"], "awaitPromise": True}
    )
    assert "exceptionDetails" not in result, result


async def leave(tab: Tab) -> None:
    """Let the page tell that it is hidden."""
    async with tab.expect_response("**/report"):
        await tab.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
            "dispatchEvent(new Event('visibilitychange'))"
        )


async def test_what_the_pages_scripts_insert_is_not_told_and_what_others_insert_is() -> None:
    async with visitor_page() as shop, BrowserProcess(proxy=None) as process:
        browser = await process.browser()
        context = await browser.new_context()
        tab = await context.new_page()
        wrong: list[str] = []
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        await tab.goto(shop.url)
        await tab.evaluate(OWN)
        await leave(tab)
        assert shop.reports.pop() == {"v": 1, "p": "product", "f": 1, "i": 0, "e": []}

        await tab.goto(shop.url)
        cdp = await context.new_cdp_session(tab)
        await isolated(cdp, "document.getElementById('edit').append('typed', document.createElement('b'))")
        await isolated(cdp, "document.getElementById('text').append(document.createElement('font'))")
        await isolated(cdp, "document.getElementById('own').href = 'https://compare.example.org/x'")
        await isolated(cdp, BAR)
        await leave(tab)
        told = shop.reports.pop()
        assert (told["f"], told["i"]) == (0, 1)
        assert {"t": "link", "h": ["compare.example.org"], "a": 0, "c": 0} in told["e"]
        (bar,) = [one for one in told["e"] if one["t"] == "div"]
        assert (bar["h"], bar["a"]) == (["deals.example.com"], 3)
        assert "user" not in str(told)

        await tab.goto(shop.url)
        await isolated(cdp, BAR)
        await leave(tab)
        assert (shop.reports[0]["f"], shop.reports[0]["i"]) == (0, 0), "a session is counted once"
        assert wrong == []


async def test_a_script_that_came_into_the_html_on_the_way_is_told() -> None:
    async with visitor_page() as shop, BrowserProcess(proxy=None) as process:
        shop.tag += (
            '<script src="https://network.example.org/x.js"></script><script src="https://shop.test/a.js"></script>'
        )
        context = await (await process.browser()).new_context()
        tab = await context.new_page()
        await tab.route("**/*.test/*", lambda route: route.abort())
        await tab.route("**/*.org/*", lambda route: route.abort())
        await tab.goto(shop.url)
        await leave(tab)
        (told,) = [one for one in shop.reports[0]["e"] if one["t"] == "script"]
        assert told["h"] == ["network.example.org"]
        assert shop.reports[0]["i"] == 0, "it is no element that others made"


async def test_the_script_never_throws_into_a_page_that_is_odd() -> None:
    async with visitor_page() as shop, BrowserProcess(proxy=None) as process:
        shop.tag = (
            "<script>Object.defineProperty(window,'sessionStorage',{get(){throw new Error('no')}})</script>" + shop.tag
        )
        context = await (await process.browser()).new_context()
        tab = await context.new_page()
        wrong: list[str] = []
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        await tab.goto(shop.url)
        assert await tab.evaluate("document.body.appendChild(document.createElement('i')).localName") == "i"
        assert wrong == []
