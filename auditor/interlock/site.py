"""Whose address it is: the shop's own site, or a stranger's."""

from functools import lru_cache

import tldextract

from auditor.interlock.signs import host_of

_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=1024)
def site_of(url: str) -> str:
    """The registrable domain of an address ("shop.example"), or its host where there is none (an IP address)."""
    host = host_of(url)
    return _suffixes(host).top_domain_under_public_suffix or host
