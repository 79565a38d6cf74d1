"""The registrable domain of a host, by the public suffix list that tldextract carries; nothing is fetched."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract
    from tldextract.tldextract import ExtractResult


def split_host(host: str, *, shared_hosts_apart: bool = False) -> "ExtractResult":
    """Subdomain, domain and suffix; an IP address has only a domain.

    :param shared_hosts_apart: a customer of a shared host (``name.pages.dev``) has a domain of its own.
    """
    return _suffixes(shared_hosts_apart)(host)


@cache
def _suffixes(private: bool) -> "TLDExtract":
    # It imports a client for HTTP that is never used here, and a replay need not always wait for it.
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=private)
