"""``parts``: what a footprint is made of, once for everybody who asks.

Contributions, coverage, uncertainty and what changes downstream all read a statement's lines
through this, so that none of them can see a part that another one leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.lines import signed_scale
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

    ``written`` is the line as it is signed, ``result`` the components that it shows in kg CO2e,
    ``cites`` the digest of the footprint that it takes.
    """

    index: int
    written: Mapping[str, Any]
    result: Mapping[str, Fraction]
    cites: bytes | None

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
        return signed_scale(self.line(upstream), signed.unit_table())


@dataclass(frozen=True, slots=True)
class Parts:
    """A footprint's own lines and scaled inputs, in line order, and what they leave of it.

    ``stated`` are its components in kg CO2e per declared amount; ``left`` says what ``rest`` is.
    """

    stated: Mapping[str, Fraction]
    lines: tuple[Part, ...]
    left: Rest

    def rest(self, but: Collection[int] = ()) -> dict[str, Fraction]:
        """Return what the lines leave of each component; lines ``but`` are left in it.

        With every line open it is what rounding to the footprint's places came to.
        """
        found = dict(self.stated)
        for part in self.lines:
            if part.index not in but:
                for name, value in part.result.items():
                    found[name] = found.get(name, Fraction(0)) - value
        return found


def parts(statement: Statement) -> Parts:
    """Return the parts of a footprint whose disclosures fit, per its declared amount.

    Raises Refused where they do not fit.
    """
    opened = statement.opened
    lines = tuple(
        Part(index, value, signed.result(value), _cites(value["source"]))
        for index, value in opened.lines.items()
    )
    if not has_inventory(statement):
        left = Rest.WHOLE
    else:
        left = Rest.ROUNDING if opened.complete else Rest.HIDDEN
    return Parts(signed.components(statement.subject), lines, left)


def _cites(source: Mapping[str, Any]) -> bytes | None:
    named = source.get("statement") or source.get("factor")
    return None if named is None else digest_bytes(named)
