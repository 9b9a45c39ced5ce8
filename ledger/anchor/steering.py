"""A log's operator and end: handed over in two steps, frozen, and named a successor.

What each call takes and who must send it stands beside it. Each returns (to, call data).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootprint.ledger.chain import decode_result, encode_call
from rootprint.ledger.core.chain import ADDRESS_BYTES

if TYPE_CHECKING:
    from rootprint.ledger.chain import SendingChain

_CONTRACT = "CheckpointRegistry"
_NO_ACCOUNT = bytes(ADDRESS_BYTES)


@dataclass(frozen=True)
class LogState:
    """What the registry holds of a log; times in Unix seconds, 0 for never.

    ``operator`` and ``invited`` are 20 bytes, ``vkey_hash`` and ``successor`` 32, zero if none.
    The successor goes on from row ``successor_from`` of this log.
    """

    rows: int
    operator: bytes
    invited: bytes
    freeze_not_before: int
    frozen_at: int
    vkey_hash: bytes
    successor: bytes
    successor_from: int

    @property
    def opened(self) -> bool:
        """Whether there is such a log."""
        return any(self.operator)


def log_state(chain: SendingChain, registry: bytes, log_id: bytes) -> LogState:
    """Return what the registry holds of a log now."""
    answer = chain.call(registry, encode_call(_CONTRACT, "log", log_id))
    ((rows, frozen, _recent, operator, not_before, invited, first, vkey_hash, successor),) = (
        decode_result(_CONTRACT, "log", answer)
    )
    return LogState(rows, _address(operator), _address(invited), not_before, frozen, vkey_hash,
                    successor, first)  # fmt: skip


def propose_operator(registry: bytes, log_id: bytes, account: bytes | None) -> tuple[bytes, bytes]:
    """The operator: invite the next one (20 bytes); None takes the invitation back."""
    return _call(registry, "proposeOperator", log_id, account or _NO_ACCOUNT)


def accept_operator(registry: bytes, log_id: bytes) -> tuple[bytes, bytes]:
    """The invited account: operate the log from the next block on, unless it is frozen."""
    return _call(registry, "acceptOperator", log_id)


def propose_freeze(registry: bytes, log_id: bytes, decision: bytes) -> tuple[bytes, bytes]:
    """Registrar: announce that a log will be frozen, which is possible seven days later.

    ``decision`` is the 32-byte digest of the signed decision that gives the reasons.
    """
    return _call(registry, "proposeFreeze", log_id, decision)


def drop_freeze(registry: bytes, log_id: bytes) -> tuple[bytes, bytes]:
    """Registrar: take the announcement back."""
    return _call(registry, "dropFreeze", log_id)


def freeze_log(registry: bytes, log_id: bytes) -> tuple[bytes, bytes]:
    """Registrar: freeze an announced log, for good: nothing is anchored in it any more."""
    return _call(registry, "freeze", log_id)


def name_successor(
    registry: bytes, log_id: bytes, number: int, successor: bytes
) -> tuple[bytes, bytes]:
    """Registrar: have another log, of which nothing is anchored, go on from row ``number``.

    Once, and for a frozen log only; the row becomes the successor's first.
    """
    return _call(registry, "nameSuccessor", log_id, number, successor)


def _call(registry: bytes, function: str, *arguments: object) -> tuple[bytes, bytes]:
    return registry, encode_call(_CONTRACT, function, *arguments)


def _address(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
