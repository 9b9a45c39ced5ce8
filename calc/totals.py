"""From exact line results to a footprint: cells, components, totals, shares and quality.

One quantity is one number: rounding happens once, in the cell of a stage and component, and every
sum after that is exact. Composition and verification both call this: what is written and what is
checked can't drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.calc.columns import FOSSIL, excluding, gross, including, weight
from rootprint.calc.equations import EXCLUDING_TOTAL, INCLUDING_TOTAL
from rootprint.calc.errors import CalculationError
from rootprint.calc.exact import exact_mean, exact_sum
from rootprint.calc.rounding import MAX_ROUNDING_SHARE, SHARE_PLACES, half_up, total_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from rootprint.calc.lines import Line

MAX_DIGITS = 30
NEWEST = "AR6"
_TOTALS = ((EXCLUDING_TOTAL, excluding), (INCLUDING_TOTAL, including))
Cells = dict[str, dict[str, Fraction]]


@dataclass(frozen=True)
class Totals:
    """A footprint per declared amount, in kg CO2e; shares in percent with four places.

    ``cells`` (by stage and component), ``components`` and both totals have ``places`` decimal
    places, and each is the exact sum of what it is the sum of. ``quality`` is None unless every
    contributing line has ratings.
    """

    places: int
    excluding: Decimal
    including: Decimal
    components: Mapping[str, Decimal]
    cells: Mapping[str, Mapping[str, Decimal]]
    primary_share: Decimal
    quality: tuple[Decimal, Decimal, Decimal] | None
    sets: Mapping[str, Decimal]


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
    places, cells, components = _rounded(lines, exact, digits, line_digits)
    whole = _sums(exact)
    _require_significant(components, whole, digits)
    weights = [weight(result) for result in exact]
    return Totals(
        places=places,
        excluding=half_up(excluding(components), places),
        including=half_up(including(components), places),
        components={name: half_up(value, places) for name, value in components.items()},
        cells={
            stage: {name: half_up(value, places) for name, value in row.items()}
            for stage, row in cells.items()
        },
        primary_share=half_up(
            exact_mean(weights, [line.primary_share for line in lines]), SHARE_PLACES
        ),
        quality=_quality(weights, lines),
        sets=_sets(weights, lines),
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
    whole = _sums(exact)

    def rounded(tried: int) -> dict[str, Fraction]:
        return _rounded(lines, exact, tried, line_digits)[2]

    for name, of in _TOTALS:
        true = of(whole)
        tried = range(digits, MAX_DIGITS + 1)
        enough = next((n for n in tried if not _moves(of(rounded(n)), true)), None)
        if enough != digits:
            return name, enough
    return None


def _moves(rounded: Fraction, exact: Fraction) -> bool:
    """Tell whether a rounding moves a value by more than 0.1 % of itself."""
    return abs(rounded - exact) > MAX_ROUNDING_SHARE * abs(exact)


def _rounded(
    lines: Sequence[Line],
    exact: Sequence[Mapping[str, Fraction]],
    digits: int,
    line_digits: int,
) -> tuple[int, Cells, dict[str, Fraction]]:
    """Return decimal places, cells rounded to them, and components, their exact sums."""
    places = max(0, total_places(gross(_sums(exact)), digits, line_digits))
    by_stage: dict[str, list[Mapping[str, Fraction]]] = {}
    for line, result in zip(lines, exact, strict=True):
        by_stage.setdefault(line.stage, []).append(result)
    cells = {
        stage: {name: Fraction(half_up(value, places)) for name, value in _sums(results).items()}
        for stage, results in by_stage.items()
    }
    components = _sums(list(cells.values()))
    components.setdefault(FOSSIL, Fraction(0))
    return places, cells, components


def _require_significant(
    components: Mapping[str, Fraction], whole: Mapping[str, Fraction], digits: int
) -> None:
    """Refuse a rounding that moves a total by more than 0.1 % of the gross, or itself without."""
    emitted = abs(gross(whole))
    for name, of in _TOTALS:
        true = of(whole)
        if abs(of(components) - true) > MAX_ROUNDING_SHARE * (emitted or abs(true)):
            message = (
                f"rounding to {digits} significant digits moves {name} by more than 0.1 % of"
                f" {'the gross emissions' if emitted else 'itself'}"
            )
            more = "digits" if emitted else "lineDigits"
            raise CalculationError(message, remedy=f"take more {more}")


def _quality(
    weights: Sequence[Fraction], lines: Sequence[Line]
) -> tuple[Decimal, Decimal, Decimal] | None:
    # A line that emits nothing needs no rating.
    rated = [(own, line.ratings) for own, line in zip(weights, lines, strict=True) if own]
    ratings = [rating for _, rating in rated if rating is not None]
    if not rated or len(ratings) != len(rated):
        return None
    own = [one for one, _ in rated]
    first, second, third = (
        half_up(exact_mean(own, [rating[place] for rating in ratings]), SHARE_PLACES)
        for place in range(3)
    )
    return first, second, third


def _sets(weights: Sequence[Fraction], lines: Sequence[Line]) -> dict[str, Decimal]:
    # CO2 from carbon rests on no set; where there is nothing else, the newest is named.
    stated = [(own, line.sets) for own, line in zip(weights, lines, strict=True) if line.sets]
    if not stated:
        return {NEWEST: half_up(Fraction(100), SHARE_PLACES)}
    own = [weight for weight, _ in stated]
    if not any(own):
        own = [Fraction(1)] * len(stated)  # a zero footprint still says which sets it used
    return {
        name: half_up(
            exact_mean(own, [sets.get(name, Fraction(0)) for _, sets in stated]), SHARE_PLACES
        )
        for name in sorted({name for _, sets in stated for name in sets})
    }


def _sums(results: Sequence[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    by_name: dict[str, list[Fraction]] = {}
    for result in results:
        for name, value in result.items():
            by_name.setdefault(name, []).append(value)
    return {name: exact_sum(values) for name, values in by_name.items()}
