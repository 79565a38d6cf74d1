"""How discovery ended, in sentences for the operator."""

from urllib.parse import urlsplit

_UNREACHABLE = {
    "unknown-host": (
        "The host {host} is not known. Check the address for typing errors, or name the server with --resolve."
    ),
    "connection-refused": (
        "The server of {host} refuses the connection. Check the port, and whether the shop is running."
    ),
    "refused-address": (
        "{host} is at a private address, which is closed to audits. For a shop of your own use --allow-private."
    ),
    "refused-port": (
        "The port of {host} is closed to audits. Use the usual ports, or --allow-private for a shop of your own."
    ),
    "refused-scheme": "The address of {host} is neither http nor https. Give the address of the shop's home page.",
    "unreachable": "There is no way to the server of {host}. Check the network and the firewall.",
    "timeout": "{host} did not finish its answer in time. Try again later, or allow more time with page_seconds.",
    "bad-response": (
        "The server of {host} answers something that is not valid HTTP. Check that the address and the port "
        "are the shop's."
    ),
    "too-large": (
        "The start page of {host} is larger than any web page should be, so it was not read. Check the address."
    ),
    "tls": (
        "The certificate of {host} cannot be trusted or the TLS handshake failed. Renew the certificate, or "
        "audit the http address."
    ),
    "redirect-loop": "The start page of {host} redirects in a circle. Check the shop's redirects and cookies.",
    "robots": (
        "robots.txt of {host} forbids the start page. If the shop is yours, allow the auditor there or set "
        "politeness.obey_robots to false."
    ),
}


def unreachable(reason: str, url: str) -> str:
    """The sentence for a start page that could not be read."""
    host = urlsplit(url).netloc.rpartition("@")[2][:100] or "the shop"
    return _UNREACHABLE.get(
        reason, "The connection to {host} broke off. Try again, and check whether the shop is up."
    ).format(host=host)


def robots_down(status: int) -> str:
    """robots.txt that answers a server error closes the shop (RFC 9309, 2.3.1.4)."""
    return (
        f"robots.txt answers with status {status}, which forbids crawling until it answers again "
        f"(RFC 9309). Only the start page was "
        "read. Audit again later, or set politeness.obey_robots to false if the shop is yours."
    )


def refused_later(fetched: int) -> str:
    """The shop began to refuse in the middle."""
    return (
        f"After {fetched} pages the shop began to refuse the auditor (status 403, 429 or 503). "
        f"Audit more slowly (politeness.delay_s), or ask the "
        "shop to let its user agent or address through."
    )


def ended_well(ended: str, fetched: int, left: int, limit: float) -> str:
    """The sentence for an end that is no trouble. ``limit``: pages or seconds."""
    if ended == "page_limit":
        return f"The page limit of {limit:g} was reached; {left} known addresses were left. Raise it with --max-pages."
    if ended == "time_limit":
        return (
            f"The time limit of {limit:g} seconds was reached after {fetched} pages; {left} known "
            f"addresses were left. Raise max_seconds to see more."
        )
    if ended == "interrupted":
        return f"Discovery was interrupted after {fetched} pages."
    if fetched == 1:
        return "The start page has no link to another page of the shop that may be read, and no sitemap names one."
    return f"All {fetched} pages that could be found and may be read were read."
