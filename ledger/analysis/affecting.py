"""Upwards from statements whose standing is in question: whose footprints rest on them, how much.

Statements come in log order, so each comes after all that it cites. What rests on one through a
hidden inventory is not seen here: it is counted, and named as hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import gross
from rootprint.calc.coverage import percent
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text, half_up, total_places
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import ASSURANCE, FOOTPRINT
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import Rest
from rootprint.ledger.verify import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.calc.lines import Cited
    from rootprint.ledger.core.statement import Statement

AFFECTED_VERSION: Final = 1
_PLACES: Final = 2
_SIGNIFICANT: Final = 4


@dataclass(frozen=True)
class Resting:
    """A footprint of whose gross ``kilograms`` (CO2e, per declared amount) rest on the statements.

    ``own`` says that it is one of them. ``whole`` is False where lines of it, or of one between,
    are hidden here: then there may be more.
    """

    statement: Statement
    kilograms: float
    total: float
    own: bool = False
    whole: bool = True


class Affected:
    """Collects what rests on the statements that ``start`` says; ``take`` each in log order.

    A footprint rests on what its open lines take, credits excepted, and as a whole on the records
    that it names: its process record, its pool, its claims and their retirements.
    """

    def __init__(self, start: Callable[[Statement], bool]) -> None:
        self._start, self._met = start, False
        self._resting: dict[bytes, Resting] = {}
        self._cited: dict[bytes, Cited] = {}
        self._records: set[bytes] = set()
        self._unseen: set[bytes] = set()
        self.assured: list[bytes] = []
        self.hidden = 0

    @property
    def footprints(self) -> list[Resting]:
        """What was found, in log order."""
        return list(self._resting.values())

    def take(self, statement: Statement) -> None:
        """Look at the next statement of the log."""
        starts = self._start(statement)
        self._met |= starts
        if not self._met:
            return  # an input is always the earlier statement
        if statement.kind == ASSURANCE and starts and statement.concerns is not None:
            self.assured.append(statement.concerns)
        node = Node(statement.digest, 0, (), statement=statement, logged=True)
        if statement.kind != FOOTPRINT:
            named = node.records()
            if starts or any(one in self._records or one in self._resting for one in named):
                self._records.add(statement.digest)
            return
        whole = gross(figures.components(statement.subject))
        if starts or any(one in self._records for one in node.records()):
            self._add(statement, float(whole), float(whole), own=starts)
            return
        if has_inventory(statement):
            self._take_lines(statement, float(whole))

    def _take_lines(self, statement: Statement, whole: float) -> None:
        try:
            found = figures.parts(statement)
            hidden, taken = found.left is Rest.HIDDEN, 0.0
            for part in found.lines:
                hidden |= part.cites in self._unseen
                if part.cites is None or part.cites not in self._resting or part.credit:
                    continue
                scale = float(part.scale(self._cited[part.cites]))
                taken += scale * self._resting[part.cites].kilograms
                hidden |= not self._resting[part.cites].whole
        except (CalculationError, Refused):  # nothing follows from lines that can't be read
            hidden, taken = True, 0.0
        if taken:
            self._add(statement, taken, whole, hidden=hidden)
        elif hidden:
            self._unseen.add(statement.digest)
            self.hidden += 1

    def _add(
        self,
        statement: Statement,
        kilograms: float,
        total: float,
        *,
        own: bool = False,
        hidden: bool = False,
    ) -> None:
        bare = statement.bare
        self._resting[statement.digest] = Resting(bare, kilograms, total, own, not hidden)
        self._cited[statement.digest] = figures.cited(statement.subject)


def affected(found: Affected, said: Callable[[Statement], Mapping[str, Any]]) -> dict[str, Any]:
    """Return what was found as JSON; ``said`` adds what the caller knows of a statement's issuer.

    ``affected`` are the footprints of others and later ones of the same issuer, the largest share
    of the gross first; ``own`` counts the statements themselves that are footprints.
    """
    others = [one for one in found.footprints if not one.own]
    others.sort(key=lambda one: -_share(one))
    return {
        "version": AFFECTED_VERSION,
        "unit": "kg CO2e",
        "own": sum(one.own for one in found.footprints),
        "assured": [digest_text(one) for one in dict.fromkeys(found.assured)],
        "affected": [_row(one, said) for one in others],
        "holders": sorted({one.statement.issuer for one in others}),
        "hidden": found.hidden,
    }


def _row(one: Resting, said: Callable[[Statement], Mapping[str, Any]]) -> dict[str, Any]:
    pcf = one.statement.subject["pcf"]
    return {
        "statement": digest_text(one.statement.digest),
        "product": one.statement.subject["productNameCompany"],
        **said(one.statement),
        "declaredUnitAmount": pcf["declaredUnitAmount"],
        "declaredUnitOfMeasurement": pcf["declaredUnitOfMeasurement"],
        "kgCO2e": _kilograms(one.kilograms),
        "percent": decimal_text(half_up(Fraction(percent(one.kilograms, one.total)), _PLACES))
        if one.total
        else None,
        "whole": one.whole,
    }


def _kilograms(amount: float) -> str:
    places = max(0, total_places(Fraction(amount), _SIGNIFICANT, 0))
    return decimal_text(half_up(Fraction(amount), places))


def _share(one: Resting) -> float:
    return one.kilograms / one.total if one.total else 0.0
