"""A browser slowed down to a phone or desktop on a slow network, over CDP."""

from dataclasses import dataclass

from playwright.async_api import CDPSession

from auditor.evidence import Device


@dataclass(frozen=True)
class Network:
    """``latency_ms`` is added to each request; throughputs in kbit/s."""

    latency_ms: float
    down: float
    up: float


NETWORKS = {
    Device.MOBILE: Network(150 * 3.75, 1.6 * 1024 * 0.9, 750 * 0.9),
    Device.DESKTOP: Network(40, 10 * 1024, 10 * 1024),
}
"""Lighthouse's slow phone for throttling per request, with the factors that it uses for that; and its desktop's
network, which it leaves out when it throttles this way."""


async def slow_down(cdp: CDPSession, network: Network, slowdown: float) -> None:
    """The page of ``cdp``, whose frames must live in its process, until its tab is closed: its network, and its
    processor by the factor ``slowdown``."""
    await cdp.send("Network.enable")
    await cdp.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False, "latency": network.latency_ms, "downloadThroughput": network.down * 1024 / 8,
            "uploadThroughput": network.up * 1024 / 8,
        },
    )  # fmt: skip
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
