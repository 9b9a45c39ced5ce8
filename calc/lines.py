"""Inventory lines and their results: amount × factor, exactly.

Sources follow statement.md: a cited footprint (an upstream product, a life-cycle factor, or a
direct-only factor for an own emission), a gas by mass, CO2 that was computed from carbon, a
published figure. A credit by substitution takes off what its source displaces, in a component of
its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rootprint.calc.amounts import Amounts
from rootprint.calc.columns import SUBSTITUTION, excluding
from rootprint.calc.compatibility import BEST_RATING, UNSTATED
from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.units import UnitTable

Ratings = tuple[Fraction, Fraction, Fraction]
_NONE: Final = Fraction(0)
_ALL: Final = Fraction(100)


@dataclass(frozen=True, slots=True)
class Cited:
    """A footprint as a line sees it: ``components`` in kg CO2e per ``amount`` × ``unit``.

    ``primary_share`` in percent; ``sets`` maps a GWP set's name to its share in percent;
    ``quality`` is (technological, geographical, temporal), 1 best to 5.
    """

    unit: str
    amount: Fraction
    components: Mapping[str, Fraction]
    primary_share: Fraction
    quality: Ratings | None
    sets: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Gas:
    """A measured emission: the line's amount is the gas's mass."""

    name: str
    gwp_set: str


@dataclass(frozen=True, slots=True)
class Carbon:
    """CO2 computed from carbon: kg of each flow of it per ``per``.

    CO2 has a GWP of 1 in every set, so it rests on none of them.
    """

    flows: Mapping[str, Fraction]
    per: str


@dataclass(frozen=True, slots=True)
class Published:
    """A figure from a publication, in kg CO2e per ``per``."""

    value: Fraction
    per: str
    component: str


class Line(NamedTuple):
    """One line: ``amount`` × ``unit`` enters the declared amount, after allocation and yield.

    ``gap_rating`` is the best temporal rating that the gap between its period and that of what it
    cites leaves (``calc.compatibility.gap_rating``). ``credit`` says that what the source stands
    for is displaced.
    """

    stage: str
    amount: Fraction
    unit: str
    source: Cited | Gas | Carbon | Published
    primary: bool
    quality: Ratings | None = None
    gap_rating: int = BEST_RATING
    credit: bool = False

    @property
    def primary_share(self) -> Fraction:
        """Percent primary: only where both the activity data and the factor are."""
        if not self.primary or isinstance(self.source, Published):
            return _NONE
        return self.source.primary_share if isinstance(self.source, Cited) else _ALL

    @property
    def ratings(self) -> Ratings | None:
        """The line's own data quality, else that of what it cites; the gap lowers either."""
        own = self.quality
        if own is None and isinstance(self.source, Cited):
            own = self.source.quality
        if own is None or own[2] >= self.gap_rating:
            return own
        return own[0], own[1], Fraction(self.gap_rating)

    @property
    def sets(self) -> Mapping[str, Fraction]:
        """GWP sets behind the line's result, in percent; none where it is CO2 from carbon."""
        if isinstance(self.source, Cited):
            return self.source.sets
        if isinstance(self.source, Gas):
            return {self.source.gwp_set: _ALL}
        return {} if isinstance(self.source, Carbon) else {UNSTATED: _ALL}


def scale(line: Line, units: UnitTable) -> Fraction:
    """Return how many declared amounts of its cited footprint a line takes, exactly."""
    if not isinstance(line.source, Cited):
        message = "only a line that cites a footprint has a scale"
        raise CalculationError(message)
    return Fraction(*times(line.amount, line.unit, line.source, units))


def times(amount: Fraction, unit: str, cited: Cited, units: UnitTable) -> tuple[int, int]:
    """Return ``scale`` of ``amount`` × ``unit`` as numerator and denominator, not reduced."""
    factor, declared = units.factor(unit, cited.unit), cited.amount
    return (
        amount.numerator * factor.numerator * declared.denominator,
        amount.denominator * factor.denominator * declared.numerator,
    )


def signed_scale(line: Line, units: UnitTable) -> Fraction:
    """Return ``scale``, less than nothing where the line is a credit."""
    found = scale(line, units)
    return -found if line.credit else found


def exact_result(line: Line, units: UnitTable, gwp: Mapping[str, Any]) -> Amounts:
    """Return kg CO2e by component, exactly.

    Raises UnitNotConvertible, or CalculationError for a gas that the named set does not have and
    for a credit that displaces no burden.
    """
    if line.credit:
        return Amounts.of({SUBSTITUTION: -_displaced(line, units)})
    source, amount = line.source, line.amount
    if isinstance(source, Cited):
        above, below = times(amount, line.unit, source, units)
        each = Amounts.of(source.components)
        return Amounts(
            {name: above * value for name, value in each.above.items()}, below * each.below
        )
    if isinstance(source, Gas):
        factor = units.factor(line.unit, "kilogram")
        each = Amounts.of(characterisation(source.name, source.gwp_set, gwp))
    else:
        factor = units.factor(line.unit, source.per)
        each = Amounts.of(
            {gwp["component"][flow]: mass for flow, mass in source.flows.items()}
            if isinstance(source, Carbon)
            else {source.component: source.value}
        )
    above, below = amount.numerator * factor.numerator, amount.denominator * factor.denominator
    return Amounts({name: above * value for name, value in each.above.items()}, below * each.below)


def _displaced(line: Line, units: UnitTable) -> Fraction:
    """Return the burden that a credit displaces, in kg CO2e: the whole of what is cited."""
    source = line.source
    if isinstance(source, (Gas, Carbon)):
        message = "a credit displaces a footprint or a published figure, not a gas"
        raise CalculationError(message, remedy="cite what is displaced")
    if isinstance(source, Cited):
        burden = scale(line, units) * excluding(source.components)
    else:
        burden = line.amount * units.factor(line.unit, source.per) * source.value
    if burden < 0:
        message = "what it displaces has a negative footprint, which is no burden"
        raise CalculationError(message, remedy="credit only what would have been emitted")
    return burden


def characterisation(gas: str, gwp_set: str, gwp: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return kg CO2e per kg of a gas or flow, by component; what is taken up is negative.

    An "of which" (aircraft) stands beside the component it is part of. Raises CalculationError
    for a gas that the set does not have.
    """
    try:
        factor = _factor(gwp["sets"][gwp_set][gas])
    except KeyError:
        message = f"gas {gas!r} has no GWP in set {gwp_set!r}"
        having = [name for name, gases in gwp["sets"].items() if gas in gases]
        remedy = f"it has one in {', '.join(having)}" if having else "state a gas of the GWP table"
        raise CalculationError(message, remedy=remedy) from None
    signed = -factor if gas in gwp.get("negative", ()) else factor
    names = [gwp["component"][gas], gwp.get("ofWhich", {}).get(gas)]
    return {str(name): signed for name in names if name is not None}


@lru_cache(maxsize=1024)
def _factor(text: str) -> Fraction:
    return Fraction(text)
