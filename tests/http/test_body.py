"""A body is cut off while it arrives: the application is driven by hand, message by message."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from rootprint.api.http import Settings
from rootprint.api.http.settings import DEFAULTS
from rootprint.ledger.core.sdjwt import MAX_BYTES, MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.http.ledger import Ledger

CHUNK = 64 * 1024


class Exchange:
    """One request whose body comes from ``receive``; what was answered."""

    def __init__(self, ledger: Ledger, settings: Settings = DEFAULTS, **headers: str) -> None:
        self.app = ledger.app(settings)
        self.scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "path": "/v1/statements",
            "raw_path": b"/v1/statements",
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "server": ("ledger.example", 80),
            "client": ("127.0.0.1", 50000),
            "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in {"content_type": MEDIA_TYPE, **headers}.items()
            ],
        }
        self.sent: list[Any] = []

    def run(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        """Let the application answer."""

        async def send(message: Any) -> None:
            self.sent.append(message)

        asyncio.run(self.app(self.scope, receive, send))

    @property
    def status(self) -> int:
        """The answer's status."""
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers."""
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def code(self) -> str:
        """The code in the answer's body."""
        return str(json.loads(self.sent[1]["body"])["code"])


def test_an_endless_body_without_a_length_is_cut_off_at_the_limit(ledger: Ledger) -> None:
    exchange = Exchange(ledger, transfer_encoding="chunked")
    pulled = 0

    async def receive() -> dict[str, Any]:
        nonlocal pulled
        pulled += 1
        return {"type": "http.request", "body": b"a" * CHUNK, "more_body": True}

    exchange.run(receive)
    assert (exchange.status, exchange.code) == (413, "too_large")
    assert pulled == MAX_BYTES // CHUNK + 1
    assert exchange.headers["connection"] == "close"


def test_a_declared_length_beyond_the_limit_is_refused_before_a_byte_is_read(
    ledger: Ledger,
) -> None:
    for declared in (str(MAX_BYTES + 1), "9" * 5000):
        exchange = Exchange(ledger, content_length=declared)
        exchange.run(_never)
        assert (exchange.status, exchange.code) == (413, "too_large")
        assert exchange.headers["connection"] == "close"


def test_a_body_that_does_not_arrive_in_time_is_408(ledger: Ledger) -> None:
    exchange = Exchange(ledger, Settings(body_seconds=0.05), content_length="10")

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(5)
        raise AssertionError

    exchange.run(receive)
    assert (exchange.status, exchange.code) == (408, "too_slow")
    assert exchange.headers["connection"] == "close"


def test_a_client_that_goes_away_gets_no_answer_and_nothing_is_logged(ledger: Ledger) -> None:
    text = ledger.factor().text.encode()
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": text[:-1], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    exchange = Exchange(ledger, content_length=str(len(text)))
    exchange.run(receive)
    assert exchange.sent == []
    assert ledger.log.size == 0


async def _never() -> dict[str, Any]:
    message = "the body was read"
    raise AssertionError(message)
