"""Laws 7 and 8 of signed or drafted lines: what composing refuses is what check 7 finds.

``lines`` are an inventory's lines by number, each with the terms of what it cites, None where it
cites nothing. A line whose cited footprint is not known is not among them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

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
_NO_KIND: Final[Mapping[str, Any]] = {}


def stage_findings(
    own: Terms, lines: Lines, stages: Collection[str] = (), *, whole: bool = False
) -> Iterator[Finding]:
    """Yield what law 7 finds of all lines (``whole``), or of some and the stages of figures."""
    found = {
        number: StageLine(
            line["stage"],
            cited,
            "emission" in line["source"],
            line["circular"].get("term") if "circular" in line else None,
        )
        for number, (line, cited) in lines.items()
    }
    return check_stages(tables().rule, own, found, stages, whole=whole)


def quantity_findings(lines: Lines) -> Iterator[Finding]:
    """Yield what law 8 finds of each line by itself: kinds of quantity, and conversions."""
    for number, (line, cited) in lines.items():
        amount = line["amount"]
        said = amount.get("quantity", _NO_KIND)
        if said:
            yield from check_conversion(number, amount, unit_table())
        if cited is not None and (said or cited.quantity):
            yield from check_qualifiers(number, said, cited.quantity)


def transmission_findings(lines: Lines) -> Iterator[Finding]:
    """Yield what law 8 finds of transmission; ``lines`` are all that the inventory has."""
    units, mark = unit_table(), tables().rule["transmissionClassification"]
    if not any(
        cited is not None
        and (mark in cited.classifications or cited.includes_transmission is False)
        for _, cited in lines.values()
    ):
        return  # neither losses nor electricity that leaves them out
    found = {}
    for number, (line, cited) in lines.items():
        amount = line["amount"]
        try:
            dimension, size = units.base(amount["unit"])
        except CalculationError:
            continue  # a unit that the table does not have counts no electricity
        qualified = amount.get("quantity", _NO_KIND)
        fuel = _CALORIFIC in qualified or (cited is not None and _CALORIFIC in cited.quantity)
        value = Fraction(amount["value"]) * size
        found[number] = PowerLine(dimension, value, cited, fuel, "electricity" in line)
    yield from check_transmission(tables().rule, found)


def have_kind(lines: Lines) -> bool:
    """Whether law 8 has anything to say of any of these lines."""
    mark = tables().rule["transmissionClassification"]
    return any(
        "quantity" in line["amount"]
        or (cited is not None and bool(cited.quantity or mark in cited.classifications))
        for line, cited in lines.values()
    )
