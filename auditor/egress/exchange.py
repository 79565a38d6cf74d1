"""One plain HTTP request and its response."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from auditor.egress.framing import BadMessage, Fixed, Framing
from auditor.egress.log import EgressLog, EgressRefused, Reason
from auditor.egress.messages import Request, Response, Target, parse_response
from auditor.egress.names import Names
from auditor.egress.peer import ClientProtocol, Peer, connect
from auditor.egress.policy import EgressPolicy
from auditor.egress.relay import relay_body, relay_both

MOST_KEPT = 4
MOST_INTERIM = 32
REPEATABLE = (b"GET", b"HEAD", b"OPTIONS")


@dataclass
class Service:
    """What all connections of one proxy share. `port` is the proxy's own."""

    policy: EgressPolicy
    names: Names
    log: EgressLog
    token: str | None
    port: int = 0


@dataclass
class Progress:
    """How far a client connection is: times by the loop's clock in seconds, `ends` None while nothing is asked."""

    active: float
    ends: float | None = None
    answered: bool = False
    timed_out: bool = False


@dataclass
class Exchanges:
    """The exchanges of one client connection. Connections to shops are kept and reused, by this client only:
    logins that belong to a connection (NTLM) cannot reach another client."""

    service: Service
    client: Peer
    protocol: ClientProtocol
    progress: Progress
    upstream: Peer | None = None
    kept: dict[Target, Peer] = field(default_factory=dict)

    async def connect(self, target: Target) -> Peer:
        """Connect for the exchange or tunnel that begins now; the connection ends when the client goes away."""
        upstream = await connect(self.service.names, target, self.service.port, self.service.policy.connect_timeout_s)
        self.service.log.upstreams += 1
        if self.client.reader.at_eof() or self.client.writer.is_closing():
            upstream.abort()
            raise ConnectionAbortedError("the client went away")
        self._use(upstream)
        return upstream

    def sent(self, count: int) -> None:
        """Bytes went to the shop."""
        self.service.log.bytes_out += count
        self.progress.active = asyncio.get_running_loop().time()

    def received(self, count: int) -> None:
        """Bytes came from the shop and were passed on."""
        self.service.log.bytes_in += count
        self.progress.active = asyncio.get_running_loop().time()

    def drop(self) -> None:
        """Drop the connection in use, if there is one."""
        if self.upstream:
            self.upstream.abort()
        self._use(None)

    def drop_all(self) -> None:
        """Drop all connections to shops."""
        self.drop()
        for upstream in self.kept.values():
            upstream.abort()

    async def run(self, request: Request) -> bool:
        """Serve one request; whether the client may send another one on its connection.

        Raises EgressRefused while the client has no answer yet; once it has, any error (OSError, BadMessage,
        EgressRefused) means that its connection has to be dropped.
        """
        body = request.body()
        upload: asyncio.Task[None] | None = None
        try:
            if body.done:
                response = await self._ask_again_if_stale(request)
            else:
                upstream = await self.connect(request.target)
                await self._send_head(upstream, request)
                upload = asyncio.create_task(self._send_body(upstream, body))
                response = await self._response(upstream, request)
            return await self._answer(request, response, upload)
        finally:
            if upload:
                upload.cancel()
                await asyncio.gather(upload, return_exceptions=True)

    def _use(self, upstream: Peer | None) -> None:
        self.upstream = self.protocol.upstream = upstream

    async def _ask_again_if_stale(self, request: Request) -> Response:
        kept = self.kept.pop(request.target, None)
        if kept and (not kept.reusable or request.upgrade or request.method not in REPEATABLE):
            kept.abort()
            kept = None
        if kept:
            self._use(kept)
            with suppress(_Silent):
                await self._send_head(kept, request)
                return await self._response(kept, request)
            kept.abort()
        upstream = await self.connect(request.target)
        try:
            await self._send_head(upstream, request)
            return await self._response(upstream, request)
        except _Silent:
            raise EgressRefused(Reason.BAD_RESPONSE) from None

    async def _send_head(self, upstream: Peer, request: Request) -> None:
        data = request.outgoing()
        with suppress(OSError):  # whether it arrived shows when the response is read
            await upstream.send(data)
        self.sent(len(data))

    async def _send_body(self, upstream: Peer, body: Framing) -> None:
        try:
            await relay_body(self.client, upstream, body, 2**63, self.sent)
        except BadMessage:
            upstream.abort()

    async def _response(self, upstream: Peer, request: Request) -> Response:
        """The final response, or 101; interim ones are passed on."""
        for _ in range(MOST_INTERIM):
            try:
                raw = await upstream.head(self.service.policy.max_head_bytes)
                response = parse_response(raw) if raw else None
            except BadMessage:
                raise EgressRefused(Reason.BAD_RESPONSE) from None
            except OSError:
                response = None
            if self.progress.timed_out:
                raise EgressRefused(Reason.TIMEOUT)
            if response is None:
                raise _Silent(Reason.BAD_RESPONSE)
            if response.status == 101 and not request.upgrade:
                break
            if response.status >= 200 or response.status == 101:
                return response
            await self.client.send(response.outgoing(True))
        raise EgressRefused(Reason.BAD_RESPONSE)

    async def _answer(self, request: Request, response: Response, upload: asyncio.Task[None] | None) -> bool:
        upstream, policy, progress = self.upstream, self.service.policy, self.progress
        assert upstream
        if response.status == 101:
            progress.answered = True
            progress.ends = asyncio.get_running_loop().time() + policy.tunnel_timeout_s
            await self.client.send(response.outgoing(True, upgraded=True))
            self.protocol.upstream = None
            await relay_both(self.client, upstream, policy.max_tunnel_bytes, self.sent, self.received)
            return False
        body = response.body(request.method)
        if isinstance(body, Fixed) and body.left > policy.max_response_bytes:
            raise EgressRefused(Reason.TOO_LARGE)
        uploaded = upload is None or upload.done()
        keep = request.keep_alive and body.clear and uploaded
        progress.answered = True
        await relay_body(upstream, self.client, body, policy.max_response_bytes, self.received, response.outgoing(keep))
        self._use(None)
        if response.keep_alive and body.clear and uploaded and upstream.reusable:
            self._keep(request.target, upstream)
        else:
            upstream.abort()
        if not uploaded:
            await self._linger()
        return keep

    def _keep(self, target: Target, upstream: Peer) -> None:
        if before := self.kept.pop(target, None):
            before.abort()
        self.kept[target] = upstream
        if len(self.kept) > MOST_KEPT:
            self.kept.pop(next(iter(self.kept))).abort()

    async def _linger(self) -> None:
        """Take what the client still sends: closing at once would destroy the response on its way."""
        with suppress(OSError, TimeoutError):
            self.client.writer.write_eof()
            async with asyncio.timeout(2):
                while await self.client.reader.read(2**16):
                    pass


class _Silent(EgressRefused):
    """The connection ended before a response began."""
