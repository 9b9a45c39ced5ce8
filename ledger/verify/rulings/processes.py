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
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import NotConserved, base, differs, exact, read_process, unit_table
from rootprint.ledger.verify.laws import Ruling, broken, held, not_applicable, not_checkable
from rootprint.ledger.verify.rulings.records import Unknown, require_record, rested_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.figures import Process
    from rootprint.ledger.verify.node import Node

LAW: Final = 2
_PROVEN: Final = range(1, 5)
_HIDDEN: Final = "its inventory is hidden"


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
        _require_alone(record.statement, nodes)
        process.require_sound()
        own = _own_row(process, subject)
        _require_produced(process, own, statement)
        hidden = _lines(process, own, lines, subject["pcf"])
        if statement.opened.complete:
            _require_all_taken(process, own, lines)
    except Unknown as error:
        return not_checkable(LAW, str(error))
    except CalculationError as error:
        return broken(LAW, str(error.args[0]))
    if not statement.opened.complete:
        return not_checkable(LAW, _HIDDEN)
    for part in (process.allocation, process.activities):
        if not part.whole:
            return not_checkable(LAW, f"its process record hides of its {part.name}")
    unknown = hidden or process.uncounted_credit() or record.unknown
    return held(LAW) if unknown is None else not_checkable(LAW, unknown)


def _without(statement: Statement) -> Ruling:
    """A statement without a record may have no line that is a share."""
    for index, line in statement.opened.lines.items():
        if line.get("allocation", {}).get("method") in SHARED:
            what = f"line {index} is a share of a process with several outputs"
            return broken(LAW, f"{what}, and no process record is cited")
    if has_inventory(statement) and not statement.opened.complete:
        return not_checkable(LAW, _HIDDEN)
    return not_applicable(LAW)


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
    if record["site"] not in subject.get("sites", [record["site"]]):
        message = f"its process record is of a site that it does not name: {record['site']}"
        raise NotConserved(message)


def _require_alone(record: Statement, nodes: Mapping[bytes, Node]) -> None:
    """No earlier record on the walk, in force or in use, allocates the same process and time."""
    own = nodes[record.digest]
    for node in nodes.values():
        other = node.statement
        if other is None or other.kind != PROCESS or node is own:
            continue
        later = own.index is None or node.index is None or node.index > own.index
        in_use = not node.ended or rested_on(node)
        if later or not in_use or not all(map(node.passed, _PROVEN)):
            continue
        if _of_one_process(record, other):
            message = f"its process record and {digest_text(node.digest)} allocate one process"
            raise NotConserved(message)


def _of_one_process(one: Statement, other: Statement) -> bool:
    if one.issuer != other.issuer or _process_key(one) != _process_key(other):
        return False
    times = [(of.subject["periodStart"], of.subject["periodEnd"]) for of in (one, other)]
    return times[0] == times[1] or max(a for a, _ in times) < min(b for _, b in times)


def _process_key(record: Statement) -> tuple[str, str, str]:
    subject = record.subject
    return subject["site"], subject["process"], subject["rule"]["id"]


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
    if allocation.get("group", process.name) != process.name:
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
