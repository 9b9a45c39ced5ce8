"""Laws 7 and 8 of signed or drafted lines: what composing refuses is what check 7 finds.

``lines`` are an inventory's lines by number, each with the terms of what it cites, None where it
cites nothing. A line whose cited footprint is not known is not among them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import CalculationError
from rootprint.calc.laws import (
    PowerLine,
    StageLine,
    check_conversion,
    check_qualifiers,
    check_stages,
    check_transmission,
)
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures.signed import unit_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.laws import Finding

    Lines = Mapping[int, tuple[Mapping[str, Any], Terms | None]]

_CALORIFIC = "calorificValue"


def stage_findings(own: Terms, lines: Lines, stages: Collection[str] = ()) -> Iterator[Finding]:
    """Yield what law 7 finds; ``stages`` are those that the footprint states figures of."""
    found = {
        number: StageLine(
            line["stage"],
            cited,
            "emission" in line["source"],
            line.get("circular", {}).get("term"),
        )
        for number, (line, cited) in lines.items()
    }
    return check_stages(tables().rule, own, found, stages)


def quantity_findings(lines: Lines) -> Iterator[Finding]:
    """Yield what law 8 finds of each line by itself: kinds of quantity, and conversions."""
    for number, (line, cited) in lines.items():
        amount = line["amount"]
        yield from check_conversion(number, amount, unit_table())
        if cited is not None:
            yield from check_qualifiers(number, amount.get("quantity", {}), cited.quantity)


def transmission_findings(lines: Lines) -> Iterator[Finding]:
    """Yield what law 8 finds of transmission; ``lines`` are all that the inventory has."""
    units = unit_table()
    found = {}
    for number, (line, cited) in lines.items():
        amount = line["amount"]
        try:
            dimension, size = units.base(amount["unit"])
        except CalculationError:
            continue  # a unit that the table does not have counts no electricity
        qualified = amount.get("quantity", {})
        fuel = _CALORIFIC in qualified or (cited is not None and _CALORIFIC in cited.quantity)
        value = Fraction(amount["value"]) * size
        found[number] = PowerLine(dimension, value, cited, fuel, "electricity" in line)
    return check_transmission(tables().rule, found)


def has_kind(line: Mapping[str, Any], cited: Terms | None) -> bool:
    """Whether law 8 has anything to say of a line."""
    mark = tables().rule["transmissionClassification"]
    return "quantity" in line["amount"] or (
        cited is not None and bool(cited.quantity or mark in cited.classifications)
    )
