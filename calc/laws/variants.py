"""Law 5, variants: what a pool gives to its variants is what the base number has.

Variants that share a pool (green power, recycled content, mass balance) take from one another: with
the remainder, weighted by volume, they are the base number again.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Variant:
    """How much was made of a variant, and its number per the base's declared amount.

    ``code`` is None of the remainder: what is sold under the base number's name.
    """

    code: str | None
    volume: Fraction
    value: Fraction


def why_not_one_pool(rows: Sequence[Variant], base: Fraction, places: int) -> str | None:
    """Return why the rows of a pool are not the base number apart, or None.

    ``places`` are the decimal places that the base number is stated with: the sum has to give it to
    half of the last one.
    """
    codes = [row.code for row in rows]
    if codes.count(None) != 1:
        return f"it has {codes.count(None)} rows of the remainder, and not one"
    if len(set(codes)) != len(codes):
        return "a variant stands in it twice"
    volume = sum((row.volume for row in rows), Fraction(0))
    if not volume:
        return "nothing was made of any of its variants"
    total = sum((row.volume * row.value for row in rows), Fraction(0))
    if abs(total - base * volume) > Fraction(1, 2 * 10**places) * volume:
        return "its variants, weighted by volume, do not come to the base number"
    return None
