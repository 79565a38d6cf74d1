"""The dashboard's server, in the same process as the scheduler."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from auditor.web import people
from auditor.web.app import make_app
from auditor.web.site import LOOPBACK, Site

DRAIN_SECONDS = 5


class WebError(Exception):
    """The dashboard cannot be served. The message says what to do."""


class _Quiet(uvicorn.Server):
    """Leaves signals to the scheduler, which waits for the running audit."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Dashboard:
    """:raises WebError: where it may not or cannot listen."""

    def __init__(self, site: Site, host: str, port: int, names: tuple[str, ...] = ()) -> None:
        site.local = host in LOOPBACK and not names
        site.hosts = frozenset({*LOOPBACK, *(name.lower() for name in names)} if host in LOOPBACK or names else {"*"})
        with site.store.read() as connection:
            if not site.local and not people.any_user(connection):
                raise WebError(
                    f"Without a user the dashboard listens on 127.0.0.1 only, not on {host}."
                    " Make one first: auditor users add NAME --role admin"
                )
        self._socket = _bound(host, port)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._socket.getsockname()[1]}/"
        config = uvicorn.Config(
            make_app(site), log_level="error", access_log=False, server_header=False, proxy_headers=False,
            lifespan="off", timeout_graceful_shutdown=DRAIN_SECONDS, limit_concurrency=200, timeout_keep_alive=10,
        )  # fmt: skip
        self._server = _Quiet(config)

    async def serve(self) -> None:
        """Until :meth:`stop`."""
        await self._server.serve(sockets=[self._socket])

    def stop(self) -> None:
        self._server.should_exit = True

    def close(self) -> None:
        self._socket.close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise WebError(
            f"The dashboard cannot listen on {host}:{port}: {error.strerror}. Choose another by --web."
        ) from None
    return listening
