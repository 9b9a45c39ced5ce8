"""The kinds of mutation, by name; importing this enters all of them."""

from __future__ import annotations

from tests.agreement.kinds import (
    benign,
    chain,
    figures,
    fitting,
    log,
    members,
    numbers,
    shapes,
    signing,
    standing,
    texts,
    tries,
)
from tests.agreement.kinds.registry import KINDS, Mutation

__all__ = [
    "KINDS",
    "Mutation",
    "benign",
    "chain",
    "figures",
    "fitting",
    "log",
    "members",
    "numbers",
    "shapes",
    "signing",
    "standing",
    "texts",
    "tries",
]
