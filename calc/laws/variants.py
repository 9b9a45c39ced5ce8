"""Law 5, variants: what a pool gives to its variants is what the base number has.

Variants that share a pool (green power, recycled content, mass balance) take from one another: with
the remainder, weighted by volume, they are the base number again. So the remainder is no figure of
its own: it is what the variants leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.rounding import MAX_ROUNDING_SHARE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


@dataclass(frozen=True)
class Variant:
    """How much was made of a variant, and its number per the base's declared amount.

    ``code`` is None of the remainder: what is sold under the base number's name.
    """

    code: str | None
    volume: Fraction
    value: Fraction


@dataclass(frozen=True)
class Base:
    """A base number as it is signed: ``total`` and ``gross``, in kg CO2e per declared amount.

    The total is without biogenic uptake; the gross is what is emitted, before anything is taken
    off.
    """

    total: Fraction
    gross: Fraction


def left_by(variants: Sequence[Variant], base: Base, volume: Fraction) -> Decimal:
    """Return the number of the remainder: what ``variants`` leave of the base number.

    ``volume`` is how much was made of all, the remainder included, which is not zero. It has every
    digit where at most 34 say it, else 15::

        left_by([Variant("GREEN1", Fraction(30), Fraction(1))], Base(two, two), Fraction(100))
    """
    rest = volume - _volume(variants)
    return plain_decimal((base.total * volume - _weighted(variants)) / rest)


def why_not_one_pool(rows: Sequence[Variant], base: Base) -> str | None:
    """Return why the rows of a pool are not the base number apart, or None.

    Where something is left, its number is what the variants leave of the base number, to the last
    digit. Where nothing is, they come to it but for what rounding may move a total by: a thousandth
    of the base's gross (statement.md, clause 5.3).
    """
    codes = [row.code for row in rows]
    if codes.count(None) != 1:
        return f"it has {codes.count(None)} rows of the remainder, and not one"
    if len(set(codes)) != len(codes):
        return "a variant stands in it twice"
    volume = _volume(rows)
    if not volume:
        return "nothing was made of any of its variants"
    variants = [row for row in rows if row.code is not None]
    rest = next(row for row in rows if row.code is None)
    if rest.volume:
        left = left_by(variants, base, volume)
        if rest.value == Fraction(left):
            return None
        return f"its remainder is not what its variants leave of the base number: {left:f} is"
    allowed = MAX_ROUNDING_SHARE * (abs(base.gross) or abs(base.total)) * volume
    if abs(_weighted(variants) - base.total * volume) > allowed:
        return "its variants, weighted by volume, do not come to the base number"
    return None


def _volume(rows: Sequence[Variant]) -> Fraction:
    return sum((row.volume for row in rows), Fraction(0))


def _weighted(rows: Sequence[Variant]) -> Fraction:
    return sum((row.volume * row.value for row in rows), Fraction(0))
