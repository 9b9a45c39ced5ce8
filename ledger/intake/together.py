"""What an inventory's lines must hold together; each fault is reported with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.columns import CAPTURE
from rootprint.calc.laws import Weight
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.ledger import figures
from rootprint.ledger.core.schema.footprint import MAX_LINE_DIGITS
from rootprint.ledger.core.schema.rules import is_decimal
from rootprint.ledger.intake.lawful import check_lines
from rootprint.ledger.verify.rulings import bounds, displaced, equations, processes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.laws import Finding
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
_BY_RECORD: Final = (
    "law 2 is not checkable until the process is recorded with that output: rootprint process FILE,"
    " then compose by process.record; or an auditor answers for law 2"
)
_BY_FORMULA: Final = "state recycling by the circular formula, whose masses are compared"
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
    _find_unbounded(inventory, own, taken, faults)
    _check_displaced(inventory, taken, faults)
    _check_evidence(taken, faults)
    _check_materials(figures.material_findings(_written(taken)), faults)
    if whole:
        _check_materials(figures.term_findings(_written(taken), own.boundary), faults)
        _check_capture(taken, faults)
        _find_lost_parts(inventory, taken, faults)


def _find_unbounded(
    inventory: Inventory, own: Terms, taken: Mapping[int, Taken], faults: LineFaults
) -> None:
    """Say of a credit that no process record bounds it (law 2)."""
    if inventory.process is not None:
        return
    making, after_use = processes.unbounded_credits(own.boundary, _written(taken))
    for number in making:
        faults.find(number, ("allocation",), f"is {processes.UNBOUNDED}", _BY_RECORD)
    for number in after_use:
        faults.find(number, ("allocation",), f"is {processes.UNBOUNDED}", _BY_FORMULA)


def _check_displaced(inventory: Inventory, taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note a credit for displacing the product itself (check 7)."""
    products = inventory.subject.get("productIds", ())
    for number, one in taken.items():
        if one.cited is not None and displaced.displaces_itself(
            inventory.issuer, products, one.written, one.cited
        ):
            remedy = "cite what others make, which the output takes the place of"
            faults.add(number, ("source", "input"), f"is {displaced.ITSELF}", remedy)


def _written(taken: Mapping[int, Taken]) -> dict[int, Mapping[str, Any]]:
    return {number: one.written for number, one in taken.items()}


def _check_materials(findings: Iterable[Finding], faults: LineFaults) -> None:
    """Note what lines of one material by the circular formula have apart or lack (law 1)."""
    for one in findings:
        if one.weight is Weight.BROKEN:
            faults.add(one.lines[0], (one.member,), one.what, one.remedy)
        else:
            faults.find(one.lines[0], (one.member,), one.what, one.remedy)


def _check_evidence(taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note one evidence of removals that serves several lines for more than it shows."""
    exact = {number: one.exact for number, one in taken.items()}
    shared = bounds.evidence_fault(_written(taken), exact)
    if shared is None:
        return
    removed, stored = map(equations.plain, (shared.taken, shared.shown))
    what = (
        f"serves several lines that remove {removed} kg CO2 together, and it shows {stored} kg to"
        " be stored"
    )
    remedy = "give each removal evidence of its own, or under stored all that the evidence shows"
    faults.add(max(shared.lines), ("removal", "evidence"), what, remedy)


def _check_capture(taken: Mapping[int, Taken], faults: LineFaults) -> None:
    """Note capture that is more than the CO2 which the lines themselves generate."""
    ordered = list(taken.values())
    found = bounds.capture(
        [one.written for one in ordered],
        [one.line for one in ordered],
        [one.exact for one in ordered],
        [one.cited for one in ordered],
    )
    if found.captured <= found.generated:
        return
    first = next(
        number for number, one in taken.items() if one.exact.get(CAPTURE) and one.cited is None
    )
    captured, generated = map(equations.plain, (found.captured, found.generated))
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
