"""An account whose key another machine holds: Web3Signer, Clef, or what speaks as they do.

The signer is asked by JSON-RPC, ``eth_signTransaction`` first and, where it has no such method,
Clef's ``account_signTransaction``. What it returns is believed in nothing: it is taken only if it
is, byte for byte, the transaction that was asked for with this account's signature.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, urlsplit

from rootprint.ledger.chain.quoting import basic_authorization, quoted
from rootprint.ledger.chain.transactions import require_signed
from rootprint.ledger.core.chain import ADDRESS_BYTES
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.ledger.chain.transactions import Unsigned

# A person may have to say yes at the other end.
TIMEOUT_SECONDS: Final = 120.0
# The largest transaction that EIP-7825 lets a chain take is far below it.
MOST_ANSWER_BYTES: Final = 1 << 20
_NO_SUCH_METHOD: Final = -32601
_METHODS: Final = ("eth_signTransaction", "account_signTransaction")
_UNAUTHORISED: Final = frozenset({401, 403})


@dataclass(frozen=True)
class RemoteAccount:
    """An account by its 20-byte address, and the http or https address of its signer.

    ``url`` may hold a user and password, sent as HTTP basic authentication, or a token; of it only
    the host is ever shown. ``timeout`` is for a whole answer, in seconds.
    """

    address: bytes
    url: str = field(repr=False)
    timeout: float = TIMEOUT_SECONDS

    def __post_init__(self) -> None:
        """Refuse what is no account or no address of a signer."""
        if len(self.address) != ADDRESS_BYTES or not any(self.address):
            raise Refused("a signer's account is an address of 20 bytes, not all zero")
        if _split(self.url) is None:  # raised here: a cause would show the whole address
            raise Refused("a signer's address is an http or https address with a host")

    @property
    def host(self) -> str:
        """The signer's host: all of its address that is ever shown."""
        return _parts(self.url).hostname or ""

    def sign(self, unsigned: Unsigned) -> bytes:
        """Return the raw transaction, signed by this account and otherwise as asked for.

        Raises Refused where the signer says no or signed something else, Unavailable where it
        can't be reached or gives no answer in time.
        """
        request = _request(unsigned, self.address)
        answer: Mapping[str, Any] = {}
        for method in _METHODS:
            answer = self._ask(method, request)
            if _code(answer) != _NO_SUCH_METHOD:
                break
        if answer.get("error") is not None:
            raise Refused(
                f"{self._place} did not sign: {quoted(answer['error'], self.url)}",
                remedy="see its rules and its log there; nothing was sent",
            )
        try:
            raw = _raw(answer.get("result"))
            require_signed(raw, unsigned, self.address)
        except Refused as error:
            raise Refused(
                f"{self._place} signed something else than it was asked to: {error.args[0]}",
                remedy="nothing was sent: look at who runs that signer, and at its settings",
            ) from None
        return raw

    def _ask(self, method: str, request: Mapping[str, str]) -> Mapping[str, Any]:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": [request]})
        status, answer = self._post(body.encode())
        if status in _UNAUTHORISED:
            raise Refused(
                f"{self._place} does not take the credentials that its address has (HTTP {status})",
                remedy="name its address with the right ones; nothing was sent",
            )
        try:
            found = json.loads(answer)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not {"result", "error"} & found.keys():
            raise self._unavailable(f"gave no JSON-RPC answer to {method} (HTTP {status})")
        return found

    def _post(self, body: bytes) -> tuple[int, bytes]:
        """Send it once and return status and body, all within ``timeout`` seconds."""
        parts, deadline = _parts(self.url), time.monotonic() + self.timeout
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/json"}
        authorization = basic_authorization(parts)
        if authorization is not None:
            headers["Authorization"] = authorization
        try:
            connection.connect()
            with _cut_at(deadline, connection.sock):
                connection.request("POST", target, body, headers)
                with connection.getresponse() as answer:
                    status, received = answer.status, answer.read(MOST_ANSWER_BYTES + 1)
        except (OSError, HTTPException, ValueError) as error:
            if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
                raise self._unavailable(f"gave no answer within {self.timeout:g} s") from None
            # The cause is dropped on purpose: its text may hold the whole address.
            raise self._unavailable(f"can't be reached ({type(error).__name__})") from None
        finally:
            connection.close()
        if time.monotonic() >= deadline:  # what was cut off may look like an end
            raise self._unavailable(f"gave no answer within {self.timeout:g} s")
        if len(received) > MOST_ANSWER_BYTES:
            raise self._unavailable(f"answered with more than {MOST_ANSWER_BYTES} bytes")
        return status, received

    @property
    def _place(self) -> str:
        return f"the signer at {self.host} of account 0x{self.address.hex()}"

    def _unavailable(self, what: str) -> Unavailable:
        remedy = "see that it runs and holds this account; nothing was signed, the next step asks"
        return Unavailable(f"{self._place} {what}", remedy=f"{remedy} again")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    # A control character or a space would be a header of its own.
    return parts if known and url.isascii() and url.isprintable() and " " not in url else None


def _parts(url: str) -> SplitResult:
    parts = _split(url)
    if parts is None:
        raise Refused("a signer's address is an http or https address with a host")
    return parts


@contextmanager
def _cut_at(deadline: float, wire: socket.socket) -> Iterator[None]:
    """End a connection at a time, however little at a time comes over it until then."""

    def cut() -> None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _request(unsigned: Unsigned, sender: bytes) -> dict[str, str]:
    """Return the transaction as JSON-RPC has it; both kinds of signer take the call by ``data``."""
    numbers = {
        "gas": unsigned.gas,
        "maxFeePerGas": unsigned.max_fee,
        "maxPriorityFeePerGas": unsigned.priority,
        "value": 0,
        "nonce": unsigned.nonce,
        "chainId": unsigned.chain_id,
    }
    asked = {"from": hex_text(sender), "data": hex_text(unsigned.data)}
    asked |= {name: hex(value) for name, value in numbers.items()}
    return asked if unsigned.to is None else asked | {"to": hex_text(unsigned.to)}


def _code(answer: Mapping[str, Any]) -> object:
    error = answer.get("error")
    return error.get("code") if isinstance(error, dict) else None


def _raw(result: object) -> bytes:
    """Return the transaction of an answer: bare, or beside its members as Clef and geth give it."""
    found = result.get("raw") if isinstance(result, dict) else result
    if not isinstance(found, str):
        raise Refused("the answer holds no raw transaction")
    try:
        return bytes.fromhex(found.removeprefix("0x"))
    except ValueError:
        raise Refused("the answer's raw transaction is not hexadecimal") from None
