"""``parts``: what a footprint is made of, once for everybody who asks.

Contributions, coverage, uncertainty and what changes downstream all read a statement's lines
through this, so that none of them can see a part that another one leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.amounts import Amounts, over_one
from rootprint.calc.lines import times
from rootprint.ledger.core.encoding import digest_bytes
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import signed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rootprint.calc.lines import Cited, Line
    from rootprint.ledger.core.statement import Statement


class Rest(StrEnum):
    """What it is that the open lines do not show."""

    WHOLE = "whole"  # all of it: there is no inventory
    HIDDEN = "hidden"  # lines that are hidden, all or some
    ROUNDING = "rounding"  # every line is open


@dataclass(frozen=True, slots=True)
class Part:
    """One open line, per declared amount: an own part, or a scaled input where it ``cites``.

    ``written`` is the line as it is signed, ``cites`` the digest of the footprint that it takes.
    """

    index: int
    written: Mapping[str, Any]
    cites: bytes | None

    @property
    def result(self) -> Amounts:
        """The components that it shows, in kg CO2e."""
        return signed.result(self.written)

    @property
    def credit(self) -> bool:
        """Whether it takes off what its source stands for."""
        return signed.is_credit(self.written)

    def line(self, upstream: Cited | None = None) -> Line:
        """Return it as it is calculated with; ``upstream`` is what it cites, if that is known."""
        return signed.line(self.written, upstream)

    def scale(self, upstream: Cited) -> Fraction:
        """Return how many declared amounts of what it cites it takes, less than 0 of a credit.

        Raises CalculationError where the units do not convert.
        """
        return Fraction(*self._times(upstream))

    def nearest_scale(self, upstream: Cited) -> float:
        """Return the double that is nearest to ``scale``; raises as that, and OverflowError."""
        above, below = self._times(upstream)
        return above / below

    def _times(self, upstream: Cited) -> tuple[int, int]:
        amount = self.written["amount"]
        above, below = times(
            signed.exact(amount["value"]), amount["unit"], upstream, signed.unit_table()
        )
        return (-above if self.credit else above), below


@dataclass(frozen=True, slots=True)
class Parts:
    """A footprint's own lines and scaled inputs, in line order, and what they leave of it.

    ``stated`` are its components in kg CO2e per declared amount; ``left`` says what ``rest`` is.
    """

    stated: Amounts
    lines: tuple[Part, ...]
    left: Rest

    def rest(self, but: Collection[int] = ()) -> Amounts:
        """Return what the lines leave of each component; lines ``but`` are left in it.

        With every line open it is what rounding to the footprint's places came to.
        """
        results = [part.result for part in self.lines if part.index not in but]
        (stated, *shown), below = over_one([self.stated, *results])
        found = dict(stated)
        for result in shown:
            for name, value in result.items():
                found[name] = found.get(name, 0) - value
        return Amounts(found, below)


def parts(statement: Statement) -> Parts:
    """Return the parts of a footprint whose disclosures fit, per its declared amount.

    Raises Refused where they do not fit.
    """
    opened = statement.opened
    lines = tuple(
        Part(index, value, _cites(value["source"])) for index, value in opened.lines.items()
    )
    if not has_inventory(statement):
        left = Rest.WHOLE
    else:
        left = Rest.ROUNDING if opened.complete else Rest.HIDDEN
    return Parts(signed.components(statement.subject), lines, left)


def _cites(source: Mapping[str, Any]) -> bytes | None:
    named = source.get("statement") or source.get("factor")
    return None if named is None else digest_bytes(named)
