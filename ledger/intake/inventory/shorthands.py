"""Entries of a file that stand for several lines, or say by another name what a line says."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.blends import parts_of
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import decimal_text
from rootprint.ledger.core.schema import rules
from rootprint.ledger.intake.inventory.circular import circular_lines
from rootprint.ledger.intake.inventory.gases import Blend, gas_named
from rootprint.ledger.intake.inventory.normal import with_states
from rootprint.ledger.intake.inventory.spreads import scaled_spread

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path


def written_out(value: Any, path: Path, faults: Faults, *, boundary: object) -> list[Any]:
    """Return the lines that an entry stands for: itself, but for what has a shorter way.

    An entry that is no line stays, for whoever reads lines to report.
    """
    if not isinstance(value, dict):
        return [value]
    if "circular" in value:
        return list(circular_lines(value, path, faults, boundary=boundary))
    value = with_states(value, path, faults)
    source = value.get("source")
    if not isinstance(source, dict) or not isinstance(source.get("gas"), str):
        return [value]
    gas = gas_named(source["gas"])
    if gas is None:
        return [value]
    if isinstance(gas, Blend):
        return list(_parts(value, gas, path, faults))
    return [{**value, "source": {**source, "gas": gas}}]


def _parts(value: dict[str, Any], blend: Blend, path: Path, faults: Faults) -> list[dict[str, Any]]:
    if blend.unknown:
        what = f"is {blend.name}, whose {', '.join(blend.unknown)} has no GWP by the IPCC"
        remedy = "give its other gases a line each, and say the rest in the description"
        faults.add((*path, "source", "gas"), what, remedy)
        return []
    amount = value.get("amount")
    mass = str(amount.get("value")) if isinstance(amount, dict) else ""
    if not isinstance(amount, dict) or not rules.is_decimal(mass) or not Fraction(mass) > 0:
        # The first part as the line, so that its faults are reported.
        return [_part(value, blend, next(iter(blend.percents)), amount)]
    try:
        masses = parts_of(Fraction(mass), blend.percents)
    except CalculationError as error:
        faults.add((*path, "amount", "value"), str(error.args[0]), error.remedy)
        return []
    return [
        _part(value, blend, gas, {**amount, "value": decimal_text(one)})
        for gas, one in masses.items()
    ]


def _part(value: dict[str, Any], blend: Blend, gas: str, amount: Any) -> dict[str, Any]:
    percent = blend.percents[gas]
    line = {
        **value,
        "description": f"{value.get('description')} ({blend.name}: {gas}, {_text(percent)} %)",
        "source": {**value["source"], "gas": gas},
        "amount": amount,
    }
    group = {"group": str(value.get("description"))}  # one mass behind all of them
    spread, pedigree = value.get("uncertainty"), value.get("pedigree")
    if isinstance(spread, dict):
        line["uncertainty"] = scaled_spread({**group, **spread}, percent / 100)
    if isinstance(pedigree, dict):
        line["pedigree"] = {**group, **pedigree}
    return line


def _text(percent: Fraction) -> str:
    return f"{float(percent):g}"
