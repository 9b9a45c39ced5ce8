"""The numbered checks of one statement, a module each: 1 envelope … 9 assurance.

Each takes a node and the context and returns one Check. None of them prints, stores or raises for
a statement that is wrong: that is what ``failed`` is for.
"""

from rootprint.ledger.verify.checks import (
    anchor,
    arithmetic,
    assurance,
    disclosure,
    envelope,
    inclusion,
    inputs,
    issuer,
    status,
)

__all__ = [
    "anchor",
    "arithmetic",
    "assurance",
    "disclosure",
    "envelope",
    "inclusion",
    "inputs",
    "issuer",
    "status",
]
