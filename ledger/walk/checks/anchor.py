"""Check 4, anchor: the first row of the trusted contract that covers the entry; gives t."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.core.encoding import time_text
from ledger.core.errors import Refused
from ledger.core.merkle import verify_consistency
from ledger.walk.report import Check, failed, not_checked, passed

if TYPE_CHECKING:
    from ledger.core.chain import CheckpointRow
    from ledger.core.checkpoint import Checkpoint
    from ledger.walk.context import Context
    from ledger.walk.node import Node

NUMBER = 4


def check(node: Node, context: Context) -> Check:
    """Find the first covering row, tie the proof's checkpoint to it, and set the node's t."""
    fault = context.fault(context.trust.contracts.checkpoint_registry)
    if fault is not None:
        return failed(NUMBER, fault)
    if node.proof is None:
        return not_checked(NUMBER, "without a proven entry there is nothing to look for")
    found = context.reader.first_covering(context.trust.log_id, node.proof.index)
    if found is None:
        return not_checked(NUMBER, "pending: no anchored checkpoint covers the entry yet")
    number, row = found
    point = node.proof.checkpoint.checkpoint
    mine, theirs = _show(point.size, point.root), _show(row.size, row.root)
    proof = context.sources.proof(node.digest)
    try:
        _tie(point, row, proof.consistency if proof is not None else ())
    except Refused as error:
        reason = f"the checkpoint is not the first anchored one that covers the entry: {error}"
        return failed(NUMBER, reason, (mine, theirs))
    node.t = row.time
    return passed(NUMBER, f"anchored as row {number} at {time_text(row.time)}", (mine, theirs))


def _tie(point: Checkpoint, row: CheckpointRow, path: tuple[bytes, ...]) -> None:
    if point.size <= row.size:
        verify_consistency(point.size, row.size, point.root, row.root, path)
    else:
        verify_consistency(row.size, point.size, row.root, point.root, path)


def _show(size: int, root: bytes) -> str:
    return f"size {size}, root {root.hex()}"
