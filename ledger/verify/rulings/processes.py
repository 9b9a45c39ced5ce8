"""Law 2, decided by check 7: nothing appears or vanishes in a process.

What a process record says is a whole; a co-product's statement names its row of it, and each of its
lines is the row's share of one activity. What is hidden is said to be: only the whole table shows
that the shares add up, and only all activities that none was left out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.allocation import plain_decimal
from rootprint.calc.errors import CalculationError
from rootprint.calc.sharing import SUBSTITUTION, WASTE
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.schema.kinds import PROCESS
from rootprint.ledger.core.schema.line import SHARED
from rootprint.ledger.core.spelling import fold, same_site
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import NotConserved, base, differs, exact, read_process, unit_table
from rootprint.ledger.verify.laws import Ruling, Unseen, broken, held, not_applicable, not_checkable
from rootprint.ledger.verify.rulings.lawful import named
from rootprint.ledger.verify.rulings.records import Unknown, require_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.figures import Process
    from rootprint.ledger.verify.node import Node

LAW: Final = 2
_HIDDEN: Final = "its inventory is hidden"
UNBOUNDED: Final = "a credit for what no process record shows to be made, so nothing bounds it"
_TO_GRAVE: Final = "-to-grave"
_AFTER_THE_GATE: Final = ("use", "end-of-life", "recycling")


def rule(node: Node, statement: Statement, nodes: Mapping[bytes, Node]) -> Ruling:
    """Judge a footprint by the process record that it cites, as far as both are open."""
    subject, lines = statement.subject, statement.opened.lines
    if "process" not in subject:
        return _without(statement)
    try:
        if not has_inventory(statement):
            message = "it cites a process record, and has no inventory"
            raise NotConserved(message)
        digest = digest_bytes(subject["process"]["record"])
        record = require_record(node, digest, nodes, PROCESS, "its process record")
        _require_same(subject, record.statement.subject)
        process = read_process(record.statement)
        _require_alone(nodes[digest])
        process.require_sound()
        own = _own_row(process, subject)
        _require_produced(process, own, statement)
        hidden = _lines(process, own, lines, subject["pcf"])
        if statement.opened.complete:
            _require_all_taken(process, own, lines)
    except Unknown as error:
        return error.ruling(LAW)
    except CalculationError as error:
        return broken(LAW, str(error.args[0]))
    unknown = _unknown(process, hidden, complete=statement.opened.complete) or record.unknown
    return held(LAW) if unknown is None else unknown.ruling(LAW)


def _unknown(process: Process, hidden: str | None, *, complete: bool) -> Unknown | None:
    """Return what of lines and record is not seen; ``hidden`` says it of a line that is open."""
    if not complete:
        return Unknown(_HIDDEN, Unseen.HIDDEN)
    for part in (process.allocation, process.activities):
        if not part.whole:
            return Unknown(f"its process record hides of its {part.name}", Unseen.HIDDEN)
    if hidden is not None:
        return Unknown(hidden, Unseen.HIDDEN)
    uncounted = process.uncounted_credit()
    return None if uncounted is None else Unknown(uncounted, Unseen.UNSAID)


def _without(statement: Statement) -> Ruling:
    """A statement without a record has no line that is a share, and no credit that is bounded."""
    lines = statement.opened.lines
    allocated = {index: line for index, line in lines.items() if "allocation" in line}
    for index, line in allocated.items():
        if line["allocation"].get("method") in SHARED:
            what = f"line {index} is a share of a process with several outputs"
            return broken(LAW, f"{what}, and no process record is cited")
    unbounded, after_use = unbounded_credits(statement.subject["boundary"], allocated)
    if unbounded:
        found = not_checkable(LAW, f"{named(unbounded)}: {UNBOUNDED}", Unseen.UNSAID)
    elif has_inventory(statement) and not statement.opened.complete:
        found = not_checkable(LAW, _HIDDEN, Unseen.HIDDEN)
    else:
        found = not_applicable(LAW)
    credits_ = sorted([*unbounded, *after_use])
    return found.noting(f"law {LAW}: {named(credits_)}: {UNBOUNDED}") if credits_ else found


def unbounded_credits(
    boundary: str, lines: Mapping[int, Mapping[str, Any]]
) -> tuple[list[int], list[int]]:
    """Return the lines that credit an output of no record: of the making, and after the use.

    ``lines`` are of a footprint without process record. What the formula of circular materials
    credits is bounded by their mass (law 1). What is recovered after the use comes from the product
    itself, and from no process that has a record.
    """
    making: list[int] = []
    after_use: list[int] = []
    grave = boundary.endswith(_TO_GRAVE)
    for index, line in lines.items():
        if line.get("allocation", {}).get("method") == SUBSTITUTION and "circular" not in line:
            (after_use if grave and line["stage"] in _AFTER_THE_GATE else making).append(index)
    return making, after_use


def _require_same(subject: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    """The record is of the statement's period, rule pack and sites."""
    pcf = subject["pcf"]
    period = record["periodStart"], record["periodEnd"]
    if period != (pcf["referencePeriodStart"], pcf["referencePeriodEnd"]):
        message = f"its process record is of another period: {period[0]} to {period[1]}"
        raise NotConserved(message)
    if record["rule"] != subject["computedWith"]["rule"]:
        message = f"its process record is by another rule pack: {record['rule']['id']}"
        raise NotConserved(message)
    sites = subject.get("sites", [record["site"]])
    if same_site(record["site"]) not in set(map(same_site, sites)):
        message = f"its process record is of a site that it does not name: {record['site']}"
        raise NotConserved(message)


def _require_alone(record: Node) -> None:
    """No earlier record on the walk, in force or in use, allocates the same process and time."""
    if record.allocated_by is not None:
        other = digest_text(record.allocated_by)
        message = f"its process record and {other} allocate one process"
        raise NotConserved(message)


def _require_produced(process: Process, own: int | None, statement: Statement) -> None:
    """What the statement says was produced is what of its row can be sold, where both are open."""
    made = statement.opened.single("producedAmount")
    if made is None or own is None:
        return
    row = process.rows[own]
    factor = unit_table().factor(row.amount_unit, made["unit"])
    if Fraction(plain_decimal(row.amount * row.good * factor)) != exact(made["value"]):
        message = f"row {own} of its process record is not what it says was produced"
        raise NotConserved(message)


def _own_row(process: Process, subject: Mapping[str, Any]) -> int | None:
    """Return the statement's row, None where it is hidden."""
    own: int = subject["process"]["row"]
    process.allocation.require(own, f"row {own}")
    row = process.allocation.items.get(own)
    if row is None:
        return None
    if row["method"] == WASTE:
        message = f"row {own} is waste, which has no footprint of its own"
        raise NotConserved(message)
    if row.get("productId") not in subject["productIds"]:
        message = f"row {own} of its process record is of another product"
        raise NotConserved(message)
    return own


def _lines(
    process: Process, own: int | None, lines: Mapping[int, Any], pcf: Mapping[str, str]
) -> str | None:
    """Judge each line that names an activity; return what of one is not known."""
    hidden: str | None = None
    seen: set[int] = set()
    for index, line in lines.items():
        allocation = line.get("allocation", {})
        method, number = allocation.get("method"), allocation.get("activity")
        if number is None:
            if method in SHARED:
                message = f"line {index} is a share and names no activity of its process record"
                raise NotConserved(message)
            if method == SUBSTITUTION and "circular" not in line:
                message = f"line {index} is a credit for no output of its process record"
                raise NotConserved(message)
            continue
        if method not in {*SHARED, SUBSTITUTION}:
            message = f"line {index} names an activity, and is {method}"
            raise NotConserved(message)
        if number in seen:
            message = f"line {index} takes activity {number} for the second time"
            raise NotConserved(message)
        seen.add(number)
        process.activities.require(number, f"activity {number} of line {index}")
        if own is None or number not in process.activities.items:
            hidden = hidden or f"what line {index} is a share of is hidden"
            continue
        if not _is_share(process, own, index, line, pcf):
            hidden = hidden or f"which output line {index} credits is hidden"
    return hidden


def _is_share(
    process: Process, own: int, index: int, line: Mapping[str, Any], pcf: Mapping[str, str]
) -> bool:
    """Return whether a line could be judged; raise NotConserved if it is no share of its activity.

    The amount is compared as a number, so that trailing zeros say nothing.
    """
    allocation = line["allocation"]
    number = allocation["activity"]
    other = differs(line, process.activities.items[number])
    if other is not None:
        message = f"line {index} is not activity {number} of its process record: its {other}"
        raise NotConserved(message)
    share = process.share(number, own, allocation["method"])
    if share is None:
        return False
    expected = process.amount(number, own, share, pcf)
    if exact(base(line["amount"])) != Fraction(expected):
        message = f"line {index} is not the share of activity {number}: {expected:f} is"
        raise NotConserved(message)
    if "share" in allocation and exact(allocation["share"]) != share:
        message = f"line {index} says another share than its process record"
        raise NotConserved(message)
    if fold(allocation.get("group", process.name)) != fold(process.name):
        message = f"line {index} names another process than its process record"
        raise NotConserved(message)
    return True


def _require_all_taken(process: Process, own: int | None, lines: Mapping[int, Any]) -> None:
    if own is None or not process.activities.whole:
        return
    named = {line.get("allocation", {}).get("activity") for line in lines.values()}
    for number in sorted(process.asked_of(own) - named):
        message = f"activity {number} of its process record is taken by no line"
        raise NotConserved(message)
