"""What the chain's storage says, read slot by slot.

The walk trusts two primitives only: the 32-byte word in a storage slot of a contract, and the
hash of the contract's code, both at a block. Everything else is derived here from the storage
layout of the three contracts (``ledger/chain/artifacts`` holds the compiler's own copy of it; a
test compares). Slots follow the Solidity documentation, "Layout of State Variables in Storage".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from eth_hash.auto import keccak

from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.errors import TooLarge, Unavailable
from rootprint.ledger.core.standing import Admission, KeyRow, OrganisationRow, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

State = TypeVar("State", bound=IntEnum)
# The embedded chain's id. A verdict that rests on it says that it rests on a test chain.
TEST_CHAIN_ID: Final = 20261120
MAX_ROWS: Final = 1024
MAX_HISTORY: Final = 1 << 32  # an evidence file names rows below it
LAST_TIME: Final = 253_402_300_799
WORD = 32
ADDRESS_BYTES = 20
_LOGS_SLOT, _HISTORY_SLOT = 0, 1
_REGISTRAR_SLOT, _ACCOUNTS_SLOT, _ROWS_SLOT, _KEYS_SLOT = 0, 1, 2, 3
_ORGANIZATIONS_SLOT, _STATUS_SLOT, _ADVERSE_SLOT = 0, 1, 2
_U64 = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the home chain: its number, 32-byte hash and time (Unix seconds)."""

    number: int
    hash: bytes
    time: int


class ChainView(Protocol):
    """The chain as a verifier may see it: slots and code hashes at a block, nothing else.

    ``chain_id`` is what the chain says of itself. ``block`` arguments are block numbers that
    ``head`` or an earlier block reached. An account that does not exist has code hash 32 zero
    bytes and zero slots.
    """

    @property
    def chain_id(self) -> int:
        """EIP-155 chain id."""
        ...

    def block(self, number: int | None = None) -> Block:
        """Return the canonical block with that number, or the newest one."""
        ...

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the 32-byte word at ``key`` in the storage of ``contract`` (20 bytes)."""
        ...

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return keccak-256 of the contract's code, or 32 zero bytes if there is no account."""
        ...


class ProvingChain(ChainView, Protocol):
    """A chain that hands over the proof of what it answers (EIP-1186; ``ledger.core.stateproof``).

    Refused by a chain whose headers or state have another form than the proof's.
    """

    def header(self, block: int) -> bytes:
        """Return the RLP of a block's header; its keccak-256 is the block's hash."""
        ...

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> Sequence[bytes]:
        """Return each trie node on the way to the contract's account and to its ``slots``, once.

        They prove absence where there is nothing; without an account there is no way to a slot.
        """
        ...


@dataclass(frozen=True)
class CheckpointRow:
    """One anchored state of a log: (size, root) and the block time it was anchored at."""

    root: bytes
    size: int
    time: int


@dataclass(frozen=True)
class StatusRow:
    """What an organisation says of a digest: state, since when, and the statement that says so."""

    state: StatusState
    time: int
    statement: bytes


class StatusState(IntEnum):
    """Rises, never falls. An auditor's adverse conclusion is a state of its own."""

    NONE = 0
    SUPERSEDED = 1
    WITHDRAWN = 2
    ADVERSE = 3


@dataclass(frozen=True)
class Contracts:
    """The three contracts' 20-byte addresses."""

    checkpoint_registry: bytes
    organization_registry: bytes
    status_registry: bytes


class ChainReader:
    """The three contracts at one block, read by storage slot through a ``ChainView``."""

    def __init__(self, view: ChainView, contracts: Contracts, block: Block) -> None:
        self._view, self._contracts, self.block = view, contracts, block

    def checkpoint_count(self, log_id: bytes) -> int:
        """Return how many states of this log are anchored."""
        history = _mapped(log_id, _HISTORY_SLOT)
        count = self._number(self._contracts.checkpoint_registry, history)
        if count > MAX_HISTORY:
            # Slots wrap around, so a row beyond could be one of the first again.
            message = f"the chain's answer holds a history of {count} rows, which does not exist"
            raise Unavailable(message, remedy="ask another node")
        return count

    def checkpoint(self, log_id: bytes, number: int) -> CheckpointRow:
        """Return row ``number`` (from 0) of the log's history."""
        contract = self._contracts.checkpoint_registry
        first = _element(_mapped(log_id, _HISTORY_SLOT), number, words=2)
        packed = self._number(contract, _plus(first, 1))
        return CheckpointRow(self._word(contract, first), packed & _U64, _time(packed >> 64))

    def first_covering(self, log_id: bytes, index: int) -> tuple[int, CheckpointRow] | None:
        """Return the first row whose size exceeds ``index``, by binary search; None if none does.

        Sizes rise from row to row because the contract refuses anything else. Cost: log2(rows)
        rows read.
        """
        low, high = 0, self.checkpoint_count(log_id)
        if not high or self.checkpoint(log_id, high - 1).size <= index:
            return None
        while low < high:
            middle = (low + high) // 2
            if self.checkpoint(log_id, middle).size > index:
                high = middle
            else:
                low = middle + 1
        return low, self.checkpoint(log_id, low)

    def registrar(self) -> bytes:
        """Return the 20-byte address that alone admits, suspends and expels."""
        word = self._word(self._contracts.organization_registry, _word(_REGISTRAR_SLOT))
        return word[-ADDRESS_BYTES:]

    def account(self, organisation: bytes) -> bytes:
        """Return the 20-byte account of an organisation; zero if unknown."""
        contract = self._contracts.organization_registry
        return self._word(contract, _mapped(organisation, _ACCOUNTS_SLOT))[-ADDRESS_BYTES:]

    def organisation_rows(self, organisation: bytes) -> list[OrganisationRow]:
        """Return an organisation's rows in order of time; empty if it was never admitted."""
        contract, array = (
            self._contracts.organization_registry,
            _mapped(organisation, _ROWS_SLOT),
        )
        count, rows = self._number(contract, array), []
        if count > MAX_ROWS:
            # The last row decides: leaving rows out could hide a suspension.
            message = f"an organisation has {count} rows on the chain, more than {MAX_ROWS}"
            raise TooLarge(message)
        for number in range(count):
            first = _element(array, number, words=2)
            packed = self._number(contract, _plus(first, 1))
            rows.append(
                OrganisationRow(
                    time=packed & _U64,
                    status=_known(Admission, packed >> 64 & 0xFF),
                    roles=Role(packed >> 72 & 0xFFFFFFFF),
                    record=self._word(contract, first),
                )
            )
        return rows

    def key(self, organisation: bytes, thumbprint: bytes) -> KeyRow:
        """Return a key's row; all zero if it was never added to this organisation."""
        slot = _mapped(thumbprint, int.from_bytes(_mapped(organisation, _KEYS_SLOT)))
        packed = self._number(self._contracts.organization_registry, slot)
        return KeyRow(packed & _U64, packed >> 64 & _U64, packed >> 128 & _U64)

    def status_organizations(self) -> bytes:
        """Return the organisation registry that the status registry asks for accounts."""
        word = self._word(self._contracts.status_registry, _word(_ORGANIZATIONS_SLOT))
        return word[-ADDRESS_BYTES:]

    def status(self, organisation: bytes, digest: bytes) -> StatusRow:
        """Return what ``organisation`` says of ``digest``; state NONE if nothing."""
        contract = self._contracts.status_registry
        first = _mapped(digest, int.from_bytes(_mapped(organisation, _STATUS_SLOT)))
        packed = self._number(contract, _plus(first, 1))
        return StatusRow(
            _known(StatusState, packed >> 64 & 0xFF), _time(packed), self._word(contract, first)
        )

    def adverse(self, digest: bytes) -> list[bytes]:
        """Return the ids of the organisations that concluded adversely on ``digest``, oldest first.

        Each was an admitted auditor then, or the contract would have refused. Raises TooLarge
        above MAX_ROWS.
        """
        contract, array = self._contracts.status_registry, _mapped(digest, _ADVERSE_SLOT)
        count = self._number(contract, array)
        if count > MAX_ROWS:
            message = f"{count} organisations concluded adversely, more than {MAX_ROWS}"
            raise TooLarge(message)
        return [self._word(contract, _element(array, n, words=1)) for n in range(count)]

    def _word(self, contract: bytes, key: bytes) -> bytes:
        return self._view.slot(contract, key, self.block.number)

    def _number(self, contract: bytes, key: bytes) -> int:
        return int.from_bytes(self._word(contract, key))


def _time(packed: int) -> int:
    seconds = packed & _U64
    if seconds > LAST_TIME:
        message = "the chain's answer holds a time beyond the year 9999"
        raise Unavailable(message, remedy="ask another node")
    return seconds


def _known(states: type[State], number: int) -> State:
    try:
        return states(number)
    except ValueError:
        # The pinned code writes no such word, so whoever answered for the chain did not read it.
        message = f"the chain's answer holds {states.__name__} {number}, which does not exist"
        raise Unavailable(message, remedy="ask another node") from None


def log_id(operator: bytes, vkey: str) -> bytes:
    """Return keccak256(abi.encode(operator, SHA-256(vkey))): how the registry names a log."""
    return keccak(operator.rjust(WORD, b"\x00") + sha256(vkey.encode()))


def organisation_id(did: str) -> bytes:
    """Return SHA-256(DID): how the registries name an organisation."""
    return sha256(did.encode())


def _word(number: int) -> bytes:
    return number.to_bytes(WORD)


def _plus(slot: bytes, offset: int) -> bytes:
    return ((int.from_bytes(slot) + offset) % 2**256).to_bytes(WORD)


def _mapped(key: bytes, slot: int) -> bytes:
    return keccak(key.rjust(WORD, b"\x00") + _word(slot))


def _element(array: bytes, number: int, *, words: int) -> bytes:
    return _plus(keccak(array), number * words)
