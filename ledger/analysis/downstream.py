"""Upwards from one footprint: which later ones rest on it, and how much of it each takes.

Statements come in log order, so each comes after all that it cites, and one look at each is enough.
What rests on it through a hidden inventory is not seen here; the result says of how many statements
that holds, and which of the effects found may therefore be only a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rootprint.calc.contributions.model import double
from rootprint.calc.errors import CalculationError
from rootprint.calc.graph import Graph
from rootprint.ledger import figures
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import Rest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.figures import Parts


@dataclass(frozen=True)
class Effect:
    """What becomes of one footprint, in kg CO2e per its declared amount, before any rounding.

    ``whole`` is False where its own inventory, or one between it and the changed statement, is
    hidden: then the difference is what is known of the change.
    """

    statement: Statement
    difference: Fraction
    whole: bool = True

    @property
    def stated(self) -> str:
        """The signed total's text."""
        return str(self.statement.subject["pcf"]["pcfExcludingBiogenicUptake"])

    @cached_property
    def percent(self) -> Fraction | None:
        """The difference in percent of |stated|; None of a footprint of nothing."""
        stated = abs(figures.exact(self.stated))
        return 100 * self.difference / stated if stated else None


@dataclass(frozen=True)
class Unsaid:
    """Later footprints of which nothing can be said, in log order.

    ``hidden`` keep lines, or all of them, to themselves; ``above`` are open, and rest on those.
    """

    hidden: Sequence[Statement]
    above: Sequence[Statement]


class Downstream:
    """Collects what rests on ``changed``, a footprint; Refused for another kind of statement.

    ``take`` every later statement in log order, then ask. Signatures and totals are not checked
    here: whoever needs that walks from what is found.
    """

    def __init__(self, changed: Statement) -> None:
        if changed.kind != FOOTPRINT:
            message = f"an {changed.kind} has no footprint that could change"
            raise Refused(message, remedy="name the footprint that it is about")
        # Without their disclosures: those of a hundred thousand are not kept in memory.
        self._statements = [changed.bare]
        self._cited = [figures.cited(changed.subject)]
        self._place = {changed.digest: 0}
        self._edges: list[tuple[int, int, float]] = []
        self._partial: set[bytes] = set()  # what may take more of it than is seen, or any at all
        self._hidden: list[Statement] = []
        self._above: list[Statement] = []

    @property
    def stated(self) -> Fraction:
        """The changed statement's signed total."""
        return figures.exact(Effect(self._statements[0], Fraction(0)).stated)

    def take(self, statement: Statement) -> None:
        """Look at the next statement of the log."""
        if statement.kind != FOOTPRINT or not has_inventory(statement):
            return
        try:
            found = figures.parts(statement)
            scales, hidden = self._scales(found), found.left is Rest.HIDDEN
            above = any(part.cites in self._partial for part in found.lines)
        except CalculationError:  # units that can't be converted: nothing follows from its lines
            scales, hidden, above = [], True, False
        except Refused:  # nor from disclosures that do not fit
            scales, hidden, above = [], True, False
        if hidden or above:
            self._partial.add(statement.digest)
        if scales:
            number = len(self._statements)
            self._place[statement.digest] = number
            self._edges += ((number, place, times) for place, times in scales)
            self._statements.append(statement.bare)
            self._cited.append(figures.cited(statement.subject))
        elif hidden:
            self._hidden.append(statement.bare)
        elif above:
            self._above.append(statement.bare)

    def effects(self, value: Fraction) -> list[Effect]:
        """Return the changed statement's own effect, then those that rest on it, largest first.

        As if its total were ``value`` and every issuer composed again. By |percent| of the own
        total: kilograms per piece and per tonne don't compare. Ties in log order. Raises
        CalculationError for the value that is stated, or where no double holds an amount.
        """
        difference = value - self.stated
        if not difference:
            message = "the value is the one that is stated, so nothing changes"
            raise CalculationError(message, remedy="give another value")
        own = np.zeros(len(self._statements))
        own[0] = 1.0
        takes = Graph.of(len(self._statements), self._edges).footprints(own).tolist()
        first, *others = [
            Effect(statement, Fraction(amount) * difference, statement.digest not in self._partial)
            for statement, amount in zip(self._statements, takes, strict=True)
        ]
        return [first, *sorted(others, key=_largest_first)]

    @property
    def unsaid(self) -> Unsaid:
        """The later footprints of which nothing can be said."""
        return Unsaid(tuple(self._hidden), tuple(self._above))

    def _scales(self, found: Parts) -> list[tuple[int, float]]:
        """Return (place, declared amounts) of what the open lines take of what is collected."""
        return [
            (self._place[part.cites], double(part.scale(self._cited[self._place[part.cites]])))
            for part in found.lines
            if part.cites in self._place
        ]


def _largest_first(effect: Effect) -> tuple[bool, Fraction]:
    percent = effect.percent
    return percent is not None, Fraction(0) if percent is None else -abs(percent)
