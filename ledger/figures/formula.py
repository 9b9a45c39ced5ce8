"""Whether a line of the Circular Footprint Formula takes what the formula says that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.circular import Circular
from rootprint.calc.rounding import decimal_text
from rootprint.ledger.figures.signed import exact, unit_table

if TYPE_CHECKING:
    from collections.abc import Mapping


def formula_amount(value: Mapping[str, Any]) -> str | None:
    """Return the amount that a line's ``circular`` gives, in the amount's unit; None without one.

    As plain as an allocated amount: exact where at most 34 digits say it, else 15 digits. Raises
    UnitNotConvertible for a mass of another kind than the amount, CalculationError for parameters
    that the formula does not have.
    """
    given = value.get("circular")
    if given is None:
        return None
    mass = given["mass"]
    taken = exact(mass["value"]) * unit_table().factor(mass["unit"], value["amount"]["unit"])
    coefficient = Circular.of(given).coefficient(given["term"])
    return decimal_text(plain_decimal(taken * coefficient))
