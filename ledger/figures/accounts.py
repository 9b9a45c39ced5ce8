"""Accounts: where the gross emissions of a footprint end, and how often each input is taken.

In doubles, by one order of operations, so that everybody's verifier comes to the same last digit
(docs/verifying.md, coverage).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction


class End(NamedTuple):
    """Gross emissions that end here: |kg CO2e|, how it was checked, what part of it is primary."""

    checked: str
    share: float
    primary: float


class Edge(NamedTuple):
    """``scale`` declared amounts of the input with this number, by primary activity data or not."""

    cited: int
    scale: float
    primary: bool


@dataclass
class Account:
    """What ends at the statement with this digest, per declared amount, and what it cites.

    ``total`` are its gross emissions in kg CO2e: removals and credits raise no share. ``taken_off``
    are those that end here, by how they were checked.
    """

    digest: bytes
    total: float
    ends: list[End] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    taken_off: list[tuple[str, float]] = field(default_factory=list)

    def end(self, checked: str, weight: Fraction, primary_share: Fraction) -> None:
        """Book a contribution of which ``primary_share`` percent are primary data."""
        share = float(abs(weight))
        self.ends.append(End(checked, share, share * float(primary_share) / 100))

    def take_off(self, checked: str, weight: Fraction) -> None:
        """Book removals or credits that end here."""
        self.taken_off.append((checked, float(abs(weight))))


def takes(accounts: Sequence[Account], counts: Callable[[Account, Edge], bool]) -> list[float]:
    """Return how many declared amounts of each the last takes, by the edges that count."""
    terms: list[list[float]] = [[] for _ in accounts]
    if accounts:
        terms[-1].append(1.0)
    found = [0.0] * len(accounts)
    for number in reversed(range(len(accounts))):
        account = accounts[number]
        times = found[number] = rising(terms[number])
        for edge in account.edges:
            if counts(account, edge):
                terms[edge.cited].append(times * edge.scale)
    return found


def rising(terms: Iterable[float]) -> float:
    """Return the sum, added one by one from the smallest term up.

    Not ``sum``: what that does with doubles differs between versions of Python.
    """
    total = 0.0
    for term in sorted(terms):
        total += term
    return total
