"""Around every exchange: request id, security headers, the access line, and the last catch."""

from __future__ import annotations

import secrets
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootprint.api.http import journal
from rootprint.api.http.problems import OUR_FAULT

# For whatever has none of its own, which only the verifier's page has (page.py): an answer is no
# page, so no script, frame or other site has any business with it.
SECURITY_HEADERS: Final = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
CLIENT_GONE: Final = 499


class Frame:
    """ASGI middleware. Request ids are ours: one that a client sends is not believed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event of the server."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = secrets.token_hex(8)
        exchange = _Exchange(scope, receive, send)
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except ClientDisconnect:
            exchange.status = CLIENT_GONE
        except Exception as error:
            journal.failure(scope, error)
            if exchange.status:
                raise  # too late for another answer: the server cuts the connection
            await OUR_FAULT.response()(scope, exchange.receive, exchange.send)
        finally:
            exchange.close()


class _Exchange:
    """One request and its answer as they pass."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._begun = time.monotonic()
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        self._unread = length != "0" or "transfer-encoding" in headers
        self._sent = 0
        self.status = 0

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._unread = False
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._add_headers(MutableHeaders(scope=message))
        elif message["type"] == "http.response.body":
            self._sent += len(message.get("body", b""))
        await self._send(message)

    def close(self) -> None:
        elapsed = 1000 * (time.monotonic() - self._begun)
        journal.access(self._scope, status=self.status, sent=self._sent, milliseconds=elapsed)

    def _add_headers(self, headers: MutableHeaders) -> None:
        for name, value in SECURITY_HEADERS.items():
            headers.setdefault(name, value)
        headers["x-request-id"] = self._scope["state"]["request_id"]
        headers.setdefault("cache-control", "no-store")
        if self._unread:
            # Otherwise the server would go on reading, and throwing away, whatever still comes.
            headers["connection"] = "close"
