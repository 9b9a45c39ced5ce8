"""From exact line results to a footprint: cells, components, totals, shares and quality.

One quantity is one number: rounding happens once, in the cell of a stage and component, and every
sum after that is exact. Composition and verification both call this: what is written and what is
checked can't drift.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from rootprint.calc.amounts import Amounts
from rootprint.calc.columns import EXCLUDING, FOSSIL, GROSS, INCLUDING
from rootprint.calc.equations import EXCLUDING_TOTAL, INCLUDING_TOTAL
from rootprint.calc.errors import CalculationError
from rootprint.calc.exact import exact_mean
from rootprint.calc.rounding import (
    MAX_ROUNDING_SHARE,
    SHARE_PLACES,
    decimal_of,
    ratio_places,
    units_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from rootprint.calc.lines import Line

MAX_DIGITS = 30
NEWEST = "AR6"
_GROSS, _EXCLUDING, _INCLUDING = map(frozenset, (GROSS, EXCLUDING, INCLUDING))
_TOTALS = ((EXCLUDING_TOTAL, _EXCLUDING), (INCLUDING_TOTAL, _INCLUDING))
_ZERO = Fraction(0)
# By name, in units of 1 / some denominator or of the last decimal place.
_Integers = dict[str, int]


class Totals(NamedTuple):
    """A footprint per declared amount, in kg CO2e; shares in percent with four places.

    What is counted (``in_…``) is in units of the last decimal place: that of ``places`` where it is
    kg CO2e, of SHARE_PLACES where it is a share or a rating. Cells are by stage and component; each
    of the rest is the exact sum of what it is the sum of. ``quality`` is None unless every
    contributing line has ratings.
    """

    places: int
    in_excluding: int
    in_including: int
    in_components: Mapping[str, int]
    in_cells: Mapping[str, Mapping[str, int]]
    in_primary_share: int
    in_quality: tuple[int, int, int] | None
    in_sets: Mapping[str, int]

    @property
    def excluding(self) -> Decimal:
        """Gross emissions, removals and credits in one sum."""
        return decimal_of(self.in_excluding, self.places)

    @property
    def including(self) -> Decimal:
        """``excluding`` and the memo flows."""
        return decimal_of(self.in_including, self.places)

    @property
    def components(self) -> dict[str, Decimal]:
        """Sums of cells by component."""
        return {name: decimal_of(n, self.places) for name, n in self.in_components.items()}

    @property
    def cells(self) -> dict[str, dict[str, Decimal]]:
        """What is rounded, by stage and component."""
        return {
            stage: {name: decimal_of(n, self.places) for name, n in row.items()}
            for stage, row in self.in_cells.items()
        }

    @property
    def primary_share(self) -> Decimal:
        """Percent of the gross that is primary data."""
        return decimal_of(self.in_primary_share, SHARE_PLACES)

    @property
    def quality(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Technological, geographical and temporal rating."""
        if self.in_quality is None:
            return None
        first, second, third = (decimal_of(n, SHARE_PLACES) for n in self.in_quality)
        return first, second, third

    @property
    def sets(self) -> dict[str, Decimal]:
        """Percent of the gross by GWP set."""
        return {name: decimal_of(n, SHARE_PLACES) for name, n in self.in_sets.items()}


def totals(
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
    *,
    digits: int,
    line_digits: int,
) -> Totals:
    """Return the footprint of lines with these exact results.

    Raises CalculationError if rounding moves a total by more than 0.1 % of the gross, or of itself
    where nothing is emitted.
    """
    added = _added(lines, exact)
    rounded = _rounded(added, digits, line_digits)
    _require_significant(rounded, added, digits)
    return Totals(
        rounded.places,
        _sum(rounded.components, _EXCLUDING),
        _sum(rounded.components, _INCLUDING),
        rounded.components,
        rounded.cells,
        _mean_units(added.weights, [line.primary_share for line in lines]),
        _quality(added.weights, lines),
        _sets(added.weights, lines),
    )


def digits_that_show(
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
    *,
    digits: int,
    line_digits: int,
) -> tuple[str, int | None] | None:
    """Return the total that is lost in rounding, and how many digits would leave it significant.

    A total is lost where rounding moves it by more than 0.1 % of itself: large parts cancelled. The
    digits are None where ``MAX_DIGITS`` are not enough. None if both totals are significant.
    """
    added = _added(lines, exact)
    for name, members in _TOTALS:

        def shows(tried: int, members: frozenset[str] = members) -> bool:
            rounded = _rounded(added, tried, line_digits)
            return not _moves(rounded, added, members, _sum(added.whole, members))

        enough = next((n for n in range(digits, MAX_DIGITS + 1) if shows(n)), None)
        if enough != digits:
            return name, enough
    return None


def rounded_away(
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
    *,
    digits: int,
    line_digits: int,
) -> tuple[tuple[str, ...], int | None] | None:
    """Return components that rounding brings to zero and that are not, and digits that show all.

    The digits are None where ``MAX_DIGITS`` are not enough. None if no component is lost.
    """
    added = _added(lines, exact)
    stated = {name for name, value in added.whole.items() if value}

    def lost(tried: int) -> tuple[str, ...]:
        components = _rounded(added, tried, line_digits).components
        return tuple(sorted(name for name in stated if not components[name]))

    missing = lost(digits)
    if not missing:
        return None
    tried = range(digits + 1, MAX_DIGITS + 1)
    return missing, next((n for n in tried if not lost(n)), None)


class _Added(NamedTuple):
    """Lines' exact results added up, in units of 1 / ``below``; ``weights`` are |gross| by line."""

    stages: dict[str, _Integers]
    whole: _Integers
    weights: list[int]
    below: int


class _Rounded(NamedTuple):
    """Cells rounded to decimal places, and components, their exact sums: in the last place."""

    places: int
    cells: dict[str, _Integers]
    components: _Integers


def _added(lines: Sequence[Line], exact: Sequence[Mapping[str, Fraction]]) -> _Added:
    results = [Amounts.of(one) for one in exact]
    below = lcm(*[one.below for one in results])
    stages: dict[str, _Integers] = {}
    weights = []
    for line, result in zip(lines, results, strict=True):
        cells = stages.setdefault(line.stage, {})
        times, emitted = below // result.below, 0
        for name, above in result.above.items():
            value = above * times
            cells[name] = cells.get(name, 0) + value
            if name in _GROSS:
                emitted += value
        weights.append(abs(emitted))  # nothing but what is emitted weighs in shares
    return _Added(stages, _columns(stages.values()), weights, below)


def _rounded(added: _Added, digits: int, line_digits: int) -> _Rounded:
    emitted, below = _sum(added.whole, _GROSS), added.below
    places = max(0, ratio_places(emitted, below, digits, line_digits))
    cells = {
        stage: {name: units_of(value, below, places) for name, value in row.items()}
        for stage, row in added.stages.items()
    }
    components = _columns(cells.values())
    components.setdefault(FOSSIL, 0)
    return _Rounded(places, cells, components)


def _columns(rows: Iterable[Mapping[str, int]]) -> _Integers:
    found: _Integers = {}
    for row in rows:
        for name, value in row.items():
            found[name] = found.get(name, 0) + value
    return found


def _sum(components: Mapping[str, int], names: frozenset[str]) -> int:
    total = 0
    for name, value in components.items():
        if name in names:
            total += value
    return total


def _moves(rounded: _Rounded, added: _Added, members: frozenset[str], of: int) -> bool:
    """Tell whether rounding moves a sum of components by more than 0.1 % of ``of``.

    ``of`` is in units of 1 / ``added.below``, as all that is added.
    """
    last: int = 10**rounded.places
    below = added.below
    moved = _sum(rounded.components, members) * below - _sum(added.whole, members) * last
    most = MAX_ROUNDING_SHARE
    return abs(moved) * most.denominator > most.numerator * abs(of) * last


def _require_significant(rounded: _Rounded, added: _Added, digits: int) -> None:
    """Refuse a rounding that moves a total by more than 0.1 % of the gross, or itself without."""
    emitted = _sum(added.whole, _GROSS)
    for name, members in _TOTALS:
        if _moves(rounded, added, members, emitted or _sum(added.whole, members)):
            message = (
                f"rounding to {digits} significant digits moves {name} by more than 0.1 % of"
                f" {'the gross emissions' if emitted else 'itself'}"
            )
            more = "digits" if emitted else "lineDigits"
            raise CalculationError(message, remedy=f"take more {more}")


def _mean_units(weights: Sequence[int], values: Sequence[Fraction]) -> int:
    return units_of(*exact_mean(weights, values), SHARE_PLACES)


def _quality(weights: Sequence[int], lines: Sequence[Line]) -> tuple[int, int, int] | None:
    own, ratings = [], []
    for weight, line in zip(weights, lines, strict=True):
        if not weight:
            continue  # a line that emits nothing needs no rating
        rating = line.ratings
        if rating is None:
            return None
        own.append(weight)
        ratings.append(rating)
    if not own:
        return None
    first, second, third = (
        _mean_units(own, [rating[place] for rating in ratings]) for place in range(3)
    )
    return first, second, third


def _sets(weights: Sequence[int], lines: Sequence[Line]) -> dict[str, int]:
    # CO2 from carbon rests on no set; where there is nothing else, the newest is named.
    stated = [(own, sets) for own, line in zip(weights, lines, strict=True) if (sets := line.sets)]
    if not stated:
        return {NEWEST: units_of(100, 1, SHARE_PLACES)}
    first = stated[0][1]
    if all(sets is first or sets == first for _, sets in stated):  # a mean of equals
        return {
            name: units_of(share.numerator, share.denominator, SHARE_PLACES)
            for name, share in sorted(first.items())
        }
    own = [weight for weight, _ in stated]
    if not any(own):
        own = [1] * len(stated)  # a zero footprint still says which sets it used
    return {
        name: _mean_units(own, [sets.get(name, _ZERO) for _, sets in stated])
        for name in sorted({name for _, sets in stated for name in sets})
    }
