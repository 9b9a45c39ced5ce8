"""What Python says of a claim, and what the contracts must say then.

They agree where both accept or both refuse. The contracts refuse in several ways, and each way has
its rule here: what the ABI can't say, and no verifier may accept; what is no growth; what is more
than a row may grow or hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core import merkle
from rootprint.ledger.core.errors import BadProof
from tests.differential.changes import HASH, WORD
from tests.differential.claims import HIGHEST, INCLUSION

if TYPE_CHECKING:
    from tests.differential.claims import Claim

TRUE, FALSE = "true", "false"
UNSAYABLE: Final = "refused by the ABI"
NO_APPEND: Final = "refused: NotAnAppend"
TOO_LARGE: Final = "refused: GrowthTooLarge"
MAX_GROWTH: Final = 1 << 24
LARGEST_ROW: Final = (1 << HIGHEST) - 1


def python_says(claim: Claim) -> bool:
    """Return whether ledger.core accepts the claim; BadProof is the one way to refuse."""
    try:
        if claim.question == INCLUSION:
            merkle.verify_inclusion(claim.small, claim.large, claim.first, claim.path, claim.second)
        else:
            merkle.verify_consistency(
                claim.small, claim.large, claim.first, claim.second, claim.path
            )
    except BadProof:
        return False
    return True


def has_row(claim: Claim) -> bool:
    """Tell whether a row of the registry can hold the tree that the claim is about."""
    size = claim.large if claim.question == INCLUSION else claim.small
    return 1 <= size <= LARGEST_ROW


def library_must_say(claim: Claim, *, accepted: bool) -> str:
    """Return what RFC9162.sol must answer where Python accepted the claim, or did not."""
    if _unsayable(claim):
        return TRUE if accepted else UNSAYABLE
    if claim.question != INCLUSION and claim.small == claim.large:
        return FALSE  # the same tree is consistent with itself, and no append
    return TRUE if accepted else FALSE


def registry_must_say(claim: Claim, *, accepted: bool) -> str:
    """Return what CheckpointRegistry must do, asked about a row or to append one."""
    said = library_must_say(claim, accepted=accepted)
    if said == UNSAYABLE or claim.question == INCLUSION:
        return said
    if claim.large > min(claim.small + MAX_GROWTH, LARGEST_ROW):
        return TOO_LARGE
    return TRUE if said == TRUE else NO_APPEND


def _unsayable(claim: Claim) -> bool:
    numbers = claim.small >= WORD or claim.large >= WORD
    return numbers or any(len(digest) != HASH for digest in claim.path)
