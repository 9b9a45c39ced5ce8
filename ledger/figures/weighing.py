"""What a declared amount weighs, and what may weigh no more than it.

A mass is needed to hold biogenic carbon (law 3), and to reach an end of life (law 1).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.circular import AT_THE_GATE
from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import Finding, Weight
from rootprint.calc.rounding import decimal_text
from rootprint.ledger.core.spelling import fold
from rootprint.ledger.figures.signed import exact, unit_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KILOGRAM: Final = "kilogram"
_OF_ENERGY: Final = ("kilowatt hour", "megajoule")
_MEMBER: Final = "circular"
_REMEDY: Final = (
    "state the masses of one declared amount; or say under interpretation what else comes to its"
    " end, such as parts that are replaced in use"
)


def masses(pcf: Mapping[str, Any]) -> tuple[Fraction, Fraction] | None:
    """Return the masses (kg) of the declared amount and its packaging, None where not known.

    A kilogram weighs one, of dry mass too. Energy is declared of electricity and of fuels alike,
    and PACT wants a mass of 0 of both: that 0 says nothing of a fuel. Packaging whose emissions are
    left out counts as none.
    """
    unit, stated = pcf["declaredUnitOfMeasurement"], pcf.get("productMassPerDeclaredUnit")
    if unit == _KILOGRAM:
        mass = exact(pcf["declaredUnitAmount"])
    elif stated is None:
        return None
    else:
        mass = exact(stated)
        if not mass and unit in _OF_ENERGY:
            return None
    counts = pcf.get("packagingEmissionsIncluded", True)
    packaging = exact(pcf.get("packagingMassPerDeclaredUnit", "0"))
    return mass, packaging if counts else Fraction(0)


def end_of_life_findings(
    subject: Mapping[str, Any], lines: Mapping[int, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Find materials that weigh more at the end of life than product and packaging do (law 1).

    ``lines`` are the open ones: hidden ones could only add to them. Each material counts once. A
    notice, since parts that are replaced in use come to an end too; a service weighs nothing.
    """
    known = None if "service" in subject else masses(subject["pcf"])
    if known is None:
        return
    weighed: dict[str, Fraction] = {}
    numbers = []
    for number, line in lines.items():
        given = line.get(_MEMBER)
        if given is None or given["term"] in AT_THE_GATE:
            continue
        mass = given["mass"]
        try:
            factor = unit_table().factor(mass["unit"], _KILOGRAM)
        except CalculationError:
            continue  # of another dimension, or of no table: it has no mass that is known
        numbers.append(number)
        weighed.setdefault(fold(given["material"]), exact(mass["value"]) * factor)
    together, most = sum(weighed.values(), Fraction(0)), sum(known, Fraction(0))
    if together > most:
        found, stated = (decimal_text(plain_decimal(one)) for one in (together, most))
        what = (
            f"materials of {found} kg come to their end of life, and product and packaging weigh"
            f" {stated} kg"
        )
        yield Finding(Weight.NOTICE, what, _REMEDY, tuple(numbers), _MEMBER)
