"""Certificates of a file's lines: what is taken of one is no more than it has (law 4)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.core.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rootprint.ledger.intake.inventory.problems import Faults, Path


def check_certificates(lines: Iterable[tuple[dict[str, Any], Path]], faults: Faults) -> None:
    """Note where the lines that name one certificate take more MWh than it has.

    ``lines`` have their amounts as the file gives them: of a process what the period took.
    """
    taken: dict[tuple[str, str], Fraction] = {}
    for line, path in lines:
        if "certificate" not in line or "amount" not in line:
            continue
        if faults.within((*path, "amount")) or faults.within((*path, "certificate")):
            continue
        certificate = line["certificate"]
        name = (fold(certificate["registry"]), fold(certificate["id"]))
        units = figures.unit_table()
        try:
            factor = units.factor(units.named(line["amount"]["unit"]), "megawatt hour")
        except CalculationError as error:
            faults.add((*path, "amount", "unit"), f"is not usable: {error.args[0]}", error.remedy)
            continue
        before = taken.get(name, Fraction(0))
        taken[name] = before + Fraction(line["amount"]["value"]) * factor
        if taken[name] > Fraction(certificate["MWh"]):
            lines_ = "the lines that name this certificate take" if before else "the line takes"
            remedy = "split the line: what is certified, and the rest from the grid"
            faults.add((*path, "certificate", "MWh"), f"is less than {lines_}", remedy)
