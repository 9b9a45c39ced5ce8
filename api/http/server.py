"""Serving an application over HTTP/1.1 with uvicorn. TLS is a proxy's business."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
from fastapi import FastAPI

from rootprint.api.http import journal
from rootprint.ledger.core.errors import Unavailable

# Beyond it, idle connections counted, the server answers 503 by itself.
MAX_CONNECTIONS: Final = 128
MAX_HEAD_BYTES: Final = 16 * 1024
KEEP_ALIVE_SECONDS: Final = 5
STOP_SECONDS: Final = 15
_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def serve(
    app: FastAPI,
    host: str,
    port: int,
    *,
    ready: Callable[[str], None] = lambda _url: None,
) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are finished first (up to 15 s).

    ``ready`` is called with the URL once the port is taken; port 0 takes a free one. Raises
    Unavailable if the address can't be taken.
    """
    journal.to_stderr()
    server = server_of(app)
    with listen(host, port) as listening, _signals_stop(server):
        ready(url_of(listening))
        server.run(sockets=[listening])


@contextmanager
def _signals_stop(server: uvicorn.Server) -> Iterator[None]:
    """Let both signals end in a return: uvicorn raises them once more when it has stopped.

    Only the main thread may set handlers; elsewhere whoever runs it sets ``should_exit``.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises Unavailable."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio sends small writes at once only then, else each answer waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        raise Unavailable(
            f"can't listen on {host} port {port}: {error}", remedy="choose another host or port"
        ) from error
    return listening


def url_of(listening: socket.socket) -> str:
    """Return the URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_of(app: FastAPI) -> uvicorn.Server:
    """Return a server with our limits, not running yet."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,  # the frame writes its own
            server_header=False,
            proxy_headers=False,  # whoever connects is the client: no header is believed
            limit_concurrency=MAX_CONNECTIONS,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        )
    )
