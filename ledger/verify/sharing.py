"""Who judges: checks that need no chain, of many statements, in turn or shared among processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rootprint.ledger.verify.node import Node
from rootprint.ledger.verify.report import Check

Made = tuple[Check, ...]  # the checks of one statement
Judging = Callable[[Node], Made]
# Judges each of these, wherever that is done; the answers come in the order of the statements.
Share = Callable[[Sequence[Node], Judging], Iterator[Made]]

# Whether a signature was verified ahead and is true for the key that the statement names, as its
# sources give it; False where nothing was, so that it is to be verified.
Signed = Callable[[bytes], bool]


def in_turn(nodes: Sequence[Node], judging: Judging) -> Iterator[Made]:
    """Judge one after the other, in this process (``Share``)."""
    return map(judging, nodes)


def none_ahead(_digest: bytes) -> bool:
    """Say that no signature was verified ahead (``Signed``)."""
    return False
