"""Waiting for a preview that is still being put up."""

import asyncio
from base64 import b64encode
from time import monotonic

import aiohttp

from auditor.audit import egress_policy
from auditor.egress import EgressProxy, Reason
from auditor.progress import Progress
from auditor.settings import ShopSettings
from auditor.user_agent import user_agent

PAUSE_SECONDS = 2.0
ASK_SECONDS = 15.0
MOST_HEADER_BYTES = 65_536

_SILENT = {
    Reason.UNKNOWN_HOST: "its name is not known",
    Reason.CONNECTION_REFUSED: "the connection was refused",
    Reason.UNREACHABLE: "there is no way to it",
    Reason.TIMEOUT: "it took too long",
    Reason.BAD_RESPONSE: "what it sent is no answer",
}
"""Where our own proxy had to answer for the preview. What it refuses to ask is left to the audit, which says why."""


async def wait_until_up(shop: ShopSettings, seconds: float, progress: Progress) -> str:
    """Ask for the start page until it answers, for at most ``seconds``. "" when it did, else why not.

    No page found, a gateway's error and no connection are what a preview says before it is there; anything else is an
    answer. The access that the operator gave is sent along: some previews say "not found" to whoever has none.
    """
    end = monotonic() + seconds
    progress.stage("wait", None)
    async with EgressProxy(egress_policy(shop)) as egress:
        while True:
            why = await _asked(shop, egress.url)
            if not why or monotonic() + PAUSE_SECONDS > end:
                return why
            progress.step(why)
            await asyncio.sleep(PAUSE_SECONDS)


async def _asked(shop: ShopSettings, proxy: str) -> str:
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, max_field_size=MOST_HEADER_BYTES) as session,
            session.get(shop.start_url, proxy=proxy, allow_redirects=False, headers=_headers(shop)) as response,
        ):
            if (reason := response.headers.get("X-Auditor-Egress")) is not None:
                return _silent(shop, reason)
            if response.status == 404 or response.status >= 500:
                return f"{_host(shop)} answers {response.status}"
            return ""
    except aiohttp.ClientHttpProxyError as error:
        return _silent(shop, error.headers.get("X-Auditor-Egress", "") if error.headers else "")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return f"{_host(shop)} does not answer ({type(error).__name__})"


def _silent(shop: ShopSettings, reason: str) -> str:
    words = {str(one): said for one, said in _SILENT.items()}.get(reason)
    return f"{_host(shop)} does not answer: {words}" if words else ""


def _headers(shop: ShopSettings) -> dict[str, str]:
    access = shop.access
    headers = {name: value.get_secret_value() for name, value in access.headers.items()}
    if access.cookies:
        headers["Cookie"] = "; ".join(f"{name}={value.get_secret_value()}" for name, value in access.cookies.items())
    if access.basic is not None:
        headers["Authorization"] = f"Basic {b64encode(access.basic.get_secret_value().encode()).decode()}"
    return headers | {"User-Agent": user_agent(shop)}


def _host(shop: ShopSettings) -> str:
    return shop.start_url.split("/", 3)[2]
