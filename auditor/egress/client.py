"""One client connection of the proxy: plain HTTP exchanges one after the other, or one tunnel."""

import asyncio
import base64
import hmac

from auditor.egress.exchange import Exchanges, Progress, Service
from auditor.egress.framing import BadMessage
from auditor.egress.log import EgressRefused, Reason, Refusal
from auditor.egress.messages import Request, Target, parse_request
from auditor.egress.peer import ClientProtocol, Peer
from auditor.egress.relay import relay_both

_NOWHERE = Target("", 0)
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class ClientConnection:
    """Serves one client until either side ends it, or `check_time` does."""

    def __init__(self, service: Service, peer: Peer, protocol: ClientProtocol, busy: bool) -> None:
        self._service = service
        self._peer = peer
        self._busy = busy
        self._clock = asyncio.get_running_loop().time
        self._progress = Progress(self._clock())
        self._exchanges = Exchanges(service, peer, protocol, self._progress)
        self._target = _NOWHERE

    def check_time(self, now: float) -> None:
        """End what idles or takes too long. Called now and then, so that no read needs a timer of its own."""
        progress, upstream = self._progress, self._exchanges.upstream
        if now - progress.active < self._service.policy.idle_timeout_s and now < (progress.ends or now + 1):
            return
        progress.timed_out = True
        if upstream:
            upstream.abort()
        if progress.answered:
            self._service.log.refuse(Refusal(*self._target, None, Reason.TIMEOUT))
            self._peer.reset()
        elif not upstream:
            self._peer.abort()

    async def serve(self) -> None:
        """Run to the end and leave nothing open."""
        try:
            while await self._serve_one():
                pass
        except (OSError, BadMessage):
            self._peer.reset()
        except asyncio.CancelledError:
            self._peer.reset()
            raise
        finally:
            self._exchanges.drop_all()
            await self._peer.close()

    async def _serve_one(self) -> bool:
        progress = self._progress
        progress.active, progress.ends, progress.answered = self._clock(), None, False
        request: Request | None = None
        try:
            raw = await self._peer.head(self._service.policy.max_head_bytes)
            if not raw:
                return False
            progress.active = self._clock()
            request = parse_request(raw)
            self._target = request.target
            self._admit(request)
            self._service.log.requests += 1
            if request.method == b"CONNECT":
                await self._tunnel(request.target)
                return False
            progress.ends = self._clock() + self._service.policy.exchange_timeout_s
            return await self._exchanges.run(request)
        except BadMessage:
            reason = Reason.BAD_RESPONSE if progress.answered else Reason.BAD_REQUEST
            return await self._refuse(request, EgressRefused(reason))
        except EgressRefused as refused:
            return await self._refuse(request, refused)

    def _admit(self, request: Request) -> None:
        if self._service.token is not None:
            given = b"".join(request.head.values(b"proxy-authorization"))
            expected = b"Basic " + base64.b64encode(f"auditor:{self._service.token}".encode())
            if not hmac.compare_digest(given, expected):
                raise EgressRefused(Reason.TOKEN_MISSING)
        if request.scheme not in (b"", b"http") and not (request.scheme == b"ws" and request.upgrade):
            raise EgressRefused(Reason.REFUSED_SCHEME)
        if self._busy:
            raise EgressRefused(Reason.BUSY)

    async def _tunnel(self, target: Target) -> None:
        policy, exchanges, progress = self._service.policy, self._exchanges, self._progress
        upstream = await exchanges.connect(target)
        self._service.log.tunnels += 1
        exchanges.protocol.upstream = None  # in a tunnel the client may close its half first
        progress.answered = True
        progress.ends = self._clock() + policy.tunnel_timeout_s
        await self._peer.send(_ESTABLISHED)
        await relay_both(self._peer, upstream, policy.max_tunnel_bytes, exchanges.sent, exchanges.received)

    async def _refuse(self, request: Request | None, refused: EgressRefused) -> bool:
        """Answer in place of the shop, and log it. Whether the client may go on."""
        target = request.target if request else _NOWHERE
        self._service.log.refuse(Refusal(target.host, target.port, refused.address, refused.reason))
        if self._progress.answered:
            self._peer.reset()
            return False
        self._exchanges.drop()
        keep = request is not None and request.keep_alive and _is_bodyless(request)
        status, phrase = refused.reason.status
        text = f"The auditor did not pass this request on: {refused.reason}\n".encode()
        lines = [
            f"HTTP/1.1 {status} {phrase}",
            f"X-Auditor-Egress: {refused.reason}",
            "Content-Type: text/plain",
            "Cache-Control: no-store",
            f"Content-Length: {len(text)}",
            f"Connection: {'keep-alive' if keep else 'close'}",
        ]
        if refused.reason is Reason.TOKEN_MISSING:
            lines.append('Proxy-Authenticate: Basic realm="auditor"')
        head = "\r\n".join([*lines, "", ""]).encode()
        await self._peer.send(head if request and request.method == b"HEAD" else head + text)
        return keep


def _is_bodyless(request: Request) -> bool:
    try:
        return request.method != b"CONNECT" and request.body().done
    except BadMessage:
        return False
