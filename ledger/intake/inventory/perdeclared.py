"""A line of a whole process, brought to the declared amount.

Exactly, before anything is composed: amount × share × declared amount ÷ (output × yield).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.allocation import per_declared_amount, plain_decimal
from rootprint.calc.rounding import decimal_text, half_up
from rootprint.calc.sharing import PERCENT_PLACES, SUBDIVISION, SUBSTITUTION
from rootprint.ledger.intake.inventory.circular import scaled_circular
from rootprint.ledger.intake.inventory.closest import closest
from rootprint.ledger.intake.inventory.spreads import scaled_spread

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path
    from rootprint.ledger.intake.inventory.process import Process


def check_place(value: dict[str, Any], process: Process, path: Path, faults: Faults) -> None:
    """Note what a line says of the process that the process does not say."""
    serves = value.get("output")
    shared = serves is None and process.method is not None
    known = () if process.outputs is None else process.outputs
    if serves is not None and known and serves not in known:
        remedy = closest(str(serves), known, f"name one of {', '.join(known)}")
        faults.add((*path, "output"), "is none of the process's outputs", remedy)
    if shared and process.method == "subdivision":
        remedy = "say which output it serves, or allocate by a physical or economic relation"
        faults.add((*path, "output"), "is missing, and the process is subdivided", remedy)
    if isinstance(serves, str) and serves in process.wasted:
        remedy = "leave output out, so that the products share it"
        faults.add((*path, "output"), "is waste, which carries nothing", remedy)
    _check_allocation(value, process, path, faults)


def _check_allocation(value: dict[str, Any], process: Process, path: Path, faults: Faults) -> None:
    """The process allocates; a line says only that it is the credit of a substituted output."""
    serves, known = value.get("output"), process.outputs or ()
    if "circular" in value:
        if process.method is not None or len(known) > 1:
            remedy = "compose the material by itself, and cite it from each product"
            faults.add((*path, "circular"), "stands in a process that is allocated", remedy)
    elif isinstance(serves, str) and serves in process.substituted:
        given = value.get("allocation")
        if given != {"method": SUBSTITUTION}:
            remedy = "say allocation: {method: substitution}, and cite what the output displaces"
            faults.add((*path, "allocation"), "is not that of a credit", remedy)
    elif "allocation" in value and (process.method is not None or len(known) > 1):
        remedy = "leave it out: the process allocates"
        faults.add((*path, "allocation"), "stands on a line of an allocated process", remedy)


def to_declared_amount(
    line: dict[str, Any], process: Process, path: Path, faults: Faults
) -> dict[str, Any] | None:
    """Return the line per declared amount, None if it enters nothing here.

    Its amount stays as it is where the line or the process is faulty. A line that serves a
    substituted output is a credit to those that share the process, and a burden to that output.
    """
    signed = {name: member for name, member in line.items() if name != "output"}
    serves, scale = line.get("output"), process.scale
    own = serves is not None and serves == process.product
    credit = not own and isinstance(serves, str) and serves in process.substituted
    if serves is not None and not own and not credit:
        return None
    if scale is None or faults.within(path):
        return signed
    shared = serves is None and process.method is not None
    share = scale.share if shared or credit else Fraction(1)
    if not share:
        return None
    ratio = per_declared_amount(
        Fraction(1),
        share,
        produced=scale.produced,
        declared=scale.declared,
        good=scale.good,
    )
    signed["amount"] = _scaled_amount(line["amount"], ratio)
    if "circular" in line:
        signed = scaled_circular(signed, ratio)
    if "uncertainty" in line:
        signed["uncertainty"] = scaled_spread(line["uncertainty"], ratio)
    stored = line.get("removal", {}).get("stored")
    if stored is not None:
        kept = decimal_text(plain_decimal(Fraction(stored["value"]) * ratio))
        signed["removal"] = {**line["removal"], "stored": {**stored, "value": kept}}
    if process.method is not None:
        method = SUBSTITUTION if credit else SUBDIVISION if own else process.method
        signed["allocation"] = {
            "method": method,
            "share": decimal_text(half_up(share * 100, PERCENT_PLACES)),
            "group": process.name,
        }
    return signed


def _scaled_amount(amount: dict[str, Any], ratio: Fraction) -> dict[str, Any]:
    """Scale an amount; one that was converted is scaled before its conversion, which is exact."""
    converted = amount.get("quantity", {}).get("converted")
    if converted is None:
        value = plain_decimal(Fraction(amount["value"]) * ratio)
        return {**amount, "value": decimal_text(value)}
    value = plain_decimal(Fraction(converted["value"]) * ratio)
    into = plain_decimal(Fraction(value) * Fraction(converted["by"]))
    scaled = {**converted, "value": decimal_text(value)}
    quantity = {**amount["quantity"], "converted": scaled}
    return {**amount, "value": decimal_text(into), "quantity": quantity}
