"""The chain as an evidence file proves it: storage and accounts at one block (EIP-1186).

Everything follows from the hash of the block, which the verifier trusts: the state root from the
header, an account from the state root, a word from the account's storage root. Nothing here is
believed because the file says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from rootprint.ledger.core.chain import WORD, Block
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.stateproof import Account, Header, account, needed, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.chain import ChainView
    from rootprint.ledger.evidence.bundle import Evidence
    from rootprint.ledger.verify import Trust

ChainViewT = TypeVar("ChainViewT", bound="ChainView")


class ProvenChain:
    """A ``ProvingChain`` of one block, over the trie nodes of a file.

    ``chain_id`` is the trust file's: a header does not name its chain, so whoever trusts the
    block's hash says whose it is. A node that is not in the file raises Unavailable.
    """

    def __init__(self, evidence: Evidence, header: bytes, trust: Trust) -> None:
        """Take a header whose hash the caller has found among those it trusts."""
        self._evidence, self._encoded = evidence, header
        self._header = Header.parse(header)
        self._accounts: dict[bytes, Account | None] = {}
        self.chain_id = trust.chain_id

    def block(self, number: int | None = None) -> Block:
        """Return the one block that is proven."""
        block = self._header.block
        if number is None or number == block.number:
            return block
        raise Unavailable(
            f"the file proves the chain at block {block.number} of {time_text(block.time)} only",
            remedy="ask as of that time or later, or give an rpc or a chainFile",
        )

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:
        """Return the word at ``key``; zero where the account or the value is proven absent."""
        found = self._account(contract, block)
        return bytes(WORD) if found is None else word(self._evidence.node, found.storage_root, key)

    def code_hash(self, contract: bytes, block: int) -> bytes:
        """Return the account's code hash, or 32 zero bytes where it is proven absent."""
        found = self._account(contract, block)
        return bytes(WORD) if found is None else found.code_hash

    def header(self, block: int) -> bytes:
        """Return the block's header in RLP."""
        self.block(block)
        return self._encoded

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> Sequence[bytes]:
        """Return the nodes on the way to an account and to words of its storage."""
        self.block(block)
        root = self._header.state_root
        return list(needed(self._evidence.node, root, contract, slots).values())

    def _account(self, contract: bytes, block: int) -> Account | None:
        self.block(block)
        if contract not in self._accounts:
            state_root = self._header.state_root
            self._accounts[contract] = account(self._evidence.node, state_root, contract)
        return self._accounts[contract]


class NoChain:
    """The chain of a verifier who named no way to see one: every question is Unavailable."""

    @property
    def chain_id(self) -> int:
        """See ``ChainView.chain_id``."""
        raise self._unavailable()

    def block(self, number: int | None = None) -> Block:  # noqa: ARG002 - the protocol's
        """See ``ChainView.block``."""
        raise self._unavailable()

    def slot(self, contract: bytes, key: bytes, block: int) -> bytes:  # noqa: ARG002 - as above
        """See ``ChainView.slot``."""
        raise self._unavailable()

    def code_hash(self, contract: bytes, block: int) -> bytes:  # noqa: ARG002 - as above
        """See ``ChainView.code_hash``."""
        raise self._unavailable()

    def header(self, block: int) -> bytes:  # noqa: ARG002 - as above
        """See ``ProvingChain.header``."""
        raise self._unavailable()

    def proof(self, contract: bytes, slots: Sequence[bytes], block: int) -> Sequence[bytes]:  # noqa: ARG002
        """See ``ProvingChain.proof``."""
        raise self._unavailable()

    def _unavailable(self) -> Unavailable:
        return Unavailable(
            "the evidence does not prove the chain at a block that the trust file names, and"
            " the trust file names no other way to see it",
            remedy="ask for evidence proven at one of your trustedBlocks, or name an rpc or a"
            " chainFile",
        )


def chain_seen(
    evidence: Evidence, trust: Trust, view: ChainViewT
) -> tuple[ProvenChain | ChainViewT, Trust]:
    """Return how the chain is seen, and the trust file as it then counts.

    As the file proves it, if its block is one that ``trust`` names: that block is trusted to stay,
    so no confirmations are asked for, and the file's other nodes then count: one that nothing
    needs is a fault. Else through ``view``. Raises Refused if a trusted header is not one of a
    chain with a Merkle-Patricia state root.
    """
    if evidence.state is None or keccak(evidence.state.header) not in trust.trusted_blocks:
        return view, trust
    evidence.proven = True
    return ProvenChain(evidence, evidence.state.header, trust), replace(trust, confirmations=0)
