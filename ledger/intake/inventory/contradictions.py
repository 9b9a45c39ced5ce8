"""Open members that contradict each other: reported as findings before signing.

Carbon that is attributed by mass balance is not in the product (ISO 22095:2020 section 5.4; law 3);
a functional unit of a life cycle has no place at the gate (ISO 14067:2018 section 6.3.3).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.core.schema import rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.intake.inventory.problems import Faults

_ATTRIBUTING: Final = frozenset({"mass-balance", "book-and-claim"})
_ATTRIBUTED: Final = {
    "attributedBiogenicCarbon": "biogenicCarbonContent",
    "attributedRecycledCarbon": "recycledCarbonContent",
}
_APART: Final = "pcf has what is in the product by its nature; what is attributed stands apart"
_LATER: Final = ("useScenario", "endOfLifeScenario")


def check_contradictions(subject: Mapping[str, Any], faults: Faults) -> None:
    """Find what of chain of custody and functional unit contradicts the rest of a file's head."""
    for name, check in (("chainOfCustody", _custody), ("functionalUnit", _functional_unit)):
        pcf = subject.get("pcf")
        if name in subject and isinstance(pcf, dict) and not faults.within((name,)):
            check(subject, pcf, faults)


def _custody(subject: Mapping[str, Any], pcf: Mapping[str, Any], faults: Faults) -> None:
    custody = subject["chainOfCustody"]
    attributed = {name: Fraction(custody[name]) for name in _ATTRIBUTED if name in custody}
    physical = custody["model"] not in _ATTRIBUTING
    for name, carbon in attributed.items():
        path = ("chainOfCustody", name)
        if physical and carbon:
            remedy = "say mass-balance or book-and-claim, or leave the attribution out"
            faults.find(path, f"is attributed, and the model is {custody['model']}", remedy)
        elif carbon and _decimal(pcf.get(_ATTRIBUTED[name])) >= carbon:
            what = f"may be counted in pcf.{_ATTRIBUTED[name]} too, which is not less"
            faults.find(path, what, _APART)
    if physical and custody["freeAttribution"]:
        remedy = "say mass-balance or book-and-claim, or freeAttribution: false"
        what = f"is true, and the model is {custody['model']}"
        faults.find(("chainOfCustody", "freeAttribution"), what, remedy)
    whole = _decimal(pcf.get("fossilCarbonContent")) + _decimal(pcf.get("biogenicCarbonContent"))
    for name, carbon in attributed.items():
        if name == "attributedBiogenicCarbon" and carbon > whole and "fossilCarbonContent" in pcf:
            what = "is more carbon than pcf says that the product holds"
            remedy = "attribute no more than what the product holds, fossil and biogenic"
            faults.find(("chainOfCustody", name), what, remedy)


def _functional_unit(subject: Mapping[str, Any], pcf: Mapping[str, Any], faults: Faults) -> None:
    unit = subject["functionalUnit"]
    if subject.get("boundary") == "cradle-to-gate":
        for name in _LATER:
            if name in unit:
                what = "is of what comes after the gate, and the boundary is cradle-to-gate"
                faults.find(("functionalUnit", name), what, "leave it to whoever makes the whole")
    flow, declared = unit["referenceFlow"], pcf.get("declaredUnitOfMeasurement")
    table = figures.unit_table()
    try:
        factor = table.factor(table.named(flow["unit"]), str(declared))
    except CalculationError:
        what = f"is in another kind of unit than the declared {declared}"
        remedy = "give the amount of the declared unit that fulfils the function"
        faults.find(("functionalUnit", "referenceFlow", "unit"), what, remedy)
        return
    if Fraction(flow["value"]) * factor != _decimal(pcf.get("declaredUnitAmount")):
        what = "is not the declared amount, so the footprint is not that of the functional unit"
        remedy = "declare the reference flow, or know that readers have to convert"
        faults.find(("functionalUnit", "referenceFlow", "value"), what, remedy)


def _decimal(value: object) -> Fraction:
    return Fraction(str(value)) if rules.is_decimal(value) else Fraction(0)
