"""The three real contracts on an EVM in memory, as a tree of blocks.

A ``Branch`` is a block with all before it, and never changes: whatever is mined on it is another
branch. So sequences that begin alike share the blocks of what they begin with. The tries of all
branches lie in one store, named by their hashes, and prove whatever a verifier reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import rlp
from eth.db.atomic import AtomicDB

from rootprint.ledger.chain.abi import encode_constructor, error_of
from rootprint.ledger.chain.mining import STEP_GAS, Evm
from rootprint.ledger.chain.transactions import (
    TRANSACTION_GAS,
    address_of,
    create_address,
    sign_transaction,
)
from rootprint.ledger.core import stateproof
from rootprint.ledger.core.chain import Block, Contracts
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.registry import Call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.stateproof import Account


class Reverted(Exception):
    """A contract refused a call; ``error`` is the name of its custom error."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


address = cache(address_of)  # of a few accounts; each costs milliseconds
_NAMES = ("CheckpointRegistry", "OrganizationRegistry", "StatusRegistry")


Signed = dict[tuple[bytes, int, Call], Any]


@dataclass
class Store:
    """What all branches share: the nodes of all tries, what was read, and signed transactions."""

    signed: Signed
    db: AtomicDB = field(default_factory=AtomicDB)
    accounts: dict[tuple[bytes, bytes], Account | None] = field(default_factory=dict)
    words: dict[tuple[bytes, bytes], bytes] = field(default_factory=dict)

    def node(self, digest: bytes) -> bytes | None:
        """Return the trie node with this hash."""
        try:
            return self.db[digest]
        except KeyError:
            return None


@dataclass(frozen=True)
class Branch:
    """A ``ProvingChain`` that ends with the last of ``headers``, py-evm's own."""

    store: Store
    headers: tuple[Any, ...]
    contracts: Contracts

    @classmethod
    def deployed(cls, registrar: bytes, time: int, signed: Signed) -> Branch:
        """Return a chain with the contracts, put there by the registrar, a 32-byte secret key.

        ``signed`` keeps the transactions, which other chains may send too.
        """
        store = Store(signed)
        parameters: Any = {"gas_limit": 2 * STEP_GAS, "timestamp": time, "base_fee_per_gas": 0}
        genesis = Evm.from_genesis(store.db, parameters).get_canonical_head()
        own = address(registrar)
        organizations, checkpoints, status = (create_address(own, n) for n in range(3))
        empty = cls(store, (genesis,), Contracts(checkpoints, organizations, status))
        creations = [
            Call(b"", encode_constructor("OrganizationRegistry", own)),
            Call(b"", encode_constructor("CheckpointRegistry", organizations)),
            Call(b"", encode_constructor("StatusRegistry", organizations)),
        ]
        return empty.mined([(registrar, creation) for creation in creations], time + 1)

    def mined(self, calls: Sequence[tuple[bytes, Call]], time: int) -> Branch:
        """Return the branch with one more block of these transactions, each of a secret key.

        Raises Reverted with the first that a contract refuses; then there is no such block.
        """
        evm = Evm(self.store.db)
        parent = self.headers[-1]
        draft = evm.create_header_from_parent(parent, timestamp=time, gas_limit=parent.gas_limit)
        vm: Any = evm.get_vm(draft)
        header = vm.get_header()
        for key, call in calls:
            transaction = self._signed(vm, key, call)
            receipt, done = vm.apply_transaction(header, transaction)
            if done.is_error:
                raise Reverted(_error(call, done.output))
            header = header.copy(gas_used=receipt.gas_used)
        vm.state.persist()
        final = header.copy(state_root=vm.state.state_root)
        return Branch(self.store, (*self.headers, final), self.contracts)

    def _signed(self, vm: Any, key: bytes, call: Call) -> Any:
        nonce: int = vm.state.get_nonce(address(key))
        signed, place = self.store.signed, (key, nonce, call)
        if place not in signed:
            raw = sign_transaction(
                key,
                chain_id=self.chain_id,
                nonce=nonce,
                to=call.to or None,
                data=call.data,
                gas=TRANSACTION_GAS,
                max_fee=0,
                priority=0,
            )
            signed[place] = vm.get_transaction_builder().decode(raw)
        return signed[place]

    # What a verifier sees.

    @property
    def chain_id(self) -> int:
        """The embedded chain's."""
        return Evm.chain_id

    def block(self, number: int | None = None) -> Block:
        """Return the block with that number, or the newest one. Raises NotFound beyond it."""
        header = self.headers[-1] if number is None else self._header(number)
        return Block(header.block_number, header.hash, header.timestamp)

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the word at ``key`` after ``block``."""
        account = self._account(contract, block)
        if account is None:
            return bytes(32)
        words, place = self.store.words, (account.storage_root, key)
        if place not in words:
            words[place] = stateproof.word(self.store.node, *place)
        return words[place]

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return the code's hash, or 32 zero bytes if there is no account."""
        account = self._account(contract, block)
        return account.code_hash if account else bytes(32)

    def header(self, block: int) -> bytes:
        """Return the block's header in RLP."""
        encoded: bytes = rlp.encode(self._header(block))
        return encoded

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> list[bytes]:
        """Return the trie nodes on the way to an account and to words of its storage."""
        root = self._header(block).state_root
        return list(stateproof.needed(self.store.node, root, contract, slots).values())

    def _header(self, number: int) -> Any:
        if not 0 <= number < len(self.headers):
            message = f"the chain has no block {number}"
            raise NotFound(message)
        return self.headers[number]

    def _account(self, contract: bytes, block: int) -> Account | None:
        accounts, place = self.store.accounts, (self._header(block).state_root, contract)
        if place not in accounts:
            accounts[place] = stateproof.account(self.store.node, *place)
        return accounts[place]


def _error(call: Call, revert: bytes) -> str:
    """Return the custom error's name, which may be another registry's that was asked."""
    for name in _NAMES:
        if found := error_of(name, revert):
            return found[0]
    return f"no known error of 0x{call.to.hex()}: 0x{revert.hex()}"
