"""Law 8: a quantity has a kind.

A kilowatt hour of gas by net or by gross calorific value, a cubic metre at 0 °C or at 15 °C, a
kilogram dry or wet are different quantities in one unit. What a footprint is declared per has
qualifiers; an amount that is multiplied by it has the same ones, or was converted to them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import bands
from rootprint.calc.laws.finding import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.calc.laws.bands import Band
    from rootprint.calc.units import UnitTable

QUALIFIERS: Final = ("calorificValue", "state", "moisture")
_ZERO_CELSIUS: Final = Fraction(27315, 100)
_STATE: Final = "state"
_ENERGY, _MASS, _VOLUME = "energy", "mass", "volume"
_FUELS: Final = (_MASS, _VOLUME)
_AMOUNT: Final = "amount"
_SAY: Final = "say which in amount.quantity, or convert it (amount.quantity.converted)"


def check_qualifiers(
    number: int, said: Mapping[str, Any], wanted: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield where an amount is not of the kind that what it multiplies is counted by.

    ``said`` is the line's ``amount.quantity``, ``wanted`` the cited footprint's ``quantity``.
    """
    for name in QUALIFIERS:
        if name in wanted and name not in said:
            what = f"is counted by {wanted[name]} ({name}), and its amount does not say which"
            yield Finding(Weight.BROKEN, what, _SAY, (number,), _AMOUNT)
        elif name in wanted and said[name] != wanted[name]:
            what = f"is counted by {wanted[name]} ({name}), and its amount is {said[name]}"
            remedy = "convert the amount by a stated value: amount.quantity.converted"
            yield Finding(Weight.BROKEN, what, remedy, (number,), _AMOUNT)
        elif name in said and name not in wanted:
            what = f"has an amount that is {said[name]} ({name}), and what it cites does not say"
            remedy = "ask its publisher which it is, or cite one that says"
            yield Finding(Weight.UNSAID, what, remedy, (number,), _AMOUNT)


def check_conversion(number: int, amount: Mapping[str, Any], units: UnitTable) -> Iterator[Finding]:
    """Yield where an amount is not what its stated conversion makes, or what none can make.

    In one kind of unit the amount differs by its qualifiers alone: between two states of one gas as
    the ideal gas law has it, net from gross and dry from wet within what is known (``bands``), and
    otherwise not at all. Mass or volume becomes energy within what fuels hold.
    """
    quantity = amount.get("quantity", {})
    if "converted" not in quantity:
        return
    before = quantity["converted"]
    if not units.knows(before["unit"]):
        what = f"is converted from {before['unit'][:64]}, which is no unit of the table"
        remedy = "name converted.unit as the unit table does"
        yield Finding(Weight.BROKEN, what, remedy, (number,), _AMOUNT)
        return
    value = Fraction(before["value"]) * Fraction(before["by"])
    if value != Fraction(amount["value"]):
        what = "has an amount that is not converted.value times converted.by"
        remedy = "give amount.value as their exact product"
        yield Finding(Weight.BROKEN, what, remedy, (number,), _AMOUNT)
        return
    try:
        ratio = Fraction(before["by"]) * units.factor(amount["unit"], before["unit"])
    except CalculationError:  # of another dimension: what it holds, not only how it is counted
        yield from _held(number, amount, before, units)
    else:
        yield from _counted(number, quantity, before, ratio)


def _counted(
    number: int, after: Mapping[str, Any], before: Mapping[str, Any], ratio: Fraction
) -> Iterator[Finding]:
    """Judge a conversion within one kind of unit; ``ratio`` is by what the quantity changes."""
    low, high = bands.OF_A_UNIT
    changed: list[str] = []
    alone: list[str] = []
    for name in QUALIFIERS:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        (changed if old and new else alone).append(name)
        least, most = _between(name, old, new)
        low, high = low * least, high * most
    if not low <= ratio <= high:
        conversions = (f"{one} from {before[one]} to {after[one]}" for one in changed)
        converted = " and ".join(conversions) or "a quantity into the same one"
        what = f"converts {converted} by what can't be"
        remedy = "check converted.by and its reference; units of one kind need no conversion"
        yield Finding(Weight.BROKEN, what, remedy, (number,), _AMOUNT)
        return
    for name in alone:
        what = f"is converted, and of what {name} is said on one side only"
        remedy = f"say {name} of the amount and of what it was converted from, or of neither"
        yield Finding(Weight.UNSAID, what, remedy, (number,), _AMOUNT)


def _between(name: str, old: str | None, new: str | None) -> Band:
    """Return between what a quantity can change; of one side that says nothing, whatever it is."""
    if name == _STATE:
        if old is None or new is None:
            return bands.OF_ANY_STATE
        low, high = bands.OF_A_STATE
        wanted = _kelvin(new) / _kelvin(old)
        return wanted * low, wanted * high
    smaller, larger, (low, high) = bands.KINDS[name]
    if old is None or new is None:
        high = Fraction(1)
    return (low, high) if new == smaller or old == larger else (1 / high, 1 / low)


def _held(
    number: int, amount: Mapping[str, Any], before: Mapping[str, Any], units: UnitTable
) -> Iterator[Finding]:
    """Judge a conversion into another kind of unit: only what fuels hold is known."""
    by, into = Fraction(before["by"]), amount["unit"]
    size, kind = Fraction(1), ""
    if units.knows(into):
        kind, size = units.base(into)
    old, unit = units.base(before["unit"])
    value = by * size / unit
    if kind == _ENERGY:
        fuel, of, said = old, before["unit"], before
    else:
        fuel, of, said, value = kind, into, amount["quantity"], 1 / value
    if _ENERGY not in {old, kind} or fuel not in _FUELS:
        what = "is converted into another kind of unit, and by how much is not known"
        remedy = "give the amount in a unit of the kind that was measured, or cite what is per it"
        yield Finding(Weight.UNSAID, what, remedy, (number,), _AMOUNT)
        return
    low, high = _calorific(fuel, of, said)
    if not low <= value <= high:
        what = "is converted by a calorific value that no fuel has"
        remedy = "check converted.by and its reference: 42 MJ per kg of oil, 36 per m3 of gas"
        yield Finding(Weight.BROKEN, what, remedy, (number,), _AMOUNT)


def _calorific(dimension: str, unit: str, said: Mapping[str, Any]) -> Band:
    """Return the megajoules that a kilogram or cubic metre can hold.

    What has a state is a gas; litres are of a liquid; a cubic metre alone can be either.
    """
    if dimension == _MASS:
        return bands.PER_KILOGRAM
    if _STATE in said:
        return bands.PER_CUBIC_METER_OF_GAS
    liquid = bands.PER_CUBIC_METER_OF_LIQUID
    if unit in bands.LIQUID_UNITS:
        return liquid
    return bands.PER_CUBIC_METER_OF_GAS[0], liquid[1]


def _kelvin(state: str) -> Fraction:
    """Return the temperature of a state such as "15 °C 101.325 kPa"; all have one pressure."""
    return _ZERO_CELSIUS + Fraction(state.partition(" ")[0])
