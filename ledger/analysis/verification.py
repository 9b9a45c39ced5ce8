"""Verification shares: percent of the result that rests on data somebody verified, and who.

Attributes of Catena-X PCF 9.0.0 (VerificationAndCertificationSharesEntity). A contribution counts
once, with the strongest verification on its path; with what was not verified the shares add to 100.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.calc.contributions import by_highest_rank
from rootprint.calc.coverage import partition
from rootprint.ledger.verify import independence
from rootprint.ledger.verify.checks import assurance

if TYPE_CHECKING:
    from rootprint.ledger.analysis.reading import Known
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Context, Node

# By rank: what was verified counts with the highest of these on its path.
SHARES: Final = (
    "unverified",
    "productVerificationShare1stParty",
    "productVerificationShare2ndParty",
    "productVerificationShare3rdParty",
    "programCertificationShare",
)
_NONE, _FIRST, _SECOND, _THIRD, _PROGRAMME = range(5)


def verification(known: Known, context: Context) -> dict[str, str] | None:
    """Return the five shares in percent, adding to 100.00; None where nothing contributes."""
    buyers = _buyers(known)
    ranks = [
        max(
            (
                _rank(node, other, found, buyers)
                for other, found in assurance.in_force(node, context)
            ),
            default=0,
        )
        for node in known.nodes
    ]
    found = by_highest_rank(known.composition, known.subject, ranks)
    return partition({name: found.get(rank, 0.0) for rank, name in enumerate(SHARES)})


def _rank(node: Node, other: Node, found: Statement, buyers: dict[bytes, set[str]]) -> int:
    if found.subject["outcome"] != "positive" or found.subject["coverage"] == "calculation-model":
        return _NONE  # a model that was looked at verifies no data
    if independence.related(node, other) is not None:
        return _FIRST  # by the issuer itself, or by a body of its own
    if found.issuer in buyers[node.digest]:
        return _SECOND
    return _PROGRAMME if found.subject["coverage"] == "programme" else _THIRD


def _buyers(known: Known) -> dict[bytes, set[str]]:
    """Return who has an interest in each product: who takes it, and the subject's issuer."""
    issuer = known.statements[known.subject].issuer
    buyers = {node.digest: {issuer} for node in known.nodes}
    for node in known.nodes:
        for citing in node.cited_by:
            if citing.statement is not None:
                buyers[node.digest].add(citing.statement.issuer)
    return buyers
