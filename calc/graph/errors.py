"""What can be wrong with a graph; each names the nodes, as far as a message can hold them.

CalculationError
├── UnknownId             an edge or a question names a node that was not given
├── DuplicateId           one id twice among the nodes
├── NotEarlier            signed inputs that are not earlier than what cites them
├── NotProductive         a cycle that needs all it makes, or more, to keep running
├── NotFinite             NaN or infinity, given or come to
├── NothingMade           a reference output of zero
└── NoPath                a question about one node's part in another that takes none of it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED = 5


class UnknownId(CalculationError):
    """An id that is not among the nodes."""

    code = "unknown-id"


class DuplicateId(CalculationError):
    """The same id given to two nodes."""

    code = "duplicate-id"


class NotEarlier(CalculationError):
    """An input that does not stand before what cites it, where log order was promised."""

    code = "not-earlier"


class NotProductive(CalculationError):
    """A cycle whose block is singular, or whose spectral radius is 1 or more."""

    code = "not-productive"


class NotFinite(CalculationError):
    """NaN or infinity among what was given, or an overflow on the way."""

    code = "not-finite"


class NothingMade(CalculationError):
    """A process whose reference output is zero: nothing to give its footprint per unit of."""

    code = "nothing-made"


class NoPath(CalculationError):
    """One node takes nothing of another."""

    code = "no-path"


def named(names: Sequence[str], *, count: int | None = None) -> str:
    """Return the first few names and how many more there are."""
    total = len(names) if count is None else count
    shown = ", ".join(names[:NAMED])
    return shown if total <= NAMED else f"{shown} and {total - NAMED:,} more"
