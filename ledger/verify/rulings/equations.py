"""What check 8 asks of every footprint, open or hidden: its numbers are one (law 1)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rootprint.calc.amounts import Amounts
from rootprint.calc.columns import DIFFERENCE, EXCLUDING
from rootprint.calc.equations import (
    EXCLUDING_TOTAL,
    INCLUDING_TOTAL,
    Unequal,
    difference_range,
    unequal_cells,
    unequal_totals,
)
from rootprint.calc.rounding import shortest_text
from rootprint.ledger import figures
from rootprint.ledger.core.statement import has_inventory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from rootprint.ledger.core.statement import Statement

_PLACES = 34


def open_fault(
    statement: Statement, components: Mapping[str, Fraction]
) -> tuple[str, tuple[str, str]] | None:
    """Return why a footprint's open numbers contradict each other, with both numbers, or None.

    Both totals are exactly the sums of their components, the cells (where they are open) exactly
    add up to each component, and a publication's difference is not more than rounding.
    """
    pcf = statement.subject["pcf"]
    totals = {name: pcf[name] for name in (EXCLUDING_TOTAL, INCLUDING_TOTAL)}
    unequal = unequal_totals(components, Amounts.of_decimals(totals))
    if unequal is not None:
        return f"the components do not add up to {unequal.name}", _both(unequal)
    cells = statement.opened.cells
    if cells is not None:
        unequal = unequal_cells(figures.cells(cells), components)
        if unequal is not None:
            return f"the cells do not add up to {unequal.name}", _both(unequal)
    return None if has_inventory(statement) else _difference_fault(statement, components)


def difference_fault(pcf: Mapping[str, Any], difference: Fraction) -> tuple[str, str] | None:
    """Return why ``difference`` is none that rounding makes, and what it may be, or None.

    ``pcf`` has the other figures as they are printed.
    """
    components = {name: Decimal(pcf[name]) for name in EXCLUDING if name in pcf}
    least, most = difference_range(components, Decimal(pcf[EXCLUDING_TOTAL]))
    if least <= difference <= most:
        return None
    if abs(difference) > most:
        reason = "is more than the rounding of the printed figures can come to"
        return reason, f"at most {plain(most)}"
    reason = "takes off more than 5 % of the gross: state the sum of the parts"
    return reason, f"at least {plain(least)}"


def _difference_fault(
    statement: Statement, components: Mapping[str, Fraction]
) -> tuple[str, tuple[str, str]] | None:
    if DIFFERENCE not in components:
        return None
    fault = difference_fault(statement.subject["pcf"], components[DIFFERENCE])
    if fault is None:
        return None
    reason, bound = fault
    return f"{DIFFERENCE} {reason}", (plain(components[DIFFERENCE]), bound)


def plain(value: Fraction) -> str:
    """Write a sum of decimals without the zeros that it ends with."""
    return shortest_text(value, _PLACES)


def _both(unequal: Unequal) -> tuple[str, str]:
    return plain(unequal.stated), plain(unequal.found)
