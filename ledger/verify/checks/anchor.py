"""Check 4, anchor: the first row of the trusted contract that covers the entry; gives t."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.core.merkle import consistency_proof, verify_consistency
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import Check, failed, not_checked, passed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.chain import CheckpointRow
    from rootprint.ledger.core.checkpoint import Checkpoint
    from rootprint.ledger.core.history import History
    from rootprint.ledger.core.merkle import Nodes
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
    place = context.place(node.digest)
    try:
        history = context.history
        found = _first(history, node.proof.index, None if place is None else place.row)
    except Refused as error:
        return failed(NUMBER, str(error))
    said = history.said()
    if found is None and history.current.frozen_at:
        return not_checked(NUMBER, f"{said}: no checkpoint that covers the entry was anchored")
    since = f"; {said}" if said else ""
    if found is None:
        return not_checked(NUMBER, f"pending: no anchored checkpoint covers the entry yet{since}")
    number, row = found
    point = node.proof.checkpoint.checkpoint
    mine, theirs = _show(point.size, point.root), _show(row.size, row.root)
    try:
        _tie(point, row, context.tree)
    except Unavailable as error:
        return not_checked(NUMBER, str(error))
    except Refused as error:
        reason = f"the checkpoint is not the first anchored one that covers the entry: {error}"
        return failed(NUMBER, reason, (mine, theirs))
    anchored = f"anchored as row {number} at {time_text(row.time)}{since}"
    return passed(NUMBER, anchored, (mine, theirs), found=Found(row=number, t=row.time))


def _first(history: History, index: int, hint: int | None) -> tuple[int, CheckpointRow] | None:
    """Return the first row that covers the entry; a hint spares the search, never the proof."""
    if hint is None:
        return history.first_covering(index)
    row = history.row(hint)
    if row.size > index and (not hint or history.size(hint - 1) <= index):
        return hint, row
    if history.renumbers(hint):  # it was named before the log had a successor
        return history.first_covering(index)
    if not row.size:  # beyond the last row every word is zero: it was anchored after this block
        return None
    raise Refused(f"row {hint} is not the first anchored one that covers the entry")


def _tie(point: Checkpoint, row: CheckpointRow, tree: Nodes) -> None:
    # Of two trees of one log the smaller is a beginning of the larger; equal ones need no proof.
    first, second = (point, row) if point.size <= row.size else (row, point)
    same = first.size == second.size
    path = [] if same else consistency_proof(first.size, second.size, tree)
    verify_consistency(first.size, second.size, first.root, second.root, path)


def _show(size: int, root: bytes) -> str:
    return f"size {size}, root {root.hex()}"
