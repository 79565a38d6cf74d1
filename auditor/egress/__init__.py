"""The one way out: all traffic of Scrapy and of the browser leaves through a proxy in this process.

Both clients take `EgressProxy.url`: Scrapy as `meta={"proxy": url}`, Chromium with the constants below, as
`launch(proxy={"server": url, "bypass": CHROMIUM_BYPASS}, args=[*CHROMIUM_ARGS])`.
"""

from auditor.egress.addresses import refused_range
from auditor.egress.log import EgressLog, Reason, Refusal
from auditor.egress.names import Lookup
from auditor.egress.policy import EgressPolicy, Resolve, parse_resolve
from auditor.egress.proxy import EgressProxy

CHROMIUM_BYPASS = "<-loopback>"
"""Chromium sends loopback and link-local hosts past any proxy; this entry of its bypass list takes that rule away."""

CHROMIUM_ARGS = ("--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp")
"""What `proxy=` alone leaves open: QUIC and WebRTC would leave over UDP, past the proxy."""

__all__ = [
    "CHROMIUM_ARGS",
    "CHROMIUM_BYPASS",
    "EgressLog",
    "EgressPolicy",
    "EgressProxy",
    "Lookup",
    "Reason",
    "Refusal",
    "Resolve",
    "parse_resolve",
    "refused_range",
]
