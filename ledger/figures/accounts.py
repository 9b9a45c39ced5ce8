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
    """Gross emissions that end here: |kg CO2e|, how it was checked, what part of it is primary.

    ``line`` is the open line that they are the result of; None for what lines do not show.
    ``hidden`` is whether lines that are hidden, or were not recomputed, lead on to issuers unseen.
    """

    checked: str
    share: float
    primary: float
    line: int | None = None
    hidden: bool = False


class Off(NamedTuple):
    """Removals or credits that end here: |kg CO2e|, and how they were checked.

    ``displaced`` is the number of the footprint by which a credit is given; ``hidden`` as in
    ``End``.
    """

    checked: str
    share: float
    displaced: int | None = None
    hidden: bool = False


class Edge(NamedTuple):
    """``scale`` declared amounts of the input with this number, by primary activity data or not.

    ``line`` is the line that takes them.
    """

    cited: int
    scale: float
    primary: bool
    line: int


@dataclass(slots=True)
class Account:
    """What ends at the statement with this digest, per declared amount, and what it cites.

    ``total`` are its gross emissions in kg CO2e: removals and credits raise no share. ``taken_off``
    are those that end here, by how they were checked.
    """

    digest: bytes
    total: float
    ends: list[End] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    taken_off: list[Off] = field(default_factory=list)

    def end(
        self,
        checked: str,
        weight: float,
        primary_share: Fraction,
        line: int | None = None,
        *,
        hidden: bool = False,
    ) -> None:
        """Book a contribution of which ``primary_share`` percent are primary data."""
        share = abs(weight)
        primary = share * float(primary_share) / 100 if primary_share else 0.0
        self.ends.append(End(checked, share, primary, line, hidden))

    def take_off(
        self, checked: str, weight: float, displaced: int | None = None, *, hidden: bool = False
    ) -> None:
        """Book removals or credits that end here."""
        self.taken_off.append(Off(checked, abs(weight), displaced, hidden))


def takes(
    accounts: Sequence[Account], counts: Callable[[Account, Edge], bool] | None = None
) -> list[float]:
    """Return how many declared amounts of each the last takes, by the edges that count, or all."""
    terms: list[list[float]] = [[] for _ in accounts]
    if accounts:
        terms[-1].append(1.0)
    found = [0.0] * len(accounts)
    for number in reversed(range(len(accounts))):
        account = accounts[number]
        times = found[number] = rising(terms[number])
        for edge in account.edges:
            if counts is None or counts(account, edge):
                terms[edge.cited].append(times * edge.scale)
    return found


def takes_by_rank(
    accounts: Sequence[Account], ranks: Sequence[int], count: int
) -> list[list[float]]:
    """Return how many declared amounts of each the last takes, by the highest rank on the way.

    ``ranks`` gives each account's own, from 0 to ``count`` - 1; the way includes both its ends.
    """
    if len(set(ranks)) == 1:  # each way has the one rank that there is
        return [
            [times if rank == ranks[0] else 0.0 for rank in range(count)]
            for times in takes(accounts)
        ]
    terms: list[list[list[float]]] = [[[] for _ in range(count)] for _ in accounts]
    if accounts:
        terms[-1][ranks[-1]].append(1.0)
    found = [[0.0] * count for _ in accounts]
    for number in reversed(range(len(accounts))):
        for rank in range(count):
            if not terms[number][rank]:
                continue
            times = found[number][rank] = rising(terms[number][rank])
            for edge in accounts[number].edges:
                terms[edge.cited][max(rank, ranks[edge.cited])].append(times * edge.scale)
    return found


def rising(terms: Iterable[float]) -> float:
    """Return the sum, added one by one from the smallest term up.

    Not ``sum``: what that does with doubles differs between versions of Python.
    """
    total = 0.0
    for term in sorted(terms):
        total += term
    return total
