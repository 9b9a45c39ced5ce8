"""Taking back blocks that a wrong clock stamped in the future; their transactions are mined again.

Only the embedded chain can do this, a test chain that one party runs. Nothing that was sent is
lost: each block's transactions go into a new block, in the same order, stamped by the clock as it
is now. Whoever holds the hash of a block that was taken back holds a hash that this chain has no
more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rlp
from eth.db.atomic import AtomicDB
from eth.db.schema import SchemaV1
from eth.rlp.sedes import chain_gaps
from eth_typing import BlockNumber

from rootprint.ledger.chain.mining import Evm, NodeStore, mine_step
from rootprint.ledger.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.chain.chain_file import ChainFile


@dataclass(frozen=True, slots=True)
class Restamped:
    """What restamping did: the number of the last block that stands, and what was mined again.

    ``changed`` are the hashes of transactions that ended otherwise than before: a contract may
    judge by the time.
    """

    kept: int
    blocks: int
    transactions: int
    changed: tuple[bytes, ...]


def restamp(file: ChainFile, now: int, block_time: Callable[[int], int]) -> Restamped:
    """Take back each block later than ``now`` and mine its transactions again.

    The caller holds the file's transaction, so an error leaves all as it was. ``block_time`` turns
    the parent's time into a block's. Raises Refused if block 0 itself is later.
    """
    evm = Evm(AtomicDB(NodeStore(file)))
    head = file.head()
    steps: list[list[bytes]] = []
    kept = head
    while (header := evm.get_canonical_block_header_by_number(BlockNumber(kept))).timestamp > now:
        if kept == 0:
            raise Refused(
                "the chain's first block is in the future: its clock was ahead from the beginning",
                remedy="wait until the clock has passed it, or make the ledger anew",
            )
        block = evm.get_block_by_header(header)
        steps.insert(0, [transaction.encode() for transaction in block.transactions])
        kept -= 1
    before = {row.hash: row.status for row in file.receipts_after(kept)}
    _rewind(file, kept, head, header.hash)
    for step in steps:
        mine_step(file, step, block_time)
    after = {row.hash: row.status for row in file.receipts_after(kept)}
    changed = tuple(sorted(key for key, status in before.items() if after.get(key) != status))
    return Restamped(kept, len(steps), len(after), changed)


def _rewind(file: ChainFile, kept: int, head: int, kept_hash: bytes) -> None:
    """Make block ``kept`` the newest, in our tables and in what py-evm keeps of it."""
    file.drop_after(kept)
    for number in range(kept + 1, head + 1):
        file.delete_node(SchemaV1.make_block_number_to_hash_lookup_key(BlockNumber(number)))
    gaps = rlp.encode(((), kept + 1), sedes=chain_gaps)
    file.put_node(SchemaV1.make_header_chain_gaps_lookup_key(), gaps)
    file.put_node(SchemaV1.make_chain_gaps_lookup_key(), gaps)
    file.put_node(SchemaV1.make_canonical_head_hash_lookup_key(), kept_hash)
