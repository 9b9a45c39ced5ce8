"""Variant pools as numbers: rows, the base number, and how both are compared with a variant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.columns import gross
from rootprint.calc.laws import Base, Variant
from rootprint.ledger.figures.signed import components, exact, unit_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from fractions import Fraction

_TOTAL: Final = "pcfExcludingBiogenicUptake"


def pool_rows(rows: Iterable[Mapping[str, Any]]) -> list[Variant]:
    """Return the rows of a pool, as signed, as numbers: volumes in its unit, values in kg CO2e."""
    return [Variant(row.get("variant"), exact(row["volume"]), exact(row["value"])) for row in rows]


def base_number(subject: Mapping[str, Any]) -> Base:
    """Return a footprint's number as a pool parts it, in kg CO2e per its declared amount."""
    return Base(exact(subject["pcf"][_TOTAL]), gross(components(subject)))


def per_base(pcf: Mapping[str, Any], base: Mapping[str, Any]) -> Fraction:
    """Return a footprint's number for the declared amount of another ``pcf``, its base's.

    Raises UnitNotConvertible where the two are declared in units of two kinds.
    """
    unit, into = pcf["declaredUnitOfMeasurement"], base["declaredUnitOfMeasurement"]
    amount = exact(pcf["declaredUnitAmount"]) * unit_table().factor(unit, into)
    return exact(pcf[_TOTAL]) * exact(base["declaredUnitAmount"]) / amount


def volume_in(volume: Fraction, unit: str, into: str) -> Decimal:
    """Return a volume in another unit: every digit where 34 say it, else 15 significant ones."""
    return plain_decimal(volume * unit_table().factor(unit, into))
