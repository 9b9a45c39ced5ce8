"""``Amounts``: exact numbers by name as integers over one denominator.

Lines, cells and totals are added and multiplied by the thousand. A Fraction reduces at each step;
these are never reduced, and give a Fraction where one is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from rootprint.calc.rounding import units_of, units_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Amounts(Mapping[str, Fraction]):
    """``above[name] / below`` for each name; ``below`` is more than zero. Never changed.

    >>> Amounts({"fossilGhgEmissions": 25}, 10)["fossilGhgEmissions"]
    Fraction(5, 2)
    """

    __slots__ = ("above", "below")

    def __init__(self, above: Mapping[str, int], below: int) -> None:
        self.above, self.below = above, below

    @classmethod
    def of(cls, values: Mapping[str, Decimal | Fraction]) -> Amounts:
        """Return exact numbers, whatever they are given as."""
        if isinstance(values, Amounts):
            return values
        ratios = {name: value.as_integer_ratio() for name, value in values.items()}
        below = lcm(*(one for _, one in ratios.values()))
        return cls({name: one * (below // its) for name, (one, its) in ratios.items()}, below)

    @classmethod
    def of_decimals(cls, texts: Mapping[str, str]) -> Amounts:
        """Read decimals as they are signed.

        >>> Amounts.of_decimals({"fossilGhgEmissions": "-2.50"}).above
        {'fossilGhgEmissions': -250}
        """
        parts = {name: text.partition(".") for name, text in texts.items()}
        places = max((len(after) for _, _, after in parts.values()), default=0)
        try:
            above = {
                name: int(whole + after.ljust(places, "0"))
                for name, (whole, _, after) in parts.items()
            }
        except ValueError:  # a draft may have an exponent, which no signed decimal has
            return cls.of({name: Decimal(text) for name, text in texts.items()})
        return cls(above, 10**places)

    def sum(self, names: Iterable[str]) -> int:
        """Return the sum of those of these names that are there, in units of 1 / ``below``."""
        above, total = self.above, 0
        for name in names:
            if name in above:
                total += above[name]
        return total

    def rounded(self, places: int) -> dict[str, str]:
        """Write each rounded half up to decimal places, trailing zeros and all.

        >>> Amounts({"fossilGhgEmissions": 25}, 40).rounded(1)
        {'fossilGhgEmissions': '0.6'}
        """
        below = self.below
        return {
            name: units_text(units_of(above, below, places), places)
            for name, above in self.above.items()
        }

    def double(self, names: Iterable[str]) -> float:
        """Return the double that is nearest to the sum of these names; raises OverflowError."""
        return self.sum(names) / self.below

    def __getitem__(self, name: str) -> Fraction:
        return Fraction(self.above[name], self.below)

    def __contains__(self, name: object) -> bool:
        return name in self.above

    def __iter__(self) -> Iterator[str]:
        return iter(self.above)

    def __len__(self) -> int:
        return len(self.above)

    def __repr__(self) -> str:
        return f"Amounts({dict(self)!r})"


def over_one(values: Sequence[Amounts]) -> tuple[list[Mapping[str, int]], int]:
    """Return the integers of all over one denominator, and that denominator."""
    below = lcm(*[one.below for one in values])
    return [
        one.above
        if one.below == below
        else {name: value * (below // one.below) for name, value in one.above.items()}
        for one in values
    ], below
