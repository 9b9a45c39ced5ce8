"""From line results to a footprint: components, stages, totals, shares and quality.

Composition and verification both call this: what is written and what is checked can't drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import TYPE_CHECKING

from rootprint.calc.rounding import SHARE_PLACES, half_up, moves, round_total, total_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from rootprint.calc.lines import Line

FOSSIL = "fossilGhgEmissions"
UPTAKE = "biogenicCO2Uptake"
OF_WHICH = frozenset({"aircraftGhgEmissions"})


@dataclass(frozen=True)
class Totals:
    """A footprint per declared amount, in kg CO2e; shares in percent with four places.

    ``components`` and ``stages`` have the total's decimal places; ``quality`` is None unless
    every contributing line has ratings.
    """

    excluding: Decimal
    including: Decimal
    components: Mapping[str, Decimal]
    stages: Mapping[str, Decimal]
    primary_share: Decimal
    quality: tuple[Decimal, Decimal, Decimal] | None
    sets: Mapping[str, Decimal]


def excluding_uptake(result: Mapping[str, Decimal | Fraction]) -> Fraction:
    """Return Σ of the components without uptake and without the "of which"."""
    return _sum(value for name, value in result.items() if name != UPTAKE and name not in OF_WHICH)


def lines_move_a_total(
    exact: Sequence[Mapping[str, Fraction]],
    results: Sequence[Mapping[str, Decimal]],
    *,
    digits: int,
    line_digits: int,
) -> bool:
    """Tell whether rounding the lines moves a total by more than 0.1 % of it.

    ``results`` are the rounded of ``exact``. The total with uptake may be the small difference of
    two large sums: where its places, which are the other's, are fewer than the lines', it counts as
    moved only if they show it.
    """
    true, mine = _two_totals(exact), _two_totals(results)
    if moves(mine[0], true[0]):
        return True
    places = max(0, total_places(mine[0], digits, line_digits))
    shows = places >= line_digits or half_up(mine[1], places) != half_up(true[1], places)
    return shows and moves(mine[1], true[1])


def _two_totals(results: Iterable[Mapping[str, Decimal | Fraction]]) -> tuple[Fraction, Fraction]:
    sums = _sums((name, value) for result in results for name, value in result.items())
    excluding = excluding_uptake(sums)
    return excluding, excluding + sums.get(UPTAKE, Fraction(0))


def totals(
    lines: Sequence[Line],
    results: Sequence[Mapping[str, Decimal]],
    *,
    digits: int,
    line_digits: int,
) -> Totals:
    """Return the footprint of lines with these rounded results.

    Raises CalculationError if rounding to ``digits`` moves the total by more than 0.1 %.
    """
    contributions = [excluding_uptake(result) for result in results]
    excluding = _sum(contributions)
    places = max(0, total_places(excluding, digits, line_digits))
    components = _sums((name, value) for result in results for name, value in result.items())
    components.setdefault(FOSSIL, Fraction(0))
    stages = _sums(zip((line.stage for line in lines), contributions, strict=True))
    including = excluding + components.get(UPTAKE, Fraction(0))
    weights = [abs(contribution) for contribution in contributions]
    return Totals(
        excluding=round_total(excluding, digits, line_digits),
        including=half_up(including, places),
        components={name: half_up(value, places) for name, value in components.items()},
        stages={name: half_up(value, places) for name, value in stages.items()},
        primary_share=half_up(_mean(weights, [line.primary_share for line in lines]), SHARE_PLACES),
        quality=_quality(weights, lines),
        sets=_sets(weights, lines),
    )


def _quality(
    weights: Sequence[Fraction], lines: Sequence[Line]
) -> tuple[Decimal, Decimal, Decimal] | None:
    # Removals weigh by their absolute value; a line that contributes nothing needs no rating.
    rated = [(weight, line.ratings) for weight, line in zip(weights, lines, strict=True) if weight]
    ratings = [rating for _, rating in rated if rating is not None]
    if not rated or len(ratings) != len(rated):
        return None
    own = [weight for weight, _ in rated]
    first, second, third = (
        half_up(_mean(own, [rating[place] for rating in ratings]), SHARE_PLACES)
        for place in range(3)
    )
    return first, second, third


def _sets(weights: Sequence[Fraction], lines: Sequence[Line]) -> dict[str, Decimal]:
    names = sorted({name for line in lines for name in line.sets})
    if not any(weights):
        weights = [Fraction(1)] * len(lines)  # a zero footprint still says which sets it used
    return {
        name: half_up(
            _mean(weights, [line.sets.get(name, Fraction(0)) for line in lines]), SHARE_PLACES
        )
        for name in names
    }


def _mean(weights: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    own, _ = _over_one_denominator(weights)
    total = sum(own)
    if not total:
        return Fraction(0)
    those, denominator = _over_one_denominator(values)
    return Fraction(sum(map(mul, own, those)), total * denominator)


def _sums(parts: Iterable[tuple[str, Decimal | Fraction]]) -> dict[str, Fraction]:
    by_name: dict[str, list[Decimal | Fraction]] = {}
    for name, value in parts:
        by_name.setdefault(name, []).append(value)
    return {name: _sum(values) for name, values in by_name.items()}


def _sum(values: Iterable[Decimal | Fraction]) -> Fraction:
    numerators, denominator = _over_one_denominator(values)
    return Fraction(sum(numerators), denominator)


def _over_one_denominator(values: Iterable[Decimal | Fraction]) -> tuple[list[int], int]:
    """Return numerators and their common denominator: sums of Fractions reduce at each step."""
    ratios = [value.as_integer_ratio() for value in values]
    denominator = lcm(*(below for _, below in ratios))
    return [above * (denominator // below) for above, below in ratios], denominator
