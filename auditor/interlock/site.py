"""Whose address it is: the shop's own site, or a stranger's."""

from functools import lru_cache

from auditor.interlock.signs import host_of
from auditor.registrable import split_host


@lru_cache(maxsize=1024)
def site_of(url: str) -> str:
    """The registrable domain of an address ("shop.example"), or its host where there is none (an IP address)."""
    host = host_of(url)
    return split_host(host).top_domain_under_public_suffix or host
