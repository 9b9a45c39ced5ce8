"""The list of a file's lines: each read, and brought to the declared amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.schema.rules import MAX_SLOTS
from rootprint.ledger.intake.inventory.certified import check_certificates
from rootprint.ledger.intake.inventory.lines import read_line
from rootprint.ledger.intake.inventory.model import Activity
from rootprint.ledger.intake.inventory.perdeclared import check_place, to_declared_amount
from rootprint.ledger.intake.inventory.shorthands import written_out

if TYPE_CHECKING:
    from rootprint.ledger.intake.inventory.problems import Faults, Path
    from rootprint.ledger.intake.inventory.process import Process

MAX_LINES: Final = MAX_SLOTS


def read_lines(
    members: dict[str, Any], process: Process | None, faults: Faults
) -> tuple[list[tuple[dict[str, Any], Path]], tuple[Activity, ...]]:
    """Return the lines per declared amount, each with its place, and the process's activities.

    A faulty one whose source can be read is among them, with its amount as it is.
    """
    found: list[tuple[dict[str, Any], Path]] = []
    activities: list[Activity] = []
    values = _values(members, faults)
    given = _written_out(values, members.get("boundary"), faults)
    read = [(read_line(value, path, faults), path) for value, path in given]
    check_certificates([(line, path) for line, path in read if line is not None], faults)
    for (value, path), (whole, _) in zip(given, read, strict=True):
        line = _line(value, whole, path, process, faults)
        if process is not None and whole is not None:
            taken = None if line is None else len(found)
            activities.append(Activity(whole, whole.get("output"), path, taken))
        if line is not None:
            found.append((line, path))
    sound = not faults.within(("inventory",)) and not faults.within(("process",))
    if values and not found and sound:
        _nothing_serves(process, values, faults)
    return found, tuple(activities)


def _written_out(values: list[Any], boundary: object, faults: Faults) -> list[tuple[Any, Path]]:
    """Return the lines that the entries stand for, each with the place of its entry."""
    given: list[tuple[Any, Path]] = []
    for number, value in enumerate(values):
        path: Path = ("inventory", number)
        given += [(one, path) for one in written_out(value, path, faults, boundary=boundary)]
    if len(given) > MAX_LINES:
        remedy = "split it: cite intermediate products as inputs"
        faults.add(("inventory",), f"stands for more than {MAX_LINES} lines", remedy)
    return given


def _values(members: dict[str, Any], faults: Faults) -> list[Any]:
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
    return values


def _line(
    value: Any,
    line: dict[str, Any] | None,
    path: Path,
    process: Process | None,
    faults: Faults,
) -> dict[str, Any] | None:
    said = value if line is None else line
    if not isinstance(said, dict):
        return None
    if process is not None:
        check_place(said, process, path, faults)
        return None if line is None else to_declared_amount(line, process, path, faults)
    if "output" in said:
        remedy = "leave it out, or describe the process"
        faults.add((*path, "output"), "stands without a process", remedy)
    return line


def _nothing_serves(process: Process | None, values: list[Any], faults: Faults) -> None:
    """Say why sound lines leave nothing to compose."""
    shared = any("output" not in value for value in values)
    if process is not None and process.method == "economic" and shared:
        path = (*process.product_path, "economic", "value")
        remedy = "give its value, or allocate by a physical relation"
        faults.add(path, "is zero, so no part of what is shared comes to the product", remedy)
    else:
        what = "has no line that serves the product"
        faults.add(("inventory",), what, "a footprint of nothing is not zero: list its inputs")
