"""Law 8: a quantity has a kind.

A kilowatt hour of gas by net or by gross calorific value, a cubic metre at 0 °C or at 15 °C, a
kilogram dry or wet are different quantities in one unit. What a footprint is declared per has
qualifiers; an amount that is multiplied by it has the same ones, or was converted to them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.calc.laws.finding import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.calc.units import UnitTable

QUALIFIERS: Final = ("calorificValue", "state", "moisture")
_ZERO_CELSIUS: Final = Fraction(27315, 100)
_NEAR: Final = Fraction(1, 100)  # real gases at these states differ from the ideal one by far less
_LESS: Final = {"calorificValue": ("gross", "net"), "moisture": ("wet", "dry")}
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

    Between two states of one gas the ideal gas law says how much it is; the net calorific value is
    less than the gross, the dry mass less than the wet.
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
    changed = [
        name
        for name in QUALIFIERS
        if name in quantity and name in before and quantity[name] != before[name]
    ]
    if len(changed) != 1:
        return
    try:
        ratio = Fraction(before["by"]) * units.factor(amount["unit"], before["unit"])
    except CalculationError:  # of another dimension: what it holds, not only how it is counted
        return
    (name,) = changed
    if not _possible(name, before[name], quantity[name], ratio):
        what = f"converts {name} from {before[name]} to {quantity[name]} by what can't be"
        yield Finding(
            Weight.BROKEN, what, "check converted.by and its reference", (number,), _AMOUNT
        )


def _possible(name: str, old: str, new: str, ratio: Fraction) -> bool:
    if name == "state":
        wanted = _kelvin(new) / _kelvin(old)
        return abs(ratio / wanted - 1) <= _NEAR
    return ratio < 1 if (old, new) == _LESS[name] else ratio > 1


def _kelvin(state: str) -> Fraction:
    """Return the temperature of a state such as "15 °C 101.325 kPa"; all have one pressure."""
    return _ZERO_CELSIUS + Fraction(state.partition(" ")[0])
