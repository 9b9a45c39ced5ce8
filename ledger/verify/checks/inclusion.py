"""Check 3, inclusion: the entry rebuilt from the statement stands under a signed checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.entry import entry_of
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.verify.report import Check, Found, failed, not_checked, passed, with_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

NUMBER = 3


def check(node: Node, _nodes: Mapping[bytes, Node], context: Context) -> Check:
    """Verify the log proof; the entry is never read from a file."""
    if node.statement is None:
        return not_checked(NUMBER, "the envelope could not be read")
    trust = context.trust
    if node.statement.log != trust.log_key.name:
        return failed(
            NUMBER,
            "the statement is meant for another log",
            (node.statement.log, trust.log_key.name),
        )
    proof_text = context.sources.proof(node.digest)
    if proof_text is None:
        return not_checked(NUMBER, "its log proof is not available")
    try:
        proof = parse_log_proof(proof_text.text)
        context.check_signatures(proof.checkpoint)
        proof.verify(entry_of(node.statement))
    except Refused as error:
        return failed(NUMBER, str(error))
    point = proof.checkpoint.checkpoint
    root = point.root.hex()
    proven = passed(NUMBER, f"entry {proof.index} in checkpoint {point.size}", (root, root))
    return with_found(proven, Found(proof=proof, index=proof.index))
