"""A line of a whole process, brought to the declared amount.

Exactly, before anything is composed: amount × share × declared amount ÷ (output × yield).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.allocation import per_declared_amount, plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.rounding import SHARE_PLACES, decimal_text, half_up
from rootprint.ledger import figures

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path
    from rootprint.ledger.intake.inventory.process import Process


def check_place(value: dict[str, Any], process: Process, path: Path, faults: Faults) -> None:
    """Note what a line says of the process that the process does not say."""
    serves = value.get("output")
    shared = serves is None and process.method is not None
    known = () if process.outputs is None else process.outputs
    if serves is not None and known and serves not in known:
        names = ", ".join(known)
        faults.add((*path, "output"), "is none of the process's outputs", f"name one of {names}")
    if shared and process.method == "subdivision":
        remedy = "say which output it serves, or allocate by a physical or economic relation"
        faults.add((*path, "output"), "is missing, and the process is subdivided", remedy)
    if "allocation" in value and (shared or len(known) > 1):
        remedy = "leave it out: the process allocates"
        faults.add((*path, "allocation"), "stands on a line of an allocated process", remedy)
    _check_certificate(value, path, faults)


def to_declared_amount(
    line: dict[str, Any], process: Process, path: Path, faults: Faults
) -> dict[str, Any] | None:
    """Return the line per declared amount, None if it enters nothing here.

    Its amount stays as it is where the line or the process is faulty.
    """
    signed = {name: member for name, member in line.items() if name != "output"}
    serves, scale = line.get("output"), process.scale
    if serves is not None and serves != process.product:
        return None
    if scale is None or faults.within(path):
        return signed
    shared = serves is None and process.method is not None
    share = scale.share if shared else Fraction(1)
    if not share:
        return None
    value = per_declared_amount(
        Fraction(line["amount"]["value"]),
        share,
        produced=scale.produced,
        declared=scale.declared,
        good=scale.good,
    )
    signed["amount"] = {**line["amount"], "value": decimal_text(plain_decimal(value))}
    if "uncertainty" in line:
        given = Fraction(line["amount"]["value"])
        signed["uncertainty"] = _scaled_spread(line["uncertainty"], signed["amount"], value / given)
    stored = line.get("removal", {}).get("stored")
    if stored is not None:
        share_of = per_declared_amount(
            Fraction(stored["value"]),
            share,
            produced=scale.produced,
            declared=scale.declared,
            good=scale.good,
        )
        kept = {**stored, "value": decimal_text(plain_decimal(share_of))}
        signed["removal"] = {**line["removal"], "stored": kept}
    if shared or len(process.outputs or ()) > 1:
        signed["allocation"] = {
            "method": process.method if shared else "subdivision",
            "share": decimal_text(half_up(share * 100, SHARE_PLACES)),
            "group": process.name,
        }
    return signed


def _scaled_spread(
    member: dict[str, Any], amount: dict[str, str], ratio: Fraction
) -> dict[str, Any]:
    """A spread follows its amount; a geometric standard deviation has no unit and stays."""
    scaled = {**member, "statedValue": amount["value"]}
    if "interval" in member:
        bounds = {
            name: decimal_text(plain_decimal(Fraction(member["interval"][name]) * ratio))
            for name in ("lower", "upper")
        }
        scaled["interval"] = {**member["interval"], **bounds}
    return scaled


def _check_certificate(line: dict[str, Any], path: Path, faults: Faults) -> None:
    """A certificate covers what the period took, and no more."""
    if "certificate" not in line or "amount" not in line:
        return
    if faults.within((*path, "amount")) or faults.within((*path, "certificate")):
        return
    units = figures.unit_table()
    try:
        factor = units.factor(units.named(line["amount"]["unit"]), "megawatt hour")
    except CalculationError as error:
        faults.add((*path, "amount", "unit"), f"is not usable: {error.args[0]}", error.remedy)
        return
    if Fraction(line["amount"]["value"]) * factor > Fraction(line["certificate"]["MWh"]):
        remedy = "split the line: what is certified, and the rest from the grid"
        faults.add((*path, "certificate", "MWh"), "is less than what the line takes", remedy)
