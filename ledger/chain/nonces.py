"""What several endpoints say of one account's nonce after one block, and which of them is right.

All were asked after the same block, by its hash: then two that disagree can't both be right, and
the state root in that block's header says who is (EIP-1186).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rootprint.ledger.chain.examining import name_of
from rootprint.ledger.core.errors import LedgerError
from rootprint.ledger.core.keccak import keccak
from rootprint.ledger.core.stateproof import Header, account

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.chain.rpc import RpcChain


@dataclass(frozen=True)
class Ruling:
    """The nonce that counts, why each endpoint that said another is false, and what is open.

    ``doubt`` is in words, "" where the nonce is proven, or all or most said it.
    """

    nonce: int
    false: Mapping[RpcChain, str] = field(default_factory=dict)
    doubt: str = ""


def ruling(
    endpoints: Sequence[RpcChain], said: Mapping[RpcChain, int], address: bytes, block: int
) -> Ruling:
    """Return which of the nonces that were said counts; ``said`` has one at least.

    What a block's state proves counts before what most say. Where nothing is proven and no nonce
    has most of them, the lower one of the middle counts: one that is too low is refused, one that
    is too high is never mined.
    """
    counted = Counter(said.values())
    if len(counted) == 1:
        return Ruling(next(iter(counted)))
    proven = _proven(list(said), address, block)
    likeliest, voices = counted.most_common(1)[0]
    if proven is None and 2 * voices <= len(said):
        return Ruling(
            sorted(said.values())[(len(said) - 1) // 2],
            doubt=_doubt(endpoints, said, address, block),
        )
    nonce = likeliest if proven is None else proven
    why = "most say" if proven is None else "that block's state proves"
    return Ruling(
        nonce,
        {
            one: f"{name_of(endpoints, one)} says that the nonce of account 0x{address.hex()} is "
            f"{its} after block {block}, and {why} {nonce}"
            for one, its in said.items()
            if its != nonce
        },
    )


def _proven(asked: Sequence[RpcChain], address: bytes, block: int) -> int | None:
    """Return the nonce that the block's hash proves; None where no endpoint can prove one."""
    for endpoint in asked:
        try:
            root = Header.parse(endpoint.header(block)).state_root
            nodes = {keccak(node): node for node in endpoint.proof(address, [], block)}
            found = account(nodes.get, root, address)
        except LedgerError:
            continue
        return 0 if found is None else found.nonce
    return None


def _doubt(
    endpoints: Sequence[RpcChain], said: Mapping[RpcChain, int], address: bytes, block: int
) -> str:
    words = ", ".join(f"{name_of(endpoints, one)} says {its}" for one, its in said.items())
    return (
        f"endpoints disagree about the nonce of account 0x{address.hex()} after block {block}, and "
        f"none proves it: {words}. While the lower one is false, nothing is anchored: compare with "
        "a block explorer, and leave out the endpoint that is wrong (rootprint chain use --rpc URL)"
    )
