"""The numbered checks of one statement, a module each: 1 envelope … 10 conformity.

Each is ``check(node, nodes, context)``: the statement, all that are on the walk by digest, and
what the verifier has; it returns one Check. Those that need no neighbour are given none. None of
them prints, stores or raises for a statement that is wrong: that is what ``failed`` is for.
"""

from rootprint.ledger.verify.checks import (
    anchor,
    arithmetic,
    assurance,
    conformity,
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
    "conformity",
    "disclosure",
    "envelope",
    "inclusion",
    "inputs",
    "issuer",
    "status",
]
