"""A node in memory with a pool, fees and reorgs: what the anchorer meets on a real network.

It executes nothing but ``anchor`` and refuses what the contract refuses. Storage is
``MemoryChain``'s, rebuilt from the blocks that are canonical; a block's hash follows from what is
in it and before it, so blocks below a reorg keep theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import eth_abi
import rlp

from rootprint.ledger.chain import Receipt, Reverted, transaction_hash
from rootprint.ledger.core.errors import BadProof, Unavailable
from rootprint.ledger.core.merkle import verify_consistency
from tests.support.memory_chain import GENESIS_TIME, MemoryChain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.chain import Block, Contracts

_ANCHOR = ["bytes32", "uint64", "bytes32", "bytes32[]"]
NOT_AN_APPEND = b"\xde\xad\xbe\xef"


class Node:
    """A ``SendingChain`` of one operator's log; every other account is unknown to it."""

    def __init__(self, log_id: bytes, operator: bytes) -> None:
        self.log_id, self.operator = log_id, operator
        self.suggested = (40, 2)
        self.base_fee = 0
        self.funds = 10**18
        self.final: int | None = None
        self.error: Exception | None = None  # what the next broadcasts answer ...
        self.lie = 0  # what is added to the account's nonce
        self.doubt = ""  # what is open about it
        self.takes_despite_error = False  # ... and whether they work all the same
        self.pool: dict[bytes, bytes] = {}
        self.sent: list[bytes] = []
        self._blocks: list[tuple[int, list[bytes]]] = []
        self._rebuild()

    @property
    def mines_at_once(self) -> bool:
        """It has a pool."""
        return False

    @property
    def chain_id(self) -> int:
        """The chain's id."""
        return self._view.chain_id

    @property
    def contracts(self) -> Contracts:
        """The contracts' addresses."""
        return self._view.contracts

    def block(self, number: int | None = None) -> Block:
        """See ``ChainView.block``."""
        return self._view.block(number)

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """See ``ChainView.slot``."""
        return self._view.slot(contract, key, block)

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """See ``ChainView.code_hash``."""
        return self._view.code_hash(contract, block)

    def nonce(self, address: bytes, block: int | None = None) -> int:
        """The nonce after those mined up to a block, and what the test adds to it."""
        assert address == self.operator
        return self._mined_nonce(block) + self.lie

    def doubts(self) -> str:
        """What the test says of it."""
        return self.doubt

    def fees(self) -> tuple[int, int]:
        """What the node suggests now."""
        return self.suggested

    def estimate(self, sender: bytes, to: bytes | None, data: bytes) -> int:
        """What the call takes; refused where the registry refuses it now."""
        assert sender == self.operator
        assert to == self.contracts.checkpoint_registry
        if not self._would_take(data):
            raise Reverted("the contract refuses such a transaction now", data=NOT_AN_APPEND)
        return 80_000

    def balance(self, address: bytes) -> int:
        """What the operator has."""
        assert address == self.operator
        return self.funds

    def finalized(self) -> Block | None:
        """The block that the test says is final."""
        return None if self.final is None else self._view.block(self.final)

    def call(self, contract: bytes, data: bytes, block: int | None = None) -> bytes:
        """The log's row: the only thing that is ever asked for."""
        del contract, data, block
        return eth_abi.encode(
            ["(uint56,uint40,uint160,address,uint40,address,uint64,bytes32,bytes32)"],
            [(0, 0, 0, self.operator, 0, bytes(20), 0, bytes(range(32)), bytes(32))],
        )

    def broadcast(self, raw_transactions: Sequence[bytes]) -> None:
        """Take or refuse transactions as a pool does."""
        for raw in raw_transactions:
            digest = transaction_hash(raw)
            self.sent.append(digest)
            if self.error is not None and not self.takes_despite_error:
                raise self.error
            if digest not in self.pool and digest not in self._receipts:
                self._take(digest, raw)
        if self.error is not None:
            raise self.error

    def receipt(self, digest: bytes) -> Receipt | None:
        """What became of a transaction in the canonical blocks."""
        return self._receipts.get(digest)

    def drop(self) -> None:
        """Forget the pool, as a restarted node does."""
        self.pool.clear()

    def mine(self, *, empty: bool = False) -> Block:
        """Put what is in the pool and pays the base fee into the next block."""
        ready = {} if empty else self._ready()
        for digest in ready:
            del self.pool[digest]
        parent = self._view.block().time
        self._blocks.append((parent + 12, list(ready.values())))
        self._rebuild()
        return self._view.block()

    def reorg(self, depth: int) -> None:
        """Replace the newest blocks by as many empty ones; nothing returns to the pool."""
        kept = self._blocks[:-depth]
        self._blocks = [*kept, *[(time + 1, []) for time, _ in self._blocks[-depth:]]]
        self._rebuild()

    def use_nonce_elsewhere(self) -> None:
        """Let the operator's account be used by somebody else, in a block of its own."""
        members = [self.chain_id, self._mined_nonce(), 0, 0, 21000, b"\x99" * 20, 0, b"", []]
        self._blocks.append((self._view.block().time + 12, [b"\x02" + rlp.encode(members)]))
        self._rebuild()

    def _take(self, digest: bytes, raw: bytes) -> None:
        _, nonce, priority, max_fee = _members(raw)[:4]
        if nonce < self._mined_nonce():
            raise Unavailable("the endpoint did not take it: nonce too low")
        for other, held in list(self.pool.items()):
            _, same, low_priority, low_fee = _members(held)[:4]
            if same != nonce:
                continue
            if priority * 10 < low_priority * 11 or max_fee * 10 < low_fee * 11:
                raise Unavailable("the endpoint did not take it: underpriced")
            del self.pool[other]
        self.pool[digest] = raw

    def _ready(self) -> dict[bytes, bytes]:
        """Return what the next block takes: an account's transactions, nonce by nonce."""
        paying = {d: raw for d, raw in self.pool.items() if _members(raw)[3] >= self.base_fee}
        found: dict[bytes, bytes] = {}
        for digest, raw in sorted(paying.items(), key=lambda item: _members(item[1])[1]):
            if _members(raw)[1] == self._mined_nonce() + len(found):
                found[digest] = raw
        return found

    def _mined_nonce(self, block: int | None = None) -> int:
        """Count the operator's transactions in the blocks after the first, up to one of them."""
        return sum(len(raws) for _, raws in self._blocks[:block])

    def _rebuild(self) -> None:
        self._view = MemoryChain(time=GENESIS_TIME)
        self._receipts: dict[bytes, Receipt] = {}
        self._last: dict[bytes, tuple[int, bytes]] = {}
        for time, raws in self._blocks:
            done = [(raw, self._execute(raw)) for raw in raws]
            block = self._view.mine(time)
            for raw, status in done:
                digest = transaction_hash(raw)
                revert = b"" if status else NOT_AN_APPEND
                self._receipts[digest] = Receipt(digest, block, status, 80_000, None, revert)

    def _execute(self, raw: bytes) -> bool:
        members = rlp.decode(raw[1:])
        to, data = members[5], members[7]
        if to != self.contracts.checkpoint_registry:
            return True
        if not self._would_take(data):
            return False
        log_id, size, root, _ = eth_abi.decode(_ANCHOR, data[4:])
        self._view.anchor(log_id, size, root)
        self._last[log_id] = size, root
        return True

    def _would_take(self, data: bytes) -> bool:
        """Whether the registry takes a call of ``anchor`` after what was executed last."""
        log_id, size, root, proof = eth_abi.decode(_ANCHOR, data[4:])
        last = self._last.get(log_id)
        try:
            if last is not None:
                if size <= last[0]:
                    return False
                verify_consistency(last[0], size, last[1], root, list(proof))
        except BadProof:
            return False
        return True


def _members(raw: bytes) -> list[int]:
    """Chain id, nonce, priority, fee cap."""
    return [int.from_bytes(member) for member in rlp.decode(raw[1:])[:4]]
