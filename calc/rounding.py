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
_LOG10_2 = (301_029_995_663, 10**12)  # log10(2), to twelve digits


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
    """Return floor(log10(|value|)), exactly.

    Estimated from the lengths in bits and corrected by comparison: a long integer is never written
    out in decimal, which costs more than the arithmetic and which Python refuses beyond a length.
    """
    numerator, denominator = abs(value.numerator), value.denominator
    bits = numerator.bit_length() - denominator.bit_length()
    exponent = (bits - 1) * _LOG10_2[0] // _LOG10_2[1] - 1  # never too many, a few too few
    while _reaches(numerator, denominator, exponent + 1):
        exponent += 1
    return exponent


def _reaches(numerator: int, denominator: int, exponent: int) -> bool:
    """Whether numerator / denominator is at least 10**exponent."""
    power: int = 10 ** abs(exponent)
    return numerator >= denominator * power if exponent >= 0 else numerator * power >= denominator
