"""What a verifier with a block's hash reads out of a header and a pool of nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eth_hash.auto import keccak

from rootprint.ledger.core import stateproof
from rootprint.ledger.core.stateproof import Account, Header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.chain import ProvingChain


@dataclass(frozen=True)
class Proven:
    """A contract at a block, read from its proof alone."""

    header: Header
    nodes: dict[bytes, bytes]
    contract: bytes

    def account(self) -> Account | None:
        """Return the account."""
        return stateproof.account(self.nodes.get, self.header.state_root, self.contract)

    def code_hash(self) -> bytes:
        """Return what ``ChainView.code_hash`` would."""
        account = self.account()
        return account.code_hash if account else bytes(32)

    def slot(self, key: bytes) -> bytes:
        """Return what ``ChainView.slot`` would."""
        account = self.account()
        return stateproof.word(self.nodes.get, account.storage_root, key) if account else bytes(32)


def operator_slot(log_id: bytes) -> bytes:
    """Return the slot of the CheckpointRegistry that holds a log's operator."""
    first = int.from_bytes(keccak(log_id + (1).to_bytes(32)))
    return ((first + 1) % 2**256).to_bytes(32)


def prove(chain: ProvingChain, contract: bytes, slots: Sequence[bytes], block: int) -> Proven:
    """Ask a chain for a proof; its header must be the one that the block's hash names."""
    header, nodes = chain.header(block), chain.proof(contract, slots, block)
    found = Header.parse(header)
    assert found.block == chain.block(block)
    assert found.block.hash == keccak(header)
    pool = {keccak(node): node for node in nodes}
    assert len(pool) == len(nodes)
    return Proven(found, pool, contract)


def agree(chain: ProvingChain, contract: bytes, slots: Sequence[bytes], block: int) -> Proven:
    """Prove, and compare every word and the code's hash with what the chain answers itself."""
    proven = prove(chain, contract, slots, block)
    assert proven.code_hash() == chain.code_hash(contract, block)
    assert [proven.slot(slot) for slot in slots] == [
        chain.slot(contract, slot, block) for slot in slots
    ]
    return proven
