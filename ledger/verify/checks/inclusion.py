"""Check 3, inclusion: the entry rebuilt from the statement stands under a signed checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.checkpoint import parse_checkpoint
from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import Refused, Unavailable
from rootprint.ledger.core.logproof import LogProof
from rootprint.ledger.core.merkle import inclusion_proof
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import Check, failed, not_checked, passed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 3


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Prove the entry under its checkpoint; the entry is never read from a file."""
    if node.statement is None:
        return not_checked(NUMBER, "the envelope could not be read")
    trust = context.trust
    if node.statement.log != trust.log_key.name:
        return failed(
            NUMBER,
            "the statement is meant for another log",
            (node.statement.log, trust.log_key.name),
        )
    place = context.place(node.digest)
    if place is None:
        return not_checked(NUMBER, "its log proof is not available")
    try:
        signed = parse_checkpoint(place.checkpoint)
        context.check_signatures(signed)
        path = inclusion_proof(place.index, signed.checkpoint.size, context.tree)
        proof = LogProof(place.index, tuple(path), signed)
        proof.verify(entry_of(node.statement))
    except Unavailable as error:
        return not_checked(NUMBER, str(error))
    except Refused as error:
        return failed(NUMBER, str(error))
    point = proof.checkpoint.checkpoint
    root = point.root.hex()
    reason = f"entry {proof.index} in checkpoint {point.size}"
    return passed(NUMBER, reason, (root, root), found=Found(proof=proof, index=proof.index))
