"""Reading an inventory file of any of the three formats, with every problem in one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ledger.core.errors import TooLarge
from ledger.core.schema import rules
from ledger.core.schema.rules import integer, one_of, text
from ledger.intake.inventory.collect import collect
from ledger.intake.inventory.csvfile import looks_like_csv, read_csv_inventory
from ledger.intake.inventory.lines import read_line
from ledger.intake.inventory.model import DIGITS, LINE_DIGITS, Inventory
from ledger.intake.inventory.problems import InventoryProblems, Problem
from ledger.intake.inventory.process import read_process, to_declared_amount
from ledger.intake.inventory.subject import check_subject
from ledger.intake.inventory.xlsxfile import MAGIC, read_xlsx_inventory
from ledger.intake.inventory.yamlfile import read_yaml_inventory

if TYPE_CHECKING:
    from ledger.intake.inventory.problems import Document, Faults, Path
    from ledger.intake.inventory.process import Process

MAX_BYTES: Final = 1024 * 1024
MAX_LINES: Final = 2048
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_HEAD: Final = rules.Members(
    {
        "kind": one_of("FootprintStatement"),
        "issuer": text,
        "validFrom": rules.time,
        "validUntil": rules.time,
    },
    {"lineDigits": integer(9, 30), "digits": integer(3, 30)},
)
_OWN: Final = {*_HEAD.known, "inventory", "process"}


def parse_inventory(data: bytes, *, where: str, patient: bool = False) -> Inventory:
    """Read an inventory file: YAML, CSV or XLSX by what it holds; ``where`` names it.

    Where nothing but single lines is wrong, a ``patient`` reader gets the inventory with its
    ``problems``, which ``compose`` raises with those that it finds itself. Raises TooLarge beyond
    1 MiB (or, unpacked, the workbook's bounds) and InventoryProblems, which is Refused, with
    everything that is wrong with the file.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message, remedy="split it: cite intermediate products as inputs")
    document = _document(data, where)
    members: dict[str, Any] = dict(document.members)
    faults = document.faults
    collect(_HEAD, {name: members[name] for name in members if name in _HEAD.known}, (), faults)
    subject = {name: member for name, member in members.items() if name not in _OWN}
    # A product is composed, also where its lines are missing: nobody is asked for its totals.
    composed = "inventory" in members or members.get("role") == "product"
    check_subject(subject, faults, composed=composed)
    process = (
        read_process(members["process"], members.get("pcf"), faults)
        if "process" in members
        else None
    )
    lines = _lines(members, process, faults)
    if not (patient and faults.only_items_of("inventory")):
        faults.settle()
    return Inventory(
        issuer=members["issuer"],
        valid_from=members["validFrom"],
        valid_until=members["validUntil"],
        line_digits=members.get("lineDigits", LINE_DIGITS),
        digits=members.get("digits", DIGITS),
        lines=tuple(line for line, _ in lines),
        subject=_described(subject, process),
        where=where,
        findings=tuple(faults.findings),
        places=faults.places,
        paths=tuple(path for _, path in lines),
        problems=tuple(faults.problems),
        makes=frozenset() if process is None else process.makes,
    )


def _document(data: bytes, where: str) -> Document:
    name = where.lower()
    if data.startswith(MAGIC) or name.endswith(".xlsx"):
        return read_xlsx_inventory(data, where=where)
    if data.startswith(_OLD_EXCEL):
        what = "is a workbook of the old kind, or one with a password"
        raise InventoryProblems([Problem(where, 0, 0, "", "", what, "save it as .xlsx")])
    if looks_like_csv(data) or name.endswith((".csv", ".tsv")):
        return read_csv_inventory(data, where=where)
    return read_yaml_inventory(data, where=where)


def _lines(
    members: dict[str, Any], process: Process | None, faults: Faults
) -> list[tuple[dict[str, Any], Path]]:
    """Return the lines per declared amount, each with where it stands."""
    values = members.get("inventory")
    if "inventory" not in members:
        if members.get("role") == "product":
            remedy = "list its inputs and emissions under inventory"
            faults.add(("inventory",), "is missing: a product has no line to compose", remedy)
        if "process" in members:
            faults.add(("process",), "stands without an inventory", "leave it out, or add lines")
        return []
    if not isinstance(values, list) or not 1 <= len(values) <= MAX_LINES:
        remedy = "leave it out for a factor that only carries values"
        faults.add(("inventory",), f"is not a list of 1 to {MAX_LINES} lines", remedy)
        return []
    found: list[tuple[dict[str, Any], Path]] = []
    for number, value in enumerate(values):
        path: Path = ("inventory", number)
        line = read_line(value, path, faults)
        if line is not None and process is not None:
            line = to_declared_amount(line, process, path, faults)
        elif line is not None and "output" in line and "process" not in members:
            remedy = "leave it out, or describe the process"
            faults.add((*path, "output"), "stands without a process", remedy)
        if line is not None:
            found.append((line, path))
    if not found and not faults.problems:
        what = "has no line that serves the product"
        faults.add(("inventory",), what, "a footprint of nothing is not zero: list its inputs")
    return found


def _described(subject: dict[str, Any], process: Process | None) -> dict[str, Any]:
    """Say in PACT's own attribute how a process was allocated, where the file does not."""
    if process is None or process.method is None:
        return subject
    said = {"allocationRulesDescription": process.describe(), **subject["pcf"]}
    return {**subject, "pcf": said}
