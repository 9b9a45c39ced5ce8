"""What an inventory's lines must hold together; each fault is reported with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import CAPTURE
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger import figures
from rootprint.ledger.core.schema.footprint import MAX_LINE_DIGITS
from rootprint.ledger.core.schema.rules import is_decimal
from rootprint.ledger.intake.lawful import check_lines
from rootprint.ledger.verify.rulings import bounds, equations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

    from rootprint.calc.compatibility import Terms
    from rootprint.ledger.intake.inventory import Inventory
    from rootprint.ledger.intake.linefaults import LineFaults
    from rootprint.ledger.intake.taking import Taken

_GENERATED: Final = (
    "state the CO2 that the process generates (CO2, CO2_biogenic, an emission factor) before what"
    " is captured of it; CO2 from the air is a removal"
)
_TOO_SMALL: Final = (
    f"declare a larger amount, or lines of like size: {MAX_LINE_DIGITS} lineDigits are not enough"
)
# Members that a footprint declares of itself; nothing composes them from its inputs.
NOT_CARRIED: Final = ("packagingGhgEmissions", "outboundLogisticsGhgEmissions")


def check_together(
    inventory: Inventory, own: Terms, taken: Mapping[int, Taken], faults: LineFaults
) -> None:
    """Note what is wrong with the lines together; ``taken`` has those that could be composed.

    ``own`` are the terms of the footprint. Where some are missing, what they would bring is
    unknown: then each is judged by itself only.
    """
    _check_shown(inventory, taken, faults)
    whole = len(taken) == len(inventory.lines) and not inventory.problems
    lines = {
        number: (one.written, None if one.cited is None else figures.terms(one.cited.subject))
        for number, one in taken.items()
    }
    check_lines(own, lines, faults, whole=whole)
    _check_evidence(taken, faults)
    if whole:
        _check_capture(taken, faults)
        _find_lost_parts(inventory, taken, faults)


def _check_evidence(taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note one evidence of removals that serves several lines for more than it shows."""
    written = {number: one.written for number, one in taken.items()}
    shared = bounds.evidence_fault(written, {number: one.exact for number, one in taken.items()})
    if shared is None:
        return
    _, (removed, stored) = shared
    last = max(number for number, value in written.items() if "removal" in value)
    what = (
        f"serves several lines that remove {equations.plain(removed)} kg CO2 together, and it shows"
        f" {equations.plain(stored)} kg to be stored"
    )
    remedy = "give each removal evidence of its own, or under stored all that the evidence shows"
    faults.add(last, ("removal", "evidence"), what, remedy)


def _check_capture(taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note capture that is more than the CO2 which the lines themselves generate."""
    ordered = list(taken.values())
    beyond = bounds.capture_fault(
        [one.written for one in ordered],
        [one.line for one in ordered],
        [one.exact for one in ordered],
    )
    if beyond is None:
        return
    first = next(
        number for number, one in taken.items() if one.exact.get(CAPTURE) and one.cited is None
    )
    captured, generated = map(equations.plain, beyond)
    what = f"brings what is captured to {captured} kg CO2, and the lines generate {generated} kg"
    faults.add(first, (), what, _GENERATED)


def _find_lost_parts(inventory: Inventory, taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Say what an input states apart and the footprint does not carry on."""
    for number, one in taken.items():
        if one.cited is None:
            continue
        pcf = one.cited.subject["pcf"]
        lost = [name for name in NOT_CARRIED if name in pcf and figures.exact(pcf[name])]
        if lost:
            what = f"states {' and '.join(lost)}, which no total of this footprint carries on apart"
            remedy = "state the member under pcf if it is still that of this product"
            faults.find(number, ("source", _citing(inventory, number)), what, remedy)


def _citing(inventory: Inventory, number: int) -> str:
    return "input" if "input" in inventory.lines[number]["source"] else "factor"


def _check_shown(inventory: Inventory, taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note lines that are shown as zero, and are not."""
    lost = [number for number, one in taken.items() if _is_lost(one.exact, one.result)]
    remedy = _more(inventory, taken) if lost else ""
    for number in lost:
        what = f"comes to zero in {inventory.line_digits} decimal places, and is not zero"
        faults.add(number, ("amount",), what, remedy)


def _is_lost(exact: Mapping[str, Fraction], result: Mapping[str, Decimal]) -> bool:
    return any(exact.values()) and not any(result.values())


def _more(inventory: Inventory, taken: Mapping[int, Taken]) -> str:
    """Say how many lineDigits are enough."""
    exact = [one.exact for one in taken.values()]
    for places in range(inventory.line_digits + 1, MAX_LINE_DIGITS + 1):
        rounded = [{name: half_up(v, places) for name, v in one.items()} for one in exact]
        if not any(map(_is_lost, exact, rounded)):
            fits = all(is_decimal(decimal_text(v)) for one in rounded for v in one.values())
            return f"take more lineDigits: {places} are enough" if fits else _TOO_SMALL
    return _TOO_SMALL
