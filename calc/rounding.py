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
_LONG = 10**34
_LOG10_2 = (301_029_995_663, 10**12)  # log10(2), to twelve digits


def half_up(value: Fraction, places: int) -> Decimal:
    """Return ``value`` rounded half away from zero to ``places`` decimal places.

    Negative ``places`` round to tens, hundreds …; the result then has no decimal places.
    """
    return decimal_of(units_of(value.numerator, value.denominator, places), places)


def units_of(above: int, below: int, places: int) -> int:
    """Return ``above / below`` in units of the last place, rounded half away from zero.

    ``below`` is more than zero, and the two need not be reduced.

    >>> units_of(-5, 2, 0), units_of(1234, 1, -2)
    (-3, 12)
    """
    units = abs(above)
    if places >= 0:
        units *= 10**places
    else:
        below *= 10**-places
    units = (2 * units + below) // (2 * below)
    return -units if above < 0 else units


def decimal_of(units: int, places: int) -> Decimal:
    """Return so many units of the last place; negative ``places`` leave no decimal places."""
    return Decimal(units * 10**-places) if places < 0 else Decimal(f"{units}E-{places}")


def units_text(units: int, places: int) -> str:
    """Write so many units of the last place as ``decimal_text`` does.

    >>> units_text(-250, 2), units_text(5, 3), units_text(3, -2)
    ('-2.50', '0.005', '300')
    """
    if places <= 0:
        return str(units * 10**-places)
    digits = str(abs(units)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if units < 0 else text


def decimal_text(value: Decimal) -> str:
    """Write a decimal without exponent and without minus zero; trailing zeros stay."""
    return format(value or abs(value), "f")


def shortest_text(value: Fraction, places: int) -> str:
    """Write ``value`` rounded half up to ``places`` (1 or more), without zeros at its end.

    >>> shortest_text(Fraction(5, 2), 6), shortest_text(Fraction(10), 6)
    ('2.5', '10')
    """
    return decimal_text(half_up(value, places)).rstrip("0").rstrip(".")


def total_places(total: Fraction, digits: int, line_digits: int) -> int:
    """Return the decimal places that give ``total`` (gross) its ``digits`` significant digits.

    May be negative for large totals. 9.996 to three digits is 10.0, one place fewer than 9.99.
    A zero total has the lines' places.
    """
    return ratio_places(total.numerator, total.denominator, digits, line_digits)


def ratio_places(above: int, below: int, digits: int, line_digits: int) -> int:
    """Return ``total_places`` of ``above / below``, which need not be reduced."""
    if not above:
        return line_digits
    places = digits - 1 - _exponent(abs(above), below)
    carried = units_of(abs(above), below, places) == 10**digits
    return places - 1 if carried else places


def _exponent(numerator: int, denominator: int) -> int:
    """Return floor(log10) of a ratio above zero, exactly.

    Counted where the whole part is short. Else estimated from the lengths in bits and corrected by
    comparison: a long integer is never written out in decimal, which costs more than the arithmetic
    and which Python refuses beyond a length.
    """
    whole = numerator // denominator
    if 0 < whole < _LONG:
        return len(str(whole)) - 1
    bits = numerator.bit_length() - denominator.bit_length()
    exponent = (bits - 1) * _LOG10_2[0] // _LOG10_2[1] - 1  # never too many, a few too few
    while _reaches(numerator, denominator, exponent + 1):
        exponent += 1
    return exponent


def _reaches(numerator: int, denominator: int, exponent: int) -> bool:
    """Whether numerator / denominator is at least 10**exponent."""
    power: int = 10 ** abs(exponent)
    return numerator >= denominator * power if exponent >= 0 else numerator * power >= denominator
