"""What a report says in numbers, as typed values with their units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT: Final = "kg CO2e"


@dataclass(frozen=True)
class Total:
    """A footprint as its issuer signed it: ``value`` in ``unit`` per ``amount`` ``of``.

    ``value`` is pcfExcludingBiogenicUptake, the sum of ``gross`` (≥ 0), ``removals`` and
    ``credits`` (both ≤ 0); ``including`` counts biogenic uptake and release too.
    """

    value: Decimal
    including: Decimal
    gross: Decimal
    removals: Decimal
    credits: Decimal
    amount: Decimal
    of: str
    unit: str = UNIT

    @classmethod
    def of_totals(cls, totals: Mapping[str, Any]) -> Total:
        """Read it from the members ``totals`` of a report."""
        return cls(
            value=Decimal(totals["pcfExcludingBiogenicUptake"]),
            including=Decimal(totals["pcfIncludingBiogenicUptake"]),
            gross=Decimal(totals["gross"]),
            removals=Decimal(totals["removals"]),
            credits=Decimal(totals["credits"]),
            amount=Decimal(totals["declaredUnitAmount"]),
            of=totals["declaredUnitOfMeasurement"],
            unit=totals["unit"],
        )

    def __str__(self) -> str:
        return f"{self.value} {self.unit} per {self.amount} {self.of}"


@dataclass(frozen=True)
class Coverage:
    """How the contributions were checked, and on what data they rest: partitions in percent.

    ``checked`` has recomputed, assured, signed and unsigned, ``data`` primary and secondary, both
    of the gross; ``taken_off`` has those of ``checked`` of removals and credits, and is None where
    nothing is taken off. Each adds up to 100.00.
    """

    checked: Mapping[str, Decimal]
    data: Mapping[str, Decimal]
    taken_off: Mapping[str, Decimal] | None = None
    unit: str = "%"

    @classmethod
    def of_shares(
        cls,
        checked: Mapping[str, str],
        data: Mapping[str, str],
        taken_off: Mapping[str, str] | None = None,
    ) -> Coverage:
        """Make it of printed shares."""
        off = None if taken_off is None else _decimals(taken_off)
        return cls(_decimals(checked), _decimals(data), off)

    @property
    def recomputed(self) -> Decimal:
        """What was recomputed down to factors."""
        return self.checked["recomputed"]

    @property
    def primary(self) -> Decimal:
        """What primary activity data leads down to."""
        return self.data["primary"]

    def json(self) -> dict[str, dict[str, str] | None]:
        """Return the report's JSON of it."""
        return {
            "checked": _texts(self.checked),
            "data": _texts(self.data),
            "takenOff": None if self.taken_off is None else _texts(self.taken_off),
        }


def _decimals(shares: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(share) for name, share in shares.items()}


def _texts(shares: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(share) for name, share in shares.items()}
