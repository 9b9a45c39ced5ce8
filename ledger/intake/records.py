"""What publishing asks of process, retirement and claim records before the log takes them.

What may exist once is judged in the transaction that appends (``ledger.log.once``); here is what
a record says by itself, and of the records that it names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.kinds import CLAIM, PROCESS, RETIREMENT
from rootprint.ledger.core.tables import tables

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

Logged = Callable[[bytes], "tuple[int, Statement] | None"]
_ENERGY = ("energy",)
_GAS = ("energy", "mass", "volume")
_DIMENSIONS = {"electricity": _ENERGY, "heat": _ENERGY, "biomethane": _GAS, "hydrogen": _GAS}
_ANEW = "make it anew: rootprint process"


def judge_record(statement: Statement, logged: Logged) -> None:
    """Raise Refused if a record contradicts itself, or names what it can't rest on.

    ``logged`` gives the statement with a digest, of the log or of the batch before it.
    """
    if statement.kind == PROCESS:
        _process(statement, logged)
    elif statement.kind == RETIREMENT:
        _in_a_unit(statement)
        _in_its_dimension(statement)
    elif statement.kind == CLAIM:
        _in_a_unit(statement)
        _claim(statement, logged)


def _process(statement: Statement, logged: Logged) -> None:
    """Every claim that it draws on is its issuer's; what is open of its table adds up (law 2)."""
    for text in statement.subject.get("claims", ()):
        claim = _named(digest_bytes(text), logged, CLAIM, "a claim that it draws on")
        if claim.issuer != statement.issuer:
            message = f"it draws on claim {text} of {claim.issuer}"
            raise Refused(message, remedy="draw on claims of its own issuer")
    try:
        process = figures.read_process(statement)
        process.require_sound()
        for part in (process.allocation, process.activities):
            for item in part.items.values():
                figures.unit_table().factor(item["amount"]["unit"], item["amount"]["unit"])
    except CalculationError as error:
        raise Refused(f"law 2: {error.args[0]}", remedy=error.remedy or _ANEW) from error


def _in_a_unit(statement: Statement) -> None:
    unit = statement.subject["amount"]["unit"]
    try:
        figures.unit_table().factor(unit, unit)
    except CalculationError as error:
        remedy = "use a unit's full name, such as megawatt hour"
        raise Refused(f"amount.unit: {error.args[0]}", remedy=remedy) from error


def _in_its_dimension(statement: Statement) -> None:
    subject = statement.subject
    fault = _dimension_fault(subject["attribute"], subject["amount"]["unit"])
    if fault is not None:
        message = f"law 4: amount.unit: {fault}"
        raise Refused(message, remedy="give what it is counted in, such as megawatt hour")


def _dimension_fault(attribute: str, unit: str) -> str | None:
    """Return why an attribute can't be retired in a unit, None where it can."""
    found = tables().units["units"].get(unit)
    dimensions = _DIMENSIONS.get(attribute)
    if found is None or dimensions is None or found["dimension"] in dimensions:
        return None
    return (
        f"{attribute} is counted in {' or '.join(dimensions)}, and {unit} is {found['dimension']}"
    )


def _claim(statement: Statement, logged: Logged) -> None:
    """A claim is of the time in which what was retired was made (law 4)."""
    subject = statement.subject
    if "retirement" not in subject:
        return
    retired = _named(
        digest_bytes(subject["retirement"]), logged, RETIREMENT, "the retirement that it claims"
    )
    start, end = retired.subject["productionStart"], retired.subject["productionEnd"]
    if not start <= subject["periodStart"] <= subject["periodEnd"] <= end:
        message = f"law 4: its period is not within {start} to {end}, when it was produced"
        raise Refused(message, remedy="claim a period within it")


def _named(digest: bytes, logged: Logged, kind: str, what: str) -> Statement:
    found = logged(digest)
    if found is None:
        message = f"{what} is not in this log: {digest_text(digest)}"
        raise Refused(message, remedy="publish that first")
    if found[1].kind != kind:
        message = f"{what} is a {found[1].kind}: {digest_text(digest)}"
        raise Refused(message, remedy=f"name a {kind}")
    return found[1]
