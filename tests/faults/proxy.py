"""An endpoint before a node that may be dead, slow, late, of another chain, or lose an answer."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from web3 import HTTPProvider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Proxy:
    """Passes requests on to a node; what it does wrong is set by whoever holds it."""

    def __init__(self, node: str) -> None:
        self.node = HTTPProvider(node, exception_retry_configuration=None)
        self.url = ""
        self.dead = False
        self.delay = 0.0
        self.lost: set[str] = set()  # methods whose answer never arrives, though they worked
        self.says: dict[str, Any] = {}  # results in place of the node's
        self.newest: dict[str, Any] | None = None  # the newest block in its words
        self.frozen: int | None = None  # the newest block it has heard of
        self.then: Callable[[str], object] = lambda _method: None  # after each answer

    def answer(self, method: str, params: list[Any]) -> dict[str, Any] | None:
        """Return the body of an answer, or None where none arrives."""
        if self.dead:
            return None
        time.sleep(self.delay)
        if method in self.says:
            return {"result": self.says[method]}
        if (
            self.newest
            and method == "eth_getBlockByNumber"
            and params[0]
            in {
                "latest",
                self.newest["number"],
            }
        ):
            return {"result": self.newest}
        if self.frozen is not None and "latest" in params:
            params = [hex(self.frozen) if one == "latest" else one for one in params]
        found = self.node.make_request(method, params)
        if method in self.lost:
            return None
        return {key: value for key, value in found.items() if key in {"result", "error"}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that gave up is what is tried here."""


@contextmanager
def serving(proxy: Proxy) -> Iterator[Proxy]:
    """Serve it on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = proxy.answer(request["method"], request["params"])
            if found is None:
                self.close_connection = True
                return
            body = json.dumps({"jsonrpc": "2.0", "id": request["id"], **found}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            proxy.then(request["method"])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield proxy
        finally:
            server.shutdown()
