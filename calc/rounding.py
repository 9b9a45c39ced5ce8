"""Rounding of signed values: exact rationals in, one ROUND_HALF_UP, plain decimals out.

A line is rounded once to ``lineDigits`` decimal places; a total is the exact sum of its lines
rounded once to ``digits`` significant digits; everything beside the total takes its places.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rootprint.calc.errors import CalculationError

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
    """Return the decimal places that give ``total`` its ``digits`` significant digits.

    May be negative for large totals. 9.996 to three digits is 10.0, one place fewer than 9.99.
    A zero total has the lines' places.
    """
    if not total:
        return line_digits
    places = digits - 1 - _exponent(total)
    carried = abs(_units(total, places)) == 10**digits
    return places - 1 if carried else places


def moves(rounded: Fraction, exact: Fraction) -> bool:
    """Tell whether a rounding moves a value by more than 0.1 % of it."""
    return abs(rounded - exact) > MAX_ROUNDING_SHARE * abs(exact)


def round_total(total: Fraction, digits: int, line_digits: int) -> Decimal:
    """Return the rounded total; raises CalculationError if that moves it by more than 0.1 %."""
    rounded = half_up(total, total_places(total, digits, line_digits))
    if moves(Fraction(rounded), total):
        message = f"rounding the total to {digits} significant digits moves it by more than 0.1 %"
        raise CalculationError(message, remedy="take more digits")
    return rounded


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
