"""Rounding of signed values: exact rationals in, one ROUND_HALF_UP, plain decimals out.

A line is shown rounded to ``lineDigits`` decimal places. What is stated of a footprint is rounded
once, in the cells of stage and component, to the places that give its gross emissions ``digits``
significant digits; all else is an exact sum of cells.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

MAX_ROUNDING_SHARE = Fraction(1, 1000)
SHARE_PLACES = 4


def half_up(value: Fraction, places: int) -> Decimal:
    """Return ``value`` rounded half away from zero to ``places`` decimal places.

    Negative ``places`` round to tens, hundreds …; the result then has no decimal places.
    """
    units = _units(value, places)
    return Decimal(units * 10**-places) if places < 0 else Decimal(f"{units}E-{places}")


def decimal_text(value: Decimal) -> str:
    """Write a decimal without exponent and without minus zero; trailing zeros stay."""
    return format(value or abs(value), "f")


def total_places(total: Fraction, digits: int, line_digits: int) -> int:
    """Return the decimal places that give ``total`` (gross) its ``digits`` significant digits.

    May be negative for large totals. 9.996 to three digits is 10.0, one place fewer than 9.99.
    A zero total has the lines' places.
    """
    if not total:
        return line_digits
    places = digits - 1 - _exponent(total)
    carried = abs(_units(total, places)) == 10**digits
    return places - 1 if carried else places


def _units(value: Fraction, places: int) -> int:
    """Return ``value`` in units of the last place, rounded half away from zero.

    In integers throughout: a Fraction would be reduced at each step and thrown away.
    """
    numerator, denominator = abs(value.numerator), value.denominator
    if places >= 0:
        numerator *= 10**places
    else:
        denominator *= 10**-places
    units = (2 * numerator + denominator) // (2 * denominator)
    return -units if value < 0 else units


def _exponent(value: Fraction) -> int:
    """Return floor(log10(|value|)), exactly."""
    numerator, denominator = abs(value.numerator), value.denominator
    exponent = len(str(numerator)) - len(str(denominator))
    if exponent >= 0:
        reached = numerator >= denominator * 10**exponent
    else:
        reached = numerator * 10**-exponent >= denominator
    return exponent if reached else exponent - 1
