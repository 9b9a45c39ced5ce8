"""Composing: an inventory and the signed statements it cites become a draft with exact totals.

The same functions of calc that check 8 recomputes with are used here, so a draft that comes out
is one that verifies.
"""

from __future__ import annotations

from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.rounding import decimal_text
from rootprint.calc.totals import Totals, digits_that_show, rounded_away, totals
from rootprint.ledger import figures
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint
from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.schema.names import RATINGS
from rootprint.ledger.core.schema.rules import MIN_SLOTS
from rootprint.ledger.core.sdjwt import decoy, placeholder
from rootprint.ledger.core.tables import tables
from rootprint.ledger.figures import composed_gases, composed_uncertainty, output_spread
from rootprint.ledger.intake.allocating import by_record, find_unrecorded
from rootprint.ledger.intake.linefaults import LineFaults
from rootprint.ledger.intake.placing import placed
from rootprint.ledger.intake.pooling import by_pool, find_unpooled
from rootprint.ledger.intake.published import settled
from rootprint.ledger.intake.secondary import as_secondary
from rootprint.ledger.intake.taking import Taken, take
from rootprint.ledger.intake.together import check_together
from rootprint.ledger.intake.uptake import check_holding, check_uptake, find_heavy_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.calc.compatibility import Terms
    from rootprint.calc.lines import Line
    from rootprint.ledger.intake.inventory import Inventory, Problem
    from rootprint.ledger.intake.resolving import Resolve


def compose(
    inventory: Inventory,
    issuer: str,
    resolve: Resolve,
    tell: Callable[[Problem], None] = lambda _finding: None,
) -> dict[str, Any]:
    """Return a draft for ``ledger.core.seal.seal``, by the base compatibility table alone.

    ``resolve`` gives the signed statement behind an input's name; ``tell`` is called with each
    finding: what is allowed but should be known before anybody signs. Raises LineProblems with all
    that is wrong with any line, what ``resolve`` raises among it; Refused or CalculationError for
    what is wrong with the whole.
    """
    inventory, process = by_record(inventory, issuer, resolve)
    subject = {**inventory.subject, **({} if process is None else {"process": process})}
    pool = by_pool(inventory, issuer, resolve)
    subject = subject if pool is None else pool.named(subject)
    faults = LineFaults(inventory)
    find_unrecorded(inventory, faults)
    if inventory.lines or inventory.problems:
        subject = _composed(inventory, subject, resolve, faults)
    else:
        with placed(inventory.where):
            _require_no_product(subject)
            subject = as_secondary(subject, faults.find_in)
            _require_well_formed(subject)
            subject = settled(subject, faults.find_in)
            _require_well_formed(subject)
        check_holding(subject, faults)
        faults.settle()
    if pool is not None:
        pool.require_number(subject)
    find_unpooled(subject, faults)
    for finding in faults.findings:
        tell(finding)
    return {
        "type": FOOTPRINT,
        "issuer": issuer,
        "validFrom": inventory.valid_from,
        "validUntil": inventory.valid_until,
        "credentialSubject": subject,
    }


def _composed(
    inventory: Inventory, subject: dict[str, Any], resolve: Resolve, faults: LineFaults
) -> dict[str, Any]:
    taken = _taken(inventory, subject, resolve, faults)
    lines, exact = [one.line for one in taken], [one.exact for one in taken]
    written, cited = [one.written for one in taken], [one.cited for one in taken]
    with placed(inventory.where):
        total = totals(lines, exact, digits=inventory.digits, line_digits=inventory.line_digits)
        composed = _with_totals(inventory, subject, total)
        composed["inventory"] = written
        composed["cells"] = {
            stage: {name: decimal_text(value) for name, value in row.items()}
            for stage, row in total.cells.items()
        }
        _say_produced(inventory, composed)
        gases = composed_gases(lines, exact, cited, inventory.line_digits)
        if gases is not None:
            composed["gases"] = gases
        output = output_spread(composed, composed.get("outputUncertainty"))
        uncertainty = composed_uncertainty(
            written, lines, exact, cited, total.excluding, output=output
        )
        if uncertainty is not None:
            composed["uncertainty"] = uncertainty
        elif output is not None:
            what = "is stated, and not every line and input states its own: the total has none"
            remedy = "state a spread for each line, 1 as its geometric deviation where it is exact"
            faults.find_in(("outputUncertainty",), what, remedy)
        check_uptake({n: Fraction(v) for n, v in total.components.items()}, exact, faults)
        check_holding(composed, faults)
        find_heavy_ends(composed, faults)
        _require_well_formed(composed)
    faults.settle()
    _find_cancelled(inventory, lines, exact, faults)
    _find_rounded_away(inventory, lines, exact, faults)
    return composed


def _find_cancelled(
    inventory: Inventory,
    lines: list[Line],
    exact: list[Mapping[str, Fraction]],
    faults: LineFaults,
) -> None:
    """Say which total rounding leaves without a significant digit, as its parts nearly cancel."""
    lost = digits_that_show(
        lines, exact, digits=inventory.digits, line_digits=inventory.line_digits
    )
    if lost is not None:
        name, enough = lost
        what = f"leaves pcf.{name} without significant digits: what it adds nearly cancels"
        remedy = "read its components" if enough is None else f"take {enough} digits"
        faults.find_in(("digits",), what, remedy)


def _find_rounded_away(
    inventory: Inventory,
    lines: list[Line],
    exact: list[Mapping[str, Fraction]],
    faults: LineFaults,
) -> None:
    """Say which components are stated as zero and are none: law 1 bounds what totals lose."""
    lost = rounded_away(lines, exact, digits=inventory.digits, line_digits=inventory.line_digits)
    if lost is not None:
        names, enough = lost
        what = f"rounds {' and '.join(f'pcf.{name}' for name in names)} to zero, and it is not zero"
        remedy = "take more lineDigits too" if enough is None else f"take {enough} digits"
        faults.find_in(("digits",), what, remedy)


def _taken(
    inventory: Inventory, subject: Mapping[str, Any], resolve: Resolve, faults: LineFaults
) -> list[Taken]:
    """Return every line; raises LineProblems with all that is wrong with any of them."""
    with placed(inventory.where):
        own = _own_terms(subject)
    taken = {n: take(inventory, n, own, resolve, faults) for n in range(len(inventory.lines))}
    whole = {number: one for number, one in taken.items() if one is not None}
    check_together(inventory, own, whole, faults)
    faults.settle()
    return list(whole.values())


def _own_terms(subject: Mapping[str, Any]) -> Terms:
    """Return the terms of what is composed; its sets are those that PACT's attribute names."""
    pcf = subject.get("pcf")
    if not isinstance(pcf, dict):
        message = "the inventory has no pcf member with declared unit, period and geography"
        raise Refused(message)
    asked = {"boundary": subject, "basis": subject, "referencePeriodStart": pcf,
             "referencePeriodEnd": pcf}  # fmt: skip
    missing = [name for name, members in asked.items() if name not in members]
    if missing:
        message = f"the inventory lacks {', '.join(missing)}"
        raise Refused(message)
    named = [{"set": name} for name in pcf.get("ipccCharacterizationFactors", ())]
    return figures.terms({**subject, "characterizationSets": named})


def _require_no_product(subject: Mapping[str, Any]) -> None:
    if subject.get("role") == "product":
        message = "a product has no line in its inventory, so there is nothing to compose"
        raise Refused(message, remedy="list its inputs and emissions under inventory")


def _with_totals(inventory: Inventory, subject: Mapping[str, Any], total: Totals) -> dict[str, Any]:
    pcf = {
        **subject["pcf"],
        "pcfExcludingBiogenicUptake": decimal_text(total.excluding),
        "pcfIncludingBiogenicUptake": decimal_text(total.including),
        **{name: decimal_text(value) for name, value in total.components.items()},
        "primaryDataShare": (
            "0" if subject.get("role") == "factor" else decimal_text(total.primary_share)
        ),
    }
    if total.quality is not None:
        pcf["dqi"] = {
            name: decimal_text(value) for name, value in zip(RATINGS, total.quality, strict=True)
        }
    base = tables()
    return {
        **subject,
        "pcf": pcf,
        "characterizationSets": [
            {"set": name, "share": decimal_text(share)} for name, share in total.sets.items()
        ],
        "computedWith": {
            "rule": {"id": base.rule["id"], "digest": base.rule_digest},
            "tables": base.digest,
            "lineDigits": inventory.line_digits,
            "digits": inventory.digits,
            "tool": f"rootprint {_version()}",
        },
    }


def _say_produced(inventory: Inventory, composed: dict[str, Any]) -> None:
    """State what a process made, where a line rests on a claim: what it takes is asked (law 4)."""
    process = inventory.process
    scale = None if process is None or process.record is not None else process.scale
    claimed = any("claim" in line.get("certificate", {}) for line in composed["inventory"])
    if not claimed or scale is None or "producedAmount" in composed:
        return
    made = plain_decimal(scale.produced * scale.good)
    unit = composed["pcf"]["declaredUnitOfMeasurement"]
    composed["producedAmount"] = {"value": decimal_text(made), "unit": unit}


def _require_well_formed(subject: Mapping[str, Any]) -> None:
    """Judge every open member as a verifier will, with slots in place of what will be hidden."""
    slot = placeholder(decoy())
    clear = {name: value for name, value in subject.items() if name not in FOOTPRINT_HIDDEN}
    if "inventory" in subject:
        clear |= {"inventory": [slot] * MIN_SLOTS, "inventoryShape": [slot], "cells": [slot]}
    footprint.subject(clear, "the footprint")


def _version() -> str:
    try:
        return version("rootprint")
    except PackageNotFoundError:
        return "from source"
