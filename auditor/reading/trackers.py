"""Requests that measure or follow visitors, for what must wait until they consent."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from auditor.evidence import Request

_MEASURES = re.compile(
    r"(?:^|\.)google-analytics\.com$|(?:^|\.)analytics\.google\.com$|(?:^|\.)doubleclick\.net$|^www\.facebook\.com$"
    r"|(?:^|\.)hotjar\.(?:com|io)$|(?:^|\.)clarity\.ms$|^bat\.bing\.com$|(?:^|\.)criteo\.(?:com|net)$|^analytics\.tiktok\.com$"
    r"|^ct\.pinterest\.com$|(?:^|\.)snapchat\.com$|^px\.ads\.linkedin\.com$|(?:^|\.)yandex\.ru$|(?:^|\.)mouseflow\.com$"
    r"|(?:^|\.)rtbhouse\.com$|(?:^|\.)adform\.net$|(?:^|\.)taboola\.com$|(?:^|\.)outbrain\.com$"
)
_DENIED = {"gcs": "G100"}
"""Google's signal for a measurement without consent, which sets no cookie."""


def measuring(requests: Iterable[Request]) -> tuple[Request, ...]:
    """Third-party requests to well-known services that count or follow visitors. Loading a tag manager is not one."""
    return tuple(
        request
        for request in requests
        if request.party == "third"
        and request.failed is None
        and _MEASURES.search(urlsplit(request.url).hostname or "")
        and (urlsplit(request.url).hostname != "www.facebook.com" or urlsplit(request.url).path.startswith("/tr"))
        and not any((name, value) in _DENIED.items() for name, value in parse_qsl(urlsplit(request.url).query))
    )
