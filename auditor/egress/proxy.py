"""The listener on loopback, and the life of everything behind it."""

import asyncio
from types import TracebackType
from typing import Self

from auditor.egress.client import ClientConnection
from auditor.egress.exchange import Service
from auditor.egress.log import EgressLog
from auditor.egress.names import Lookup, Names
from auditor.egress.peer import READ_BYTES, ClientProtocol, Peer
from auditor.egress.policy import EgressPolicy


class EgressProxy:
    """An HTTP proxy on 127.0.0.1 in the running loop: the one way out.

    `url` is for clients, `log` says what was refused and how much went through. TLS is tunnelled and never opened.
    With a `token`, clients have to give it as proxy password (user `auditor`); Playwright would then intercept every
    request of the browser, so the browser's proxy goes without. `lookup` takes the place of the system's resolver.
    Leaving the context ends every connection and task.
    """

    def __init__(self, policy: EgressPolicy, *, token: str | None = None, lookup: Lookup | None = None) -> None:
        self.log = EgressLog()
        self.url = ""
        self._service = Service(policy, Names(policy, lookup), self.log, token)
        self._server: asyncio.Server | None = None
        self._clients: dict[asyncio.Task[None], ClientConnection] = {}
        self._timekeeper: asyncio.Task[None] | None = None
        self._leaving = False

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0, backlog=512)
        self._service.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self._service.port}"
        self._timekeeper = loop.create_task(self._keep_time())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        assert self._timekeeper
        self._leaving = True
        self._server.close()
        tasks = [self._timekeeper, *self._clients]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._service.names.aclose()
        await self._server.wait_closed()

    @property
    def open_connections(self) -> int:
        """Clients that are connected now."""
        return len(self._clients)

    def _protocol(self) -> ClientProtocol:
        reader = asyncio.StreamReader(limit=READ_BYTES)
        protocol: ClientProtocol

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._accept(Peer(reader, writer), protocol)

        protocol = ClientProtocol(reader, connected)
        return protocol

    def _accept(self, peer: Peer, protocol: ClientProtocol) -> None:
        most = self._service.policy.max_connections
        if self._leaving or len(self._clients) >= 2 * most:
            peer.abort()
            return
        self.log.connections += 1
        client = ClientConnection(self._service, peer, protocol, busy=len(self._clients) >= most)
        task = asyncio.get_running_loop().create_task(client.serve())
        self._clients[task] = client
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        del self._clients[task]

    async def _keep_time(self) -> None:
        policy = self._service.policy
        shortest = min(policy.idle_timeout_s, policy.exchange_timeout_s, policy.tunnel_timeout_s)
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(min(1.0, shortest / 4))
            for client in list(self._clients.values()):
                client.check_time(loop.time())
