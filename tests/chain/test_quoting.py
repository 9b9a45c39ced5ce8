"""No key of an endpoint's address is among its own words."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import RpcChain
from rootprint.ledger.chain.quoting import MOST_WORDS, quoted
from rootprint.ledger.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Echoing(BaseHTTPRequestHandler):
    """Answers every call with an error that repeats the address it was asked by."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = {"jsonrpc": "2.0", "id": 0, "error": {"code": -1, "message": f"no {self.path}"}}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def echoing() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echoing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("secret", ["/v3/0123456789abcdef", "/?key=0123456789abcdef&x=1"])
def test_an_endpoint_that_repeats_its_address_is_not_repeated(echoing: str, secret: str) -> None:
    with pytest.raises(Unavailable, match="refused eth_chainId") as caught:
        RpcChain(echoing + secret).asked_chain_id()
    assert "0123456789abcdef" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://node.example/v3/s3cr3tkey",
        "https://node.example/v3/s3cr3tkey/",
        "https://node.example/?key=s3cr3tkey",
        "https://me:s3cr3tkey@node.example/",
        "https://s3cr3tkey@node.example/",
        "https://me:s3cr%33tkey@node.example/",
    ],
)
def test_no_part_of_an_address_is_repeated(url: str) -> None:
    assert "s3cr3tkey" not in quoted({"message": "no project s3cr3tkey here"}, url)


def test_words_are_bounded_and_without_control_characters() -> None:
    words = quoted("a\x1b[31m" + "b" * 1000, "https://node.example")
    assert len(words) == MOST_WORDS
    assert words.isprintable()
