"""Check 4, anchor: the first row of the trusted contract that covers the entry; gives t."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.merkle import verify_consistency
from rootprint.ledger.verify.report import Check, Found, failed, not_checked, passed, with_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.chain import CheckpointRow
    from rootprint.ledger.core.checkpoint import Checkpoint
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 4


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Find the first covering row, tie the proof's checkpoint to it, which gives t."""
    fault = context.fault(context.trust.contracts.checkpoint_registry)
    if fault is not None:
        return failed(NUMBER, fault)
    if node.proof is None:
        return not_checked(NUMBER, "without a proven entry there is nothing to look for")
    source = context.sources.proof(node.digest)
    hint, path = (None, ()) if source is None else (source.row, source.consistency)
    try:
        found = _first(context, node.proof.index, hint)
    except Refused as error:
        return failed(NUMBER, str(error))
    if found is None:
        return not_checked(NUMBER, "pending: no anchored checkpoint covers the entry yet")
    number, row = found
    point = node.proof.checkpoint.checkpoint
    mine, theirs = _show(point.size, point.root), _show(row.size, row.root)
    try:
        _tie(point, row, path)
    except Refused as error:
        reason = f"the checkpoint is not the first anchored one that covers the entry: {error}"
        return failed(NUMBER, reason, (mine, theirs))
    anchored = f"anchored as row {number} at {time_text(row.time)}"
    return with_found(passed(NUMBER, anchored, (mine, theirs)), Found(row=number, t=row.time))


def _first(context: Context, index: int, hint: int | None) -> tuple[int, CheckpointRow] | None:
    """Return the first row that covers the entry; a hint spares the search, never the proof."""
    reader, log = context.reader, context.trust.log_id
    if hint is None:
        return reader.first_covering(log, index)
    row = reader.checkpoint(log, hint)
    if not row.size:  # beyond the last row every word is zero: it was anchored after this block
        return None
    if row.size <= index or (hint and reader.checkpoint(log, hint - 1).size > index):
        raise Refused(f"row {hint} is not the first anchored one that covers the entry")
    return hint, row


def _tie(point: Checkpoint, row: CheckpointRow, path: tuple[bytes, ...]) -> None:
    if point.size <= row.size:
        verify_consistency(point.size, row.size, point.root, row.root, path)
    else:
        verify_consistency(row.size, point.size, row.root, point.root, path)


def _show(size: int, root: bytes) -> str:
    return f"size {size}, root {root.hex()}"
