"""Inventory lines and their results: amount × factor, exactly.

Sources follow statement.md: a cited footprint (an upstream product, a life-cycle factor, or a
direct-only factor for an own emission), a gas by mass, CO2 that was computed from carbon, a
published figure. A credit by substitution takes off what its source displaces, in a component of
its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import SUBSTITUTION, excluding
from rootprint.calc.compatibility import BEST_RATING, UNSTATED
from rootprint.calc.errors import CalculationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.calc.units import UnitTable

Ratings = tuple[Fraction, Fraction, Fraction]


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Gas:
    """A measured emission: the line's amount is the gas's mass."""

    name: str
    gwp_set: str


@dataclass(frozen=True)
class Carbon:
    """CO2 computed from carbon: kg of each flow of it per ``per``.

    CO2 has a GWP of 1 in every set, so it rests on none of them.
    """

    flows: Mapping[str, Fraction]
    per: str


@dataclass(frozen=True)
class Published:
    """A figure from a publication, in kg CO2e per ``per``."""

    value: Fraction
    per: str
    component: str


@dataclass(frozen=True)
class Line:
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
            return Fraction(0)
        return self.source.primary_share if isinstance(self.source, Cited) else Fraction(100)

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
        if isinstance(self.source, Gas):
            return {self.source.gwp_set: Fraction(100)}
        if isinstance(self.source, Carbon):
            return {}
        if isinstance(self.source, Published):
            return {UNSTATED: Fraction(100)}
        return self.source.sets


def scale(line: Line, units: UnitTable) -> Fraction:
    """Return how many declared amounts of its cited footprint a line takes, exactly."""
    if not isinstance(line.source, Cited):
        message = "only a line that cites a footprint has a scale"
        raise CalculationError(message)
    return line.amount * units.factor(line.unit, line.source.unit) / line.source.amount


def signed_scale(line: Line, units: UnitTable) -> Fraction:
    """Return ``scale``, less than nothing where the line is a credit."""
    times = scale(line, units)
    return -times if line.credit else times


def exact_result(line: Line, units: UnitTable, gwp: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return kg CO2e by component, exactly.

    Raises UnitNotConvertible, or CalculationError for a gas that the named set does not have and
    for a credit that displaces no burden.
    """
    if line.credit:
        return {SUBSTITUTION: -_displaced(line, units)}
    source = line.source
    if isinstance(source, Cited):
        times = scale(line, units)
        return {name: times * value for name, value in source.components.items()}
    if isinstance(source, Gas):
        mass = line.amount * units.factor(line.unit, "kilogram")
        factors = characterisation(source.name, source.gwp_set, gwp)
        return {component: mass * factor for component, factor in factors.items()}
    times = line.amount * units.factor(line.unit, source.per)
    if isinstance(source, Carbon):
        return {gwp["component"][flow]: times * mass for flow, mass in source.flows.items()}
    return {source.component: times * source.value}


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
        factor = Fraction(gwp["sets"][gwp_set][gas])
    except KeyError:
        message = f"gas {gas!r} has no GWP in set {gwp_set!r}"
        having = [name for name, gases in gwp["sets"].items() if gas in gases]
        remedy = f"it has one in {', '.join(having)}" if having else "state a gas of the GWP table"
        raise CalculationError(message, remedy=remedy) from None
    signed = -factor if gas in gwp.get("negative", ()) else factor
    names = [gwp["component"][gas], gwp.get("ofWhich", {}).get(gas)]
    return {str(name): signed for name in names if name is not None}
