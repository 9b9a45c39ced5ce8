"""What an inventory's lines must hold together, each fault told with the line that it is about."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.compatibility import transmission_counted_twice
from rootprint.calc.lines import exact_result
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.totals import FOSSIL, lines_move_a_total
from rootprint.ledger import figures
from rootprint.ledger.core.schema.footprint import MAX_LINE_DIGITS, OF_WHICH
from rootprint.ledger.core.schema.rules import is_decimal
from rootprint.ledger.core.tables import tables
from rootprint.ledger.intake.inventory.problems import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from rootprint.ledger.intake.inventory import Inventory
    from rootprint.ledger.intake.linefaults import LineFaults
    from rootprint.ledger.intake.taking import Taken

_LOSSES: Final = (
    "leave the losses out; where they are those of other electricity, cite that with"
    " includesTransmission false"
)
_CREDIT: Final = (
    "credit no more than what is emitted without aircraft; what was avoided elsewhere stands"
    " outside of the footprint"
)
_TOO_SMALL: Final = (
    f"declare a larger amount, or lines of like size: {MAX_LINE_DIGITS} lineDigits are not enough"
)
_Exact = dict[str, Fraction]


def check_together(inventory: Inventory, taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note what is wrong with the lines together; ``taken`` has those that could be composed.

    Where some are missing, what they would bring is unknown: then each is judged by itself only.
    """
    exact = {
        number: exact_result(one.line, figures.unit_table(), tables().gwp)
        for number, one in taken.items()
    }
    results = {number: one.result for number, one in taken.items()}
    whole = len(taken) == len(inventory.lines) and not inventory.problems
    _check_rounding(inventory, exact, results, faults, whole=whole)
    if whole:
        _check_transmission(inventory, taken, faults)
        _check_aircraft(results, faults)


def _check_transmission(
    inventory: Inventory, taken: Mapping[int, Taken], faults: LineFaults
) -> None:
    terms = {
        number: figures.terms(one.cited.subject)
        for number, one in taken.items()
        if one.cited is not None
    }
    twice = transmission_counted_twice(tables().rule, terms)
    if twice is not None:
        losses, electricity = twice
        member = "input" if "input" in inventory.lines[losses]["source"] else "factor"
        having = dotted(inventory.path(electricity))
        what = f"adds transmission losses to electricity that already includes them: {having}"
        faults.add(losses, ("source", member), what, _LOSSES)


def _check_aircraft(results: Mapping[int, Mapping[str, Decimal]], faults: LineFaults) -> None:
    """Note the largest credit, where credits leave less of the whole than was flown."""
    fossil = {number: Fraction(one.get(FOSSIL, 0)) for number, one in results.items()}
    flown = sum((Fraction(one.get(OF_WHICH, 0)) for one in results.values()), Fraction(0))
    if flown > sum(fossil.values()):
        largest = min(fossil, key=lambda number: fossil[number])
        what = f"leaves less {FOSSIL} than {OF_WHICH}, which are a part of them"
        faults.add(largest, (), what, _CREDIT)


def _check_rounding(
    inventory: Inventory,
    exact: Mapping[int, _Exact],
    results: Mapping[int, Mapping[str, Decimal]],
    faults: LineFaults,
    *,
    whole: bool,
) -> None:
    """Note lines that round to zero, or the one that moves a total most by its rounding."""
    digits, places = inventory.digits, inventory.line_digits
    lost = [number for number, one in exact.items() if _is_lost(one, results[number])]
    remedy = _more(inventory, exact) if lost else ""
    for number in lost:
        what = f"comes to zero in {places} decimal places, and is not zero"
        faults.add(number, ("amount",), what, remedy)
    values, rounded = list(exact.values()), list(results.values())
    moved = lines_move_a_total(values, rounded, digits=digits, line_digits=places)
    if whole and moved and not lost:
        off = {number: _moved(one, results[number]) for number, one in exact.items()}
        most = max(off, key=lambda number: off[number])
        what = f"rounded to {places} decimal places moves the total by more than 0.1 %"
        faults.add(most, ("amount",), what, _more(inventory, exact))


def _is_lost(exact: _Exact, result: Mapping[str, Decimal]) -> bool:
    return any(exact.values()) and not any(result.values())


def _moved(exact: _Exact, result: Mapping[str, Decimal]) -> Fraction:
    return sum((abs(Fraction(result[name]) - exact[name]) for name in exact), Fraction(0))


def _more(inventory: Inventory, exact: Mapping[int, _Exact]) -> str:
    """Say how many lineDigits are enough."""
    values = list(exact.values())
    for places in range(inventory.line_digits + 1, MAX_LINE_DIGITS + 1):
        rounded = [{name: half_up(v, places) for name, v in one.items()} for one in values]
        if not any(map(_is_lost, values, rounded)) and not lines_move_a_total(
            values, rounded, digits=inventory.digits, line_digits=places
        ):
            return f"take more lineDigits: {places} are enough" if _fits(rounded) else _TOO_SMALL
    return _TOO_SMALL


def _fits(rounded: Sequence[Mapping[str, Decimal]]) -> bool:
    return all(is_decimal(decimal_text(value)) for one in rounded for value in one.values())
