"""What the chain's storage says, read slot by slot.

The walk trusts two primitives only: the 32-byte word in a storage slot of a contract, and the
hash of the contract's code, both at a block. Everything else is derived here from the storage
layout of the three contracts (``ledger/chain/artifacts`` holds the compiler's own copy of it; a
test compares). Slots follow the Solidity documentation, "Layout of State Variables in Storage".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from rootprint.ledger.core.encoding import sha256
from rootprint.ledger.core.errors import TooLarge, Unavailable
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.possession import possession_message
from rootprint.ledger.core.standing import (
    AccountRow,
    AccreditationRow,
    Admission,
    KeyRow,
    OrganisationRow,
    Reach,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

State = TypeVar("State", bound=IntEnum)
# The embedded chain's id. A verdict that rests on it says that it rests on a test chain.
TEST_CHAIN_ID: Final = 20261120
MAX_ROWS: Final = 1024
MAX_HISTORY: Final = 1 << 32  # an evidence file names rows below it
# A row's size has five bytes on the chain, and the contract refuses a log of more entries.
MAX_LOG_SIZE: Final = (1 << 40) - 1
LAST_TIME: Final = 253_402_300_799
WORD = 32
ADDRESS_BYTES = 20
_ORGANIZATIONS_SLOT = 0
_LOGS_SLOT, _ROOTS_SLOT, _SIZES_SLOT = 1, 2, 3
_REGISTRAR_SLOT, _ROWS_SLOT, _KEYS_SLOT, _ACCOUNTS_SLOT, _ACCREDITATIONS_SLOT = 0, 2, 3, 4, 7
_STATUS_SLOT, _ADVERSE_SLOT, _HEAD_SLOT = 1, 2, 3
_U40, _U64 = (1 << 40) - 1, (1 << 64) - 1
# Of a log's first word: its count of rows, and what is below `recent`.
_ROWS_BITS, _RECENT_BITS = 56, 96
# Of a log's five words: above the invited operator stands which row its successor goes on from.
_SUCCESSOR_FROM_WORD, _SUCCESSOR_WORD = 2, 4
_ROWS_A_WORD, _ROW_BITS = 3, 80


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
    """What an organisation says of a digest from ``time`` on, and the record that gives the reason.

    ``statement`` is the digest of a status statement, an assurance or a decision.
    """

    state: StatusState
    time: int
    statement: bytes


class StatusState(IntEnum):
    """What may be said of a signed record. An auditor's adverse conclusion is a state of its own.

    Which may follow which says ``ledger.registry.may_follow``.
    """

    NONE = 0
    SUPERSEDED = 1
    WITHDRAWN = 2
    ADVERSE = 3
    SUSPENDED = 4
    RESTORED = 5
    REVOKED = 6


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
        self._logs: dict[bytes, int] = {}

    def checkpoint_count(self, log_id: bytes) -> int:
        """Return how many states of this log are anchored."""
        count = self._log(log_id) & ((1 << _ROWS_BITS) - 1)
        if count > MAX_HISTORY:
            message = f"the chain's answer holds a history of {count} rows, which does not exist"
            raise Unavailable(message, remedy="ask another node")
        return count

    def frozen_at(self, log_id: bytes) -> int:
        """Return when the registrar froze the log (Unix seconds): no row came after; 0 if not."""
        return _time(self._log(log_id) >> _ROWS_BITS & _U40)

    def successor(self, log_id: bytes) -> tuple[bytes, int] | None:
        """Return which log goes on from a frozen one, and from which of its rows; None if none."""
        contract, first = self._contracts.checkpoint_registry, _mapped(log_id, _LOGS_SLOT)
        named = self._word(contract, _plus(first, _SUCCESSOR_WORD))
        if not any(named):
            return None
        invited = self._number(contract, _plus(first, _SUCCESSOR_FROM_WORD))
        return named, invited >> 8 * ADDRESS_BYTES & _U64

    def checkpoint(self, log_id: bytes, number: int) -> CheckpointRow:
        """Return row ``number`` (from 0) of the log's history."""
        contract = self._contracts.checkpoint_registry
        root = _mapped(_word(number), int.from_bytes(_mapped(log_id, _ROOTS_SLOT)))
        packed = self._packed(log_id, number)
        return CheckpointRow(self._word(contract, root), packed & _U40, _time(packed >> 40 & _U40))

    def checkpoint_size(self, log_id: bytes, number: int) -> int:
        """Return the size of row ``number`` alone: its root is not read."""
        return self._packed(log_id, number) & _U40

    def _packed(self, log_id: bytes, number: int) -> int:
        """Return size and time of a row: three rows share a word, the last ones the log's own."""
        third, place = divmod(number, _ROWS_A_WORD)
        if third == self.checkpoint_count(log_id) // _ROWS_A_WORD:
            rows = self._log(log_id) >> _RECENT_BITS
        else:
            slot = _mapped(_word(third), int.from_bytes(_mapped(log_id, _SIZES_SLOT)))
            rows = self._number(self._contracts.checkpoint_registry, slot)
        return rows >> place * _ROW_BITS & ((1 << _ROW_BITS) - 1)

    def _log(self, log_id: bytes) -> int:
        """Return a log's first word, read once: what stands at a block stays."""
        if log_id not in self._logs:
            slot = _mapped(log_id, _LOGS_SLOT)
            self._logs[log_id] = self._number(self._contracts.checkpoint_registry, slot)
        return self._logs[log_id]

    def possession_message(self, organisation: bytes) -> bytes:
        """Return what a key signs to be added to an organisation here."""
        contract = self._contracts.organization_registry
        return possession_message(organisation, self._view.chain_id, contract)

    def registrar(self) -> bytes:
        """Return the 20-byte address that alone admits, suspends and expels."""
        word = self._word(self._contracts.organization_registry, _word(_REGISTRAR_SLOT))
        return word[-ADDRESS_BYTES:]

    def account(self, organisation: bytes) -> bytes:
        """Return the 20-byte account that acts for an organisation; zero if it has none."""
        contract, array = (
            self._contracts.organization_registry,
            _mapped(organisation, _ACCOUNTS_SLOT),
        )
        count = self._count(contract, array, "accounts of an organisation")
        if not count:
            return bytes(ADDRESS_BYTES)
        return self._word(contract, _element(array, count - 1, words=1))[-ADDRESS_BYTES:]

    def accounts(self, organisation: bytes) -> list[AccountRow]:
        """Return the accounts that acted for an organisation, each from its time on."""
        contract, array = (
            self._contracts.organization_registry,
            _mapped(organisation, _ACCOUNTS_SLOT),
        )
        rows = []
        for number in range(self._count(contract, array, "accounts of an organisation")):
            word = self._word(contract, _element(array, number, words=1))
            time = _time(int.from_bytes(word[:-ADDRESS_BYTES]) & _U64)
            rows.append(AccountRow(word[-ADDRESS_BYTES:], time))
        return rows

    def organisation_rows(self, organisation: bytes) -> list[OrganisationRow]:
        """Return an organisation's rows in order of time; empty if it was never admitted."""
        contract, array = self._contracts.organization_registry, _mapped(organisation, _ROWS_SLOT)
        rows = []
        # The last row decides: leaving rows out could hide a suspension.
        for number in range(self._count(contract, array, "rows of an organisation")):
            first = _element(array, number, words=3)
            packed = self._number(contract, _plus(first, 2))
            rows.append(
                OrganisationRow(
                    time=_time(packed & _U64),
                    status=_known(Admission, packed >> 64 & 0xFF),
                    roles=Role(packed >> 72 & 0xFFFFFFFF),
                    record=self._word(contract, first),
                    reason=packed >> 104 & 0xFF,
                    reach=_known(Reach, packed >> 112 & 0xFF),
                    window_from=_time(packed >> 120 & _U64),
                    window_until=_time(packed >> 184 & _U64),
                )
            )
        return rows

    def decisions(self, organisation: bytes) -> list[bytes]:
        """Return, for each of an organisation's rows, the digest of the signed decision behind it.

        Zero where there is none. No verdict rests on it, so a proof of the chain has none of it.
        """
        contract, array = self._contracts.organization_registry, _mapped(organisation, _ROWS_SLOT)
        count = self._count(contract, array, "rows of an organisation")
        return [
            self._word(contract, _plus(_element(array, number, words=3), 1))
            for number in range(count)
        ]

    def key(self, organisation: bytes, thumbprint: bytes) -> KeyRow:
        """Return a key's row; all zero if it was never added to this organisation."""
        contract = self._contracts.organization_registry
        first = _mapped(thumbprint, int.from_bytes(_of_organisation(organisation, _KEYS_SLOT)))
        packed = self._number(contract, first)
        possession = self._word(contract, _plus(first, 1)) if packed else bytes(WORD)
        added, retired, since = (_time(packed >> shift & _U64) for shift in (0, 64, 128))
        return KeyRow(added, retired, since, possession)

    def accreditations(self, body: bytes) -> list[AccreditationRow]:
        """Return what a body was accredited for, in order of time."""
        contract, array = self._contracts.organization_registry, _mapped(body, _ACCREDITATIONS_SLOT)
        rows = []
        for number in range(self._count(contract, array, "accreditations of a body")):
            first = _element(array, number, words=3)
            packed = self._number(contract, _plus(first, 2))
            times = [_time(packed >> shift & _U64) for shift in (0, 64, 128, 192)]
            scope, accreditor = (self._word(contract, _plus(first, n)) for n in (0, 1))
            rows.append(AccreditationRow(scope, accreditor, *times))
        return rows

    def status_organizations(self) -> bytes:
        """Return the organisation registry that the status registry asks for accounts."""
        word = self._word(self._contracts.status_registry, _word(_ORGANIZATIONS_SLOT))
        return word[-ADDRESS_BYTES:]

    def status_rows(self, organisation: bytes, digest: bytes) -> list[StatusRow]:
        """Return what ``organisation`` said of ``digest``, oldest first; empty if nothing."""
        contract = self._contracts.status_registry
        array = _mapped(digest, int.from_bytes(_of_organisation(organisation, _STATUS_SLOT)))
        count = self._count(contract, array, "rows on the status of a statement")
        return [self._status(array, number) for number in range(count)]

    def status(self, organisation: bytes, digest: bytes) -> StatusRow:
        """Return the last of ``status_rows``, without reading others; state NONE if nothing."""
        contract = self._contracts.status_registry
        array = _mapped(digest, int.from_bytes(_of_organisation(organisation, _STATUS_SLOT)))
        count = self._count(contract, array, "rows on the status of a statement")
        if not count:
            return StatusRow(StatusState.NONE, 0, bytes(WORD))
        return self._status(array, count - 1)

    def _status(self, array: bytes, number: int) -> StatusRow:
        contract, first = self._contracts.status_registry, _element(array, number, words=2)
        packed = self._number(contract, _plus(first, 1))
        return StatusRow(
            _known(StatusState, packed >> 64 & 0xFF),
            _time(packed & _U64),
            self._word(contract, first),
        )

    def status_head(self) -> bytes:
        """Return the word that commits to all rows on status in their order; zero before any."""
        return self._word(self._contracts.status_registry, _word(_HEAD_SLOT))

    def adverse(self, digest: bytes) -> list[bytes]:
        """Return the ids of the organisations that concluded adversely on ``digest``, oldest first.

        Each was an admitted auditor then, or the contract would have refused. Raises TooLarge
        above MAX_ROWS.
        """
        contract, array = self._contracts.status_registry, _mapped(digest, _ADVERSE_SLOT)
        count = self._count(contract, array, "organisations that concluded adversely")
        return [self._word(contract, _element(array, n, words=1)) for n in range(count)]

    def _count(self, contract: bytes, array: bytes, what: str) -> int:
        count = self._number(contract, array)
        if count > MAX_ROWS:
            raise TooLarge(f"the chain holds {count} {what}, more than {MAX_ROWS}")
        return count

    def _word(self, contract: bytes, key: bytes) -> bytes:
        return self._view.slot(contract, key, self.block.number)

    def _number(self, contract: bytes, key: bytes) -> int:
        return int.from_bytes(self._word(contract, key))


def _time(seconds: int) -> int:
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


@lru_cache(maxsize=4096)
def _of_organisation(organisation: bytes, slot: int) -> bytes:
    """Return the slot that an organisation's own mapping counts from: one for all its rows."""
    return _mapped(organisation, slot)


def _element(array: bytes, number: int, *, words: int) -> bytes:
    return _plus(keccak(array), number * words)
