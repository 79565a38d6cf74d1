"""Chromium behind the proxy on a hostile page: nothing that it starts by itself reaches an internal service."""

import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from auditor.browser.finder import find_chromium
from auditor.egress import CHROMIUM_ARGS, CHROMIUM_BYPASS, EgressPolicy, EgressProxy, parse_resolve
from tests.egress.servers import SECRET, http, secret_server, shop

QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8 on loopback"),
]

HOSTILE = """<!doctype html><title>shop</title>
<link rel="icon" href="{secret}/favicon"><link rel="prefetch" href="{secret}/prefetch">
<link rel="preload" as="image" href="{secret}/preload"><link rel="preconnect" href="{secret}">
<link rel="stylesheet" href="{secret}/css"><link rel="manifest" href="{secret}/manifest">
<img src="/redirect"><img src="{secret}/img"><iframe src="{secret}/frame"></iframe><iframe src="/redirect"></iframe>
<video src="{secret}/video"></video><object data="{secret}/object"></object><script src="{secret}/js"></script>
<a id="ping" href="#here" ping="{secret}/ping">ping</a><form id="form" action="{secret}/form" target="post"
method="post"></form><iframe name="post"></iframe>
<script>
const secret = "{secret}", opened = [];
const settled = promise => opened.push(promise.then(() => "in", () => "out"));
settled(fetch(secret + "/fetch", {{mode: "no-cors"}}));
settled(fetch("/redirect", {{mode: "no-cors"}}));
settled(fetch(secret.replace("http:", "HTTP:"), {{mode: "no-cors"}}));
settled(fetch(secret.replace("127.0.0.1", "2130706433"), {{mode: "no-cors"}}));
settled(fetch(secret.replace("127.0.0.1", "[::ffff:127.0.0.1]"), {{mode: "no-cors"}}));
settled(fetch(secret.replace("127.0.0.1", "localhost"), {{mode: "no-cors"}}));
settled(fetch(secret.replace("127.0.0.1", "x.localhost"), {{mode: "no-cors"}}));
settled(fetch(secret.replace("http:", "https:"), {{mode: "no-cors"}}));
navigator.sendBeacon(secret + "/beacon", "x");
new EventSource(secret + "/events");
const socket = new WebSocket(secret.replace("http:", "ws:"));
settled(new Promise((yes, no) => {{ socket.onopen = yes; socket.onerror = no; }}));
const code = `fetch("${{secret}}/worker", {{mode: "no-cors"}}).then(() => postMessage("in"), () => postMessage("out"))`;
const worker = new Worker(URL.createObjectURL(new Blob([code], {{type: "text/javascript"}})));
settled(new Promise((yes, no) => worker.onmessage = event => event.data === "in" ? yes() : no()));
new RTCPeerConnection({{iceServers: [{{urls: secret.replace("http://", "turn:") + "?transport=tcp", username: "u",
  credential: "c"}}]}}).createDataChannel("d");
document.getElementById("ping").click();
document.getElementById("form").submit();
window.finished = Promise.all(opened);
</script>"""


async def launch(
    playwright: Playwright, proxy: EgressProxy, *args: str, bypass: str | None = CHROMIUM_BYPASS
) -> Browser:
    return await playwright.chromium.launch(
        executable_path=find_chromium(Path(playwright.chromium.executable_path)).path,
        args=[*CHROMIUM_ARGS, *QUIET, *args],
        proxy={"server": proxy.url, "bypass": bypass} if bypass else {"server": proxy.url},
    )


async def test_a_hostile_page_reaches_nothing_internal() -> None:
    async with secret_server() as secret:

        def respond(head: bytes) -> bytes:
            if head.startswith(b"GET /redirect "):
                return http(b"", "302 Found", f"Location: {secret.url}/redirected")
            if head.startswith(b"GET / "):
                return http(HOSTILE.format(secret=secret.url).encode(), "200 OK", "Content-Type: text/html")
            return http(b"", "404 Not Found")

        async with shop(respond, "127.0.0.2") as outer:
            policy = EgressPolicy(
                allow_private=(ip_network("127.0.0.2/32"),),
                extra_ports=frozenset({secret.port}),
                resolve=(parse_resolve(f"shop.example:80:127.0.0.2:{outer.port}"),),
            )
            async with EgressProxy(policy) as proxy, async_playwright() as playwright:
                browser = await launch(playwright, proxy)
                page = await browser.new_page()
                await page.goto("http://shop.example/")
                assert await page.title() == "shop"
                # A refused plain request is answered by the proxy, so a no-cors fetch of it succeeds, opaquely.
                results = await page.evaluate("window.finished")
                assert len(results) == 10
                await page.goto("http://shop.example/redirect")
                assert SECRET.decode() not in await page.content()
                await browser.close()
            refused = {refusal.reason.value for refusal in proxy.log.refusals}
            assert proxy.log.refused >= 15
            assert refused <= {"refused-address", "unknown-host"}
        assert secret.hits == 0


@pytest.mark.parametrize("bypass", [CHROMIUM_BYPASS, None])
async def test_loopback_goes_through_the_proxy(bypass: str | None) -> None:
    async with shop(lambda head: http(b"<title>local</title>", "200 OK", "Content-Type: text/html")) as server:
        policy = EgressPolicy(allow_private=True, extra_ports=frozenset({server.port}))
        async with EgressProxy(policy) as proxy, async_playwright() as playwright:
            browser = await launch(playwright, proxy, bypass=bypass)
            page = await browser.new_page()
            for host in ("127.0.0.1", "localhost"):
                before = proxy.log.requests
                await page.goto(f"http://{host}:{server.port}/")
                assert await page.title() == "local"
                assert proxy.log.requests > before
            await browser.close()
        assert server.hits == proxy.log.upstreams
