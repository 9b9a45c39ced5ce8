"""How much was made of the product: in the unit table's names, and in the declared kind of unit.

Law 6 compares it with what is cited, so what does not convert into the declared unit says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.intake.inventory.normal import remedy_for_made

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults

_MADE: Final = "producedAmount"
_DECLARED: Final = "declaredUnitOfMeasurement"


def with_produced(subject: dict[str, Any], faults: Faults) -> dict[str, Any]:
    """Return a file's head with the unit of what was made by its full name."""
    asked = ((_MADE,), ("pcf", _DECLARED))
    if _MADE not in subject or any(faults.within(path) for path in asked):
        return subject
    made, pcf = subject[_MADE], subject.get("pcf")
    units, path = figures.unit_table(), (_MADE, "unit")
    try:
        named = units.named(made["unit"])
    except CalculationError as error:
        remedy = remedy_for_made(made["unit"], error.remedy)
        faults.add(path, f"is not usable: {error.args[0]}", remedy)
        return subject
    if isinstance(pcf, dict) and _DECLARED in pcf:
        declared = str(pcf[_DECLARED])
        try:
            units.factor(named, declared)
        except CalculationError as error:
            remedy = f"say how much was made in {declared}, or in a unit that converts into it"
            faults.add(path, f"is not usable: {error.args[0]}", remedy)
    return {**subject, _MADE: {**made, "unit": named}}
