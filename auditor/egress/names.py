"""From a name to checked addresses: looked up once, then pinned for the life of the proxy."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address

from auditor.egress.addresses import IPAddress, refused_range
from auditor.egress.log import EgressRefused, Reason
from auditor.egress.policy import EgressPolicy

Lookup = Callable[[str], Awaitable[Sequence[str]]]
"""From a host (a name, or a literal in any spelling that the system takes) to IP addresses; OSError if unknown."""

UNKNOWN_FOR_S = 15.0
MOST_NAMES = 10_000  # a hostile page can make up names for ever


class Names:
    """Checked addresses of hosts. A name that was found stays where it was found: no second answer can move it.

    A name that was not found is asked for again after 15 seconds. Lookups run in threads of their own, so that dead
    name servers stall neither the loop nor its default executor.
    """

    def __init__(self, policy: EgressPolicy, lookup: Lookup | None = None) -> None:
        self._policy = policy
        self._lookup = lookup or self._system_lookup
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="egress-names")
        self._pinned: dict[str, asyncio.Task[list[IPAddress]]] = {}
        self._unknown_until: dict[str, float] = {}

    async def destination(self, host: str, port: int) -> tuple[list[IPAddress], int]:
        """Addresses, each of them allowed, and the port to connect to. Raises EgressRefused.

        The list is the pinned one: whoever finds that an address does not answer may move it to the end.
        """
        if not self._policy.allows_port(host, port):
            raise EgressRefused(Reason.REFUSED_PORT)
        if override := self._policy.override(host, port):
            addresses: list[IPAddress] = [ip_address(override.address)]
            port = override.to_port or port
        else:
            addresses = await self._addresses(host)
        for address in addresses:
            if refused_range(address, self._policy.allow_private):
                raise EgressRefused(Reason.REFUSED_ADDRESS, str(address))
        return addresses, port

    async def aclose(self) -> None:
        """Give up on lookups that are still running."""
        for task in self._pinned.values():
            task.cancel()
        await asyncio.gather(*self._pinned.values(), return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _addresses(self, host: str) -> list[IPAddress]:
        now = asyncio.get_running_loop().time()
        task = self._pinned.get(host)
        if task is None and len(self._pinned) >= MOST_NAMES:
            raise EgressRefused(Reason.BUSY)
        if task is None or self._unknown_until.get(host, now) < now:
            self._unknown_until.pop(host, None)
            task = self._pinned[host] = asyncio.create_task(self._look_up(host))
        # Shielded: other requests wait for the same answer.
        return await asyncio.shield(task)

    async def _look_up(self, host: str) -> list[IPAddress]:
        reason = Reason.UNKNOWN_HOST
        with suppress(OSError, ValueError):  # UnicodeError, a name that cannot be encoded, is a ValueError
            try:
                async with asyncio.timeout(self._policy.resolve_timeout_s):
                    found = await self._lookup(host)
            except TimeoutError:
                reason = Reason.TIMEOUT
            else:
                if addresses := [ip_address(text) for text in dict.fromkeys(found)]:
                    return addresses
        self._unknown_until[host] = asyncio.get_running_loop().time() + UNKNOWN_FOR_S
        raise EgressRefused(reason)

    async def _system_lookup(self, host: str) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _getaddrinfo, host)
        return [str(sockaddr[0]) for *_, sockaddr in found]


def _getaddrinfo(host: str) -> Sequence[tuple[object, object, object, object, tuple[object, ...]]]:
    return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
