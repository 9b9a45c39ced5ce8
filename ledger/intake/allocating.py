"""Composing by a process record: the file says what the record says, and each line its activity.

A file may be changed after the record was published; what differs is reported with its place, so
that no co-product is composed of another process than the one that is signed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from rootprint.calc.errors import RootprintError
from rootprint.ledger import figures
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.schema.kinds import PROCESS
from rootprint.ledger.core.schema.line import SHARED
from rootprint.ledger.core.spelling import same_site
from rootprint.ledger.intake.citing import cited_record, cited_statement
from rootprint.ledger.intake.inventory.problems import Faults
from rootprint.ledger.intake.signedform import signed_amount, signed_source

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.inventory import Activity, Inventory
    from rootprint.ledger.intake.inventory.process import Process
    from rootprint.ledger.intake.linefaults import LineFaults
    from rootprint.ledger.intake.resolving import Resolve

_OTHER: Final = (
    "correct the file, or make the record anew: rootprint process, then supersede the old one"
)
_UNRECORDED: Final = (
    "law 2: publishing refuses it until it does: rootprint process FILE, sign and publish that,"
    " then say process.record: NAME and compose with --input NAME=sha256:…"
)
_MEMBERS: Final = ("stage", "source", "unit", "amount", "quantity", "output")


def by_record(
    inventory: Inventory, issuer: str, resolve: Resolve
) -> tuple[Inventory, dict[str, Any] | None]:
    """Return the inventory with each line's activity, and the statement's ``process`` member.

    Both unchanged and None for a file without ``process.record``. Raises InventoryProblems with all
    by which file and record differ, and what ``resolve`` raises.
    """
    process = inventory.process
    if process is None or process.record is None or inventory.problems:
        return inventory, None
    faults = Faults(inventory.where or "the inventory", dict(inventory.places))
    record = _record(process.record, issuer, resolve, faults)
    faults.settle()
    opened = figures.read_process(record)
    for part in (opened.allocation, opened.activities):
        if not part.whole:
            what = f"names {digest_text(record.digest)}, whose {part.name} are not all open here"
            faults.add(("process", "record"), what, "compose where the record was published")
    faults.settle()
    _compare_heads(inventory, process, record, faults)
    rows = _compare_rows(process, opened, faults)
    numbers = _compare_activities(inventory, opened, rows, resolve, faults)
    faults.settle()
    lines = list(inventory.lines)
    for activity, number in zip(inventory.activities, numbers, strict=True):
        if activity.taken is not None:
            line = lines[activity.taken]
            allocation = {**line["allocation"], "activity": number}
            lines[activity.taken] = {**line, "allocation": allocation}
    cited = {"record": digest_text(record.digest), "row": rows[str(process.product)]}
    return replace(inventory, lines=tuple(lines)), cited


def find_unrecorded(inventory: Inventory, faults: LineFaults) -> None:
    """Note that a file's lines are shares of a process of which no record is cited."""
    process = inventory.process
    if process is not None and process.record is not None:
        return
    methods = [line.get("allocation", {}).get("method") for line in inventory.lines]
    if any(method in SHARED for method in methods):
        path = ("inventory",) if process is None else ("process",)
        faults.find_in(path, "shares several outputs and cites no process record", _UNRECORDED)


def _record(name: str, issuer: str, resolve: Resolve, faults: Faults) -> Statement:
    record = cited_record(name, resolve, PROCESS)
    if record.issuer != issuer:
        what = f"is {record.issuer}'s process record"
        faults.add(("process", "record"), what, "name one of your own")
    return record


def _compare_heads(
    inventory: Inventory, process: Process, record: Statement, faults: Faults
) -> None:
    """Name, site and period are the record's; the rule pack is compared when it is known."""
    pcf, signed = inventory.subject["pcf"], record.subject
    for path, mine, theirs in (
        (("process", "name"), process.name, signed["process"]),
        (("process", "site"), process.site or signed["site"], signed["site"]),
        (("pcf", "referencePeriodStart"), pcf["referencePeriodStart"], signed["periodStart"]),
        (("pcf", "referencePeriodEnd"), pcf["referencePeriodEnd"], signed["periodEnd"]),
    ):
        if mine != theirs:
            faults.add(path, "is not the process record's", _OTHER)
    sites = inventory.subject.get("sites", [signed["site"]])
    if same_site(signed["site"]) not in map(same_site, sites):
        faults.add(("sites",), "leaves out the process record's site", "name it too")


def _compare_rows(process: Process, opened: figures.Process, faults: Faults) -> dict[str, int]:
    """Return each output's row; note where outputs differ by a member that decides a share."""
    rows = {row["name"]: (index, row) for index, row in opened.allocation.items.items()}
    found: dict[str, int] = {}
    for number, output in enumerate(process.table):
        path = ("process", "outputs", number)
        if output.name not in rows:
            faults.add((*path, "name"), "is no output of the process record", _OTHER)
            continue
        index, row = rows.pop(output.name)
        found[output.name] = index
        mine = output.row()
        own = output.name == process.product
        asked = [name for name in mine if name != "yield" or own]
        for name in asked:
            if not _same(mine[name], row.get(name)):
                what = "is not the process record's"
                faults.add((*path, name) if name != "weightUnit" else path, what, _OTHER)
        if own and "productId" not in row:
            what = "has no productId in the process record"
            faults.add(path, what, "make the record with productId: no footprint can cite it")
    for name in rows:
        faults.add(("process", "outputs"), f"lack {name}, which the process record has", _OTHER)
    return found


def _same(mine: Any, theirs: Any) -> bool:
    """Whether two members say the same: amounts and decimals as numbers."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return mine.keys() == theirs.keys() and all(_same(mine[n], theirs[n]) for n in mine)
    try:
        return Fraction(mine) == Fraction(theirs)
    except (TypeError, ValueError):
        return bool(mine == theirs)


def _compare_activities(
    inventory: Inventory,
    opened: figures.Process,
    rows: dict[str, int],
    resolve: Resolve,
    faults: Faults,
) -> list[int | None]:
    """Return each activity's index in the record; note those that only one of the two has."""
    mine = [_said(inventory, one, rows, resolve, faults) for one in inventory.activities]
    theirs = {index: _signed(value) for index, value in opened.activities.items.items()}
    found: list[int | None] = []
    for said in mine:
        same = [index for index, one in theirs.items() if not _differing(said, one)]
        index = min(same, key=lambda n: theirs[n]["description"] != said["description"],
                    default=None)  # fmt: skip
        found.append(index)
        if index is not None:
            del theirs[index]
    for activity, said, index in zip(inventory.activities, mine, found, strict=True):
        if index is None:
            _tell_differing(activity, said, theirs, faults)
    for index, left in theirs.items():
        what = f"lack activity {index} of the process record ({left['description']})"
        faults.add(("inventory",), what, _OTHER)
    return found


def _tell_differing(
    activity: Activity, said: dict[str, Any], theirs: dict[int, dict[str, Any]], faults: Faults
) -> None:
    """Say by which member a line differs from the activity of its description, if there is one."""
    for index, one in theirs.items():
        if one["description"] == said["description"]:
            names = " and ".join(_differing(said, one))
            what = f"is not activity {index} of the process record: its {names}"
            faults.add(activity.path, what, _OTHER)
            del theirs[index]
            return
    faults.add(activity.path, "is no activity of the process record", _OTHER)


def _differing(said: dict[str, Any], signed: dict[str, Any]) -> list[str]:
    return [
        name
        for name in _MEMBERS
        if said[name] != signed[name] and not (name == "source" and said[name] is None)
    ]


def _said(
    inventory: Inventory,
    activity: Activity,
    rows: dict[str, int],
    resolve: Resolve,
    faults: Faults,
) -> dict[str, Any]:
    """Return a line's activity as ``_signed`` does.

    Its source is None where it serves another output and no statement is named that it cites.
    """
    source: dict[str, Any] | None = None
    try:
        cited = cited_statement(inventory, activity.line, resolve)
        source = signed_source(activity.line["source"], cited)
    except RootprintError as error:
        if activity.taken is not None:
            path = (*activity.path, "source")
            faults.add(path, f"is not usable: {error.args[0]}", error.remedy)
    serves = {} if activity.serves is None else {"serves": rows.get(activity.serves, -1)}
    line = activity.line
    amount = signed_amount(line["amount"])  # whose unit is known: the file has no problems
    return _signed({**line, "amount": amount, "source": source, **serves})


def _signed(value: dict[str, Any]) -> dict[str, Any]:
    amount, source = value["amount"], value["source"]
    return {
        "description": value["description"],
        "stage": value["stage"],
        "source": None if source is None else json.dumps(source, sort_keys=True),
        "unit": amount["unit"],
        "amount": Fraction(amount["value"]),
        "quantity": amount.get("quantity"),
        "output": value.get("serves"),
    }
