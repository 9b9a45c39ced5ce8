"""One entry by the Circular Footprint Formula, as the up to five lines that it stands for.

The entry names the material, its mass, the formula's parameters and the input of each term; each
line then takes its own input, so that its footprint is cited like any other (calc.circular).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.circular import (
    AT_THE_GATE,
    AVOIDED,
    DISPOSAL,
    QUALITIES,
    RECYCLED,
    RECYCLING,
    SHARES,
    TERMS,
    VIRGIN,
    Circular,
    usual_allocation,
)
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.line import SUBSTITUTED
from rootprint.ledger.core.schema.rules import members, text
from rootprint.ledger.intake.inventory.collect import collect
from rootprint.ledger.intake.inventory.spreads import scaled_spread

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path

_STAGES: Final = {
    VIRGIN: "raw-material",
    RECYCLED: "raw-material",
    RECYCLING: "recycling",
    AVOIDED: "recycling",
    DISPOSAL: "end-of-life",
}
_RULE: Final = members(
    {
        "material": text,
        "mass": members({"value": rules.positive, "unit": text}),
        **dict.fromkeys((*SHARES, *QUALITIES), rules.not_negative),
        "inputs": members({}, dict.fromkeys(TERMS, text)),
    }
)
_ITS_OWN: Final = (
    "stage",
    "amount",
    "source",
    "transport",
    "allocation",
    "electricity",
    "defaultFor",
)


def circular_lines(
    value: dict[str, Any], path: Path, faults: Faults, *, boundary: object
) -> list[dict[str, Any]]:
    """Return the lines of an entry that has ``circular``, none where it is faulty.

    A term of which nothing is taken has no line. At the gate the end of life is another's, and its
    terms are refused.
    """
    at = (*path, "circular")
    given = value["circular"]
    collect(_RULE, given, at, faults)
    for name in _ITS_OWN:
        if name in value:
            remedy = "leave it out: each term of the formula brings its own"
            faults.add((*path, name), "stands beside circular", remedy)
    if faults.within(at) or faults.within(path):
        return []
    try:
        formula = Circular.of(given)
    except CalculationError as error:
        faults.add(at, str(error.args[0]), error.remedy)
        return []
    if not usual_allocation(formula):
        remedy = "take 0.2, 0.5 or 0.8 as its Annex C has it, or say why under interpretation"
        faults.find((*at, "A"), "is not from 0.2 to 0.8, as the Recommendation has it", remedy)
    taken = [term for term in TERMS if formula.coefficient(term)]
    _check_inputs(given["inputs"], taken, at, faults, boundary=boundary)
    if faults.within(at):
        return []
    return [_line(value, term, formula) for term in taken if term in given["inputs"]]


def scaled_circular(line: dict[str, Any], ratio: Fraction) -> dict[str, Any]:
    """Return a line of the formula for ``ratio`` times its mass, its amount recomputed."""
    circular = line["circular"]
    mass = Fraction(circular["mass"]["value"]) * ratio
    scaled = {**circular["mass"], "value": decimal_text(plain_decimal(mass))}
    return _recomputed({**line, "circular": {**circular, "mass": scaled}})


def _recomputed(line: dict[str, Any]) -> dict[str, Any]:
    mass, circular = line["circular"]["mass"], line["circular"]
    amount = Fraction(mass["value"]) * Circular.of(circular).coefficient(circular["term"])
    return {**line, "amount": {**mass, "value": decimal_text(plain_decimal(amount))}}


def _check_inputs(
    inputs: dict[str, str], taken: list[str], at: Path, faults: Faults, *, boundary: object
) -> None:
    gate = isinstance(boundary, str) and boundary.endswith("-to-gate")
    asked = [term for term in taken if not gate or term in AT_THE_GATE]
    for term in asked:
        if term not in inputs:
            remedy = "name the footprint of it, in the mass's kind of unit"
            faults.add((*at, "inputs", term), "is missing, and the formula takes some", remedy)
    for term in inputs:
        if term not in taken:
            remedy = "leave it out, or look at the formula's parameters"
            faults.find((*at, "inputs", term), "is named, and the formula takes none", remedy)
        elif gate and term not in AT_THE_GATE:
            what = f"is a term of the end of life, which lies beyond {boundary}"
            remedy = "leave it out here, the shares can stay; or state boundary: cradle-to-grave"
            faults.add((*at, "inputs", term), what, remedy)


def _line(value: dict[str, Any], term: str, formula: Circular) -> dict[str, Any]:
    given = value["circular"]
    parameters = {name: given[name] for name in (*SHARES, *QUALITIES)}
    line = {
        **value,
        "stage": _STAGES[term],
        "description": f"{value.get('description')} (circular footprint formula: {term})",
        "source": {"input": given["inputs"][term]},
        "circular": {
            "material": given["material"],
            "term": term,
            "mass": dict(given["mass"]),
            **parameters,
        },
    }
    if term == AVOIDED:
        line["allocation"] = {"method": SUBSTITUTED}
    line = _recomputed(line)
    spread = value.get("uncertainty")
    if isinstance(spread, dict):
        ratio = formula.coefficient(term)
        # One mass behind all of them: they are off together.
        group = {"group": str(value.get("description"))}
        line["uncertainty"] = scaled_spread({**group, **spread}, ratio)
    return line
