"""Call data for the checkpoint registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.chain import decode_result, encode_call
from rootprint.ledger.core.encoding import sha256, time_text
from rootprint.ledger.core.errors import NotAuthorised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.chain import SendingChain

_CONTRACT = "CheckpointRegistry"


def open_log(registry: bytes, vkey: str) -> tuple[bytes, bytes]:
    """Return (to, call data) with which an operator opens its log, once, before any anchor."""
    return registry, encode_call(_CONTRACT, "openLog", sha256(vkey.encode()))


def anchor_data(log_id: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bytes:
    """Return the call data that anchors (size, root) with its RFC 9162 consistency proof."""
    return encode_call(_CONTRACT, "anchor", log_id, size, root, list(proof))


def require_operator(chain: SendingChain, registry: bytes, log_id: bytes, operator: bytes) -> None:
    """Return if the registry lets this account anchor this log; raise NotAuthorised if not."""
    answer = chain.call(registry, encode_call(_CONTRACT, "log", log_id))
    ((_rows, frozen, _recent, account, *_rest),) = decode_result(_CONTRACT, "log", answer)
    registered = bytes.fromhex(account.removeprefix("0x"))
    if not any(registered):
        raise NotAuthorised(
            f"log 0x{log_id.hex()} was never opened in registry 0x{registry.hex()}",
            remedy="its operator opens it first",
        )
    if registered != operator:
        raise NotAuthorised(
            f"log 0x{log_id.hex()} is operated by {account}, not by 0x{operator.hex()}"
        )
    if frozen:
        raise NotAuthorised(
            f"log 0x{log_id.hex()} was frozen by the registrar at {time_text(frozen)}",
            remedy="its rows stand; once the registrar has named the log that goes on from them:"
            " rootprint log follow",
        )
