"""A remote signer on this machine: eth-account behind HTTP, honest as Web3Signer or Clef, or not.

``python -m tests.support.signer KEY [CONDUCT]`` runs one as a process of its own; it writes its
address on the first line.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import rlp
from eth_account import Account

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ORDER = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141
NO_SUCH_METHOD = {"error": {"code": -32601, "message": "the method does not exist"}}
OTHER_KEY = bytes([8]) * 32
# What a conduct changes of the transaction before it is signed.
CHANGES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "0x63"},
    "another receiver": {"to": "0x" + "77" * 20},
    "other data": {"data": "0xdeadbeef"},
    "more gas": {"gas": "0xffffff"},
    "a higher fee": {"maxFeePerGas": "0xffffffffff"},
    "a higher tip": {"maxPriorityFeePerGas": "0x2"},
    "another chain": {"chainId": "0x1"},
    "a payment": {"value": "0x1"},
    "an access list": {"accessList": [{"address": "0x" + "77" * 20, "storageKeys": []}]},
    "a creation": {"to": ""},
}
# What a conduct makes of the signed bytes.
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "a byte more": lambda raw: raw + b"\0",
    "a byte less": lambda raw: raw[:-1],
    "nothing": lambda _raw: b"",
    "a signature of zeros": lambda raw: b"\x02" + rlp.encode([*rlp.decode(raw[1:])[:9], 0, 0, 0]),
    "a number with leading zeros": lambda raw: (
        b"\x02" + rlp.encode([*rlp.decode(raw[1:])[:9], b"\0", b"\0" * 31 + b"\1", b"\1"])
    ),
}


def _high_s(raw: bytes) -> bytes:
    *members, parity, r, s = rlp.decode(raw[1:])
    turned = [1 - int.from_bytes(parity), r, ORDER - int.from_bytes(s)]
    encoded: bytes = rlp.encode([*members, *turned])
    return b"\x02" + encoded


BYTES["the high s"] = _high_s


class Signer:
    """Signs what it is asked for, in its conduct; ``asked`` has each request's method, headers."""

    def __init__(self, key: bytes, conduct: str = "web3signer") -> None:
        self.key, self.conduct = key, conduct
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def answer(self, method: str, request: dict[str, Any]) -> dict[str, Any]:
        """Return what stands beside the id of an answer."""
        if self.conduct == "refuses":
            said = f"denied by rule for {self.asked[-1][1].get('Authorization')} at /token-in-path"
            return {"error": {"code": -32000, "message": said}}
        if method != (
            "account_signTransaction" if self.conduct == "clef" else "eth_signTransaction"
        ):
            return NO_SUCH_METHOD
        if self.conduct == "another result":
            return {"result": 7}
        if self.conduct == "no hexadecimal":
            return {"result": "0xzz"}
        raw = f"0x{self._sign(request).hex()}"
        if self.conduct == "clef":
            return {"result": {"raw": raw, "tx": {"nonce": request["nonce"]}}}
        return {"result": raw}

    def _sign(self, request: dict[str, Any]) -> bytes:
        meant = {**request, **CHANGES.get(self.conduct, {})}
        assert int(Account.from_key(self.key).address, 16) == int(meant.pop("from"), 16)
        if meant.get("to"):
            meant["to"] = bytes.fromhex(meant["to"][2:])
        if self.conduct == "legacy":
            meant["gasPrice"] = meant.pop("maxFeePerGas")
            del meant["maxPriorityFeePerGas"]
        key = OTHER_KEY if self.conduct == "another account" else self.key
        raw = bytes(Account.sign_transaction(meant, key).raw_transaction)
        return BYTES.get(self.conduct, bytes)(raw)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that gave up is what is tried here."""


def _handler(signer: Signer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            signer.asked.append((request["method"], dict(self.headers)))
            conducts: dict[str, Callable[[], object]] = {
                "silent": lambda: time.sleep(5),
                "drips": self._drip,
                "floods": lambda: self._send(200, b"1" * (2 << 20)),
                "hangs up": lambda: None,
                "unauthorised": lambda: self._send(401, b""),
                "sends elsewhere": lambda: self._send(302, b"", Location="http://127.0.0.1:1/"),
                "a page": lambda: self._send(200, b"<html>"),
            }
            conducts.get(signer.conduct, lambda: self._sign(request))()
            self.close_connection = True

        def _sign(self, request: dict[str, Any]) -> None:
            found = signer.answer(request["method"], request["params"][0])
            body = json.dumps({"jsonrpc": "2.0", "id": request["id"], **found}).encode()
            self._send(400 if "error" in found else 200, body)

        def _drip(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(50):
                self.wfile.write(f"X-{number}: 1\r\n".encode())
                time.sleep(0.1)

        def _send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def signing(key: bytes, conduct: str = "web3signer") -> Iterator[Signer]:
    """Serve a signer until the block ends; its address has a user, a password and a path."""
    signer = Signer(key, conduct)
    with _Server(("127.0.0.1", 0), _handler(signer)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        place = f"127.0.0.1:{server.server_address[1]}"
        signer.url = f"http://operator:pass%20word@{place}/token-in-path?key=secret-key"
        try:
            yield signer
        finally:
            server.shutdown()


def main() -> None:
    """Serve until the process ends."""
    key, *conduct = sys.argv[1:]
    with _Server(("127.0.0.1", 0), _handler(Signer(bytes.fromhex(key), *conduct))) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
