"""Reading an inventory file of any of the three formats, with every problem in one answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import integer, one_of, text
from rootprint.ledger.intake.inventory.activities import read_lines
from rootprint.ledger.intake.inventory.collect import collect
from rootprint.ledger.intake.inventory.csvfile import looks_like_csv, read_csv_inventory
from rootprint.ledger.intake.inventory.divisor import divisor_spread
from rootprint.ledger.intake.inventory.jsonfile import json_named
from rootprint.ledger.intake.inventory.model import DIGITS, LINE_DIGITS, Inventory
from rootprint.ledger.intake.inventory.problems import InventoryProblems, Problem
from rootprint.ledger.intake.inventory.process import read_process
from rootprint.ledger.intake.inventory.produced import with_produced
from rootprint.ledger.intake.inventory.subject import check_subject, widest
from rootprint.ledger.intake.inventory.times import with_utc_times
from rootprint.ledger.intake.inventory.urns import with_small_urns
from rootprint.ledger.intake.inventory.xlsxfile import MAGIC, read_xlsx_inventory
from rootprint.ledger.intake.inventory.yamlfile import read_yaml_inventory
from rootprint.ledger.intake.vocabulary import in_signed_words
from rootprint.ledger.tables import named, unusable

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Document, Faults, Path
    from rootprint.ledger.intake.inventory.process import Process

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_INPUTS: Final = rules.MAX_SLOTS
_HEAD: Final = rules.Members(
    {
        "kind": one_of("FootprintStatement"),
        "issuer": text,
        "validFrom": rules.time,
        "validUntil": rules.time,
    },
    {
        "lineDigits": integer(9, 30),
        "digits": integer(3, 30),
        "inputs": rules.mapping(text, rules.digest, most=MAX_INPUTS),
    },
)
_OWN: Final = {*_HEAD.known, "inventory", "process"}


def parse_inventory(data: bytes, *, where: str, patient: bool = False) -> Inventory:
    """Read an inventory file: YAML, CSV or XLSX by what it holds; ``where`` names it.

    A ``patient`` reader gets a faulty inventory with its ``problems``, which ``compose`` raises
    with those that it finds itself; but nothing is composed for an unreadable issuer, or what
    has no list of lines. Raises TooLarge beyond 8 MiB (or, unpacked, the workbook's bounds) and
    InventoryProblems, which is Refused, with everything that is wrong with the file.
    """
    if len(data) > MAX_BYTES:
        message = f"{where} is longer than {MAX_BYTES} bytes"
        raise TooLarge(message, remedy="split it: cite intermediate products as inputs")
    return read_document(_document(data, where), patient=patient)


def read_document(document: Document, *, patient: bool = False) -> Inventory:
    """Return the inventory that a file's members say; raises as ``parse_inventory`` does."""
    members = with_utc_times(in_signed_words(with_small_urns(dict(document.members))))
    faults = document.faults
    _check_head(members, faults)
    subject = {name: member for name, member in members.items() if name not in _OWN}
    # A product is composed, also where its lines are missing: its totals are not asked for.
    composed = "inventory" in members or members.get("role") == "product"
    check_subject(subject, faults, beside=_OWN, composed=composed)
    subject = with_produced(subject, faults)
    process = (
        read_process(members["process"], members.get("pcf"), faults)
        if "process" in members
        else None
    )
    lines, activities = read_lines(members, process, faults)
    if process is not None:
        served = any(activity.serves == process.product for activity in activities)
        made = divisor_spread(members["process"], process, faults, served=served)
        subject = _with_spread(subject, made, faults)
    if not patient or "inventory" not in members or faults.within(("issuer",)):
        faults.settle()
    inventory = _inventory(members, subject, process, lines, faults)
    return replace(inventory, process=process, activities=activities)


def _check_head(members: dict[str, Any], faults: Faults) -> None:
    collect(_HEAD, {name: members[name] for name in members if name in _HEAD.known}, (), faults)
    if faults.within(("validFrom",)) or faults.within(("validUntil",)):
        return
    ends = time_seconds(members["validUntil"], what="")
    if ends <= time_seconds(members["validFrom"], what=""):
        remedy = "say until when it holds, or correct validFrom"
        faults.add(("validUntil",), "is not after validFrom", remedy)


def _inventory(
    members: dict[str, Any],
    subject: dict[str, Any],
    process: Process | None,
    lines: list[tuple[dict[str, Any], Path]],
    faults: Faults,
) -> Inventory:
    whole = not faults.problems
    digits = {
        name: default if faults.within((name,)) else members.get(name, default)
        for name, default in (("lineDigits", LINE_DIGITS), ("digits", DIGITS))
    }
    unscaled = process is not None and process.scale is None
    return Inventory(
        issuer=members["issuer"],
        valid_from=members.get("validFrom", ""),
        valid_until=members.get("validUntil", ""),
        line_digits=digits["lineDigits"],
        digits=digits["digits"],
        lines=tuple(line for line, _ in lines),
        subject=_described(subject, process) if whole else widest(subject),
        where=faults.where,
        findings=tuple(faults.findings),
        places=faults.places,
        paths=tuple(path for _, path in lines),
        problems=tuple(faults.problems),
        faulty=faults.faulty,
        partial=frozenset(
            number for number, (_, path) in enumerate(lines) if unscaled or faults.within(path)
        ),
        makes=frozenset() if process is None else process.makes,
        statements={} if faults.within(("inputs",)) else members.get("inputs", {}),
    )


def _with_spread(
    subject: dict[str, Any], made: dict[str, Any] | None, faults: Faults
) -> dict[str, Any]:
    """Return the subject with the spread of its process's output."""
    if made is None:
        return subject
    if "outputUncertainty" in subject:
        what = "stands beside the spreads that the process states"
        faults.add(("outputUncertainty",), what, "leave it out")
        return subject
    return {**subject, "outputUncertainty": made}


def _document(data: bytes, where: str) -> Document:
    name = where.lower()
    wrong = unusable(data, where)
    if wrong is not None:
        raise InventoryProblems([Problem(where, 0, 0, "", "", *wrong)])
    if data.startswith(MAGIC):
        return read_xlsx_inventory(data, where=where)
    other = named(data) or json_named(data)
    if other is not None:
        raise InventoryProblems([Problem(where, 0, 0, "", "", *other)])
    if name.endswith((".xlsx", ".xlsm")):
        return read_xlsx_inventory(data, where=where)
    if looks_like_csv(data) or name.endswith((".csv", ".tsv")):
        return read_csv_inventory(data, where=where)
    return read_yaml_inventory(data, where=where)


def _described(subject: dict[str, Any], process: Process | None) -> dict[str, Any]:
    """Say in PACT's own attribute how a process was allocated, where the file does not."""
    if process is None or process.method is None:
        return subject
    said = {"allocationRulesDescription": process.describe(), **subject["pcf"]}
    return {**subject, "pcf": said}
