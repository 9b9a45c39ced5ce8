"""A JSON-RPC endpoint on this machine that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Method and parameters to a result, or to an error as {"error": …}.
    Answer = Callable[[str, list[Any]], Any]


@contextmanager
def endpoint(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Serve until the block ends; yields the address and the methods asked for so far."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(request["method"])
            result = answer(request["method"], request["params"])
            failed = isinstance(result, dict) and "error" in result
            body = result if failed else {"result": result}
            self._send(json.dumps({"jsonrpc": "2.0", "id": request["id"], **body}).encode())

        def _send(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v3/secret-token", asked
        finally:
            server.shutdown()
