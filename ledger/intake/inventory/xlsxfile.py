"""XLSX inventories: the sheets ``head`` and ``inventory``, or one sheet that has both tables."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

from rootprint.ledger.core.errors import Refused, TooLarge
from rootprint.ledger.intake.inventory.csvfile import MAX_COLUMNS, MAX_ROWS
from rootprint.ledger.intake.inventory.headings import INPUTS, LINES, OUTPUTS
from rootprint.ledger.intake.inventory.problems import Faults, InventoryProblems, Place, Problem
from rootprint.ledger.intake.inventory.rows import (
    TITLES,
    has_heads,
    is_head,
    split,
    table_rows,
    under_titles,
)
from rootprint.ledger.intake.inventory.seen import rows_seen
from rootprint.ledger.intake.inventory.table import HEAD, read_table
from rootprint.ledger.intake.inventory.yamlfile import MAX_NODES
from rootprint.ledger.intake.vocabulary import sheet_names
from rootprint.ledger.tables import SheetLimits, WorkbookLimits, open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory.problems import Document
    from rootprint.ledger.intake.inventory.table import Row
    from rootprint.ledger.tables import Workbook

SHEETS: Final = ("head", "inventory", "outputs", "inputs")
# A cell with a text of its own has some eight tags; there may be formats and sheets beside them.
LIMITS: Final = WorkbookLimits(unpacked=64 * 1024 * 1024, parts=256, tags=3_000_000)
SHEET: Final = SheetLimits(MAX_ROWS, MAX_COLUMNS, MAX_NODES)
MAGIC: Final = b"PK\x03\x04"
_TEMPLATE: Final = "see docs/inventory.md for the template"


def read_xlsx_inventory(data: bytes, *, where: str) -> Document:
    """Return a workbook's members and what is wrong with them so far.

    Raises TooLarge beyond the bounds, after unpacking too; InventoryProblems for what is no such
    workbook at all.
    """
    faults = Faults(where)
    book = opened(data, faults)
    named = _named(book, faults)
    faults.settle()
    further: dict[str, list[Row]] = {}
    if not named:
        head, further["inventory"] = _one_sheet(book, faults)
    else:
        if "head" not in named:
            _no_head(book, faults)
        head = under_titles(shown_rows(book, named["head"], faults), faults)
        for kind in (LINES, OUTPUTS, INPUTS):
            if kind.name in named:
                further[kind.name] = table_rows(
                    shown_rows(book, named[kind.name], faults), kind, faults
                )
    if not head or not is_head(head[0]):
        at = Place(1, 1, f"{named.get('head', 'head')}!A1")
        faults.add((), f"does not begin with {' and '.join(HEAD)}", "head the columns so", at=at)
        faults.settle()
    _say_unread(book, named, faults)
    return read_table(head, further.get("inventory", []), faults, further)


def opened(data: bytes, faults: Faults) -> Workbook:
    """Open a workbook within the bounds of an inventory; raises InventoryProblems, TooLarge."""
    with _as_problem(faults.where):
        return open_workbook(data, LIMITS, SHEET, where=faults.where)


@contextmanager
def _as_problem(where: str) -> Iterator[None]:
    """Raise what makes a workbook unreadable as the file's one problem."""
    try:
        yield
    except TooLarge:
        raise
    except Refused as error:
        what = str(error.args[0]).removeprefix(f"{where} ")
        raise InventoryProblems([Problem(where, 0, 0, "", "", what, error.remedy)]) from error


def _named(book: Workbook, faults: Faults) -> dict[str, str]:
    """Return the sheets that are read, by what they are in the vocabulary."""
    found: dict[str, str] = {}
    for name in SHEETS:
        fitting = [one for one in book.names if sheet_names().named(one) == name]
        exact = [one for one in fitting if one == name]
        if len(fitting) > 1:
            held = " and ".join(f"'{one}'" for one in fitting)
            what = f"has several sheets that may be {name}: {held}"
            faults.add((), what, f"name one of them {name}, and the others otherwise")
        if fitting:
            found[name] = (exact or fitting)[0]
    return found


def shown_rows(book: Workbook, name: str, faults: Faults, *, for_people: bool = True) -> list[Row]:
    """Return the rows of a sheet; that it is hidden, or what is in it, is noted as a fault.

    Rows for people are left out as ``rows_seen`` has it.
    """
    if name in book.hidden:
        place = Place(1, 1, f"{name}!A1")
        faults.add((f"sheet {name}",), "is hidden", "show it, or delete it", at=place)
    with _as_problem(faults.where):
        return rows_seen(book.sheet(name), name, faults, for_people=for_people)


def _one_sheet(book: Workbook, faults: Faults) -> tuple[list[Row], list[Row]]:
    """Return both tables of the one sheet that has a head, as a CSV file has them."""
    fitting = [name for name in book.names if any(map(is_head, _first_rows(book, name)))]
    if len(fitting) != 1:
        _no_head(book, faults)
    return split(shown_rows(book, fitting[0], faults), faults)


def _no_head(book: Workbook, faults: Faults) -> NoReturn:
    held = ", ".join(f"'{name}'" for name in book.names)[:400]
    what = f"has no sheet named head; its sheets are {held}"
    remedy = f"name the one with {' and '.join(HEAD)} head: {_TEMPLATE}"
    raise InventoryProblems([Problem(faults.where, 0, 0, "", "", what, remedy)])


def _first_rows(book: Workbook, name: str) -> list[Row]:
    with _as_problem(book.where):
        return rows_seen(book.sheet(name, first=TITLES), name, Faults(book.where))


def _looks_like_lines(book: Workbook, name: str) -> bool:
    """Tell whether a sheet that is not read has the columns of lines in one of its first rows.

    One that can't be read, or is beyond the bounds of an inventory, is none.
    """
    try:
        return any(map(has_heads, _first_rows(book, name)))
    except Refused:
        return False


def _say_unread(book: Workbook, named: dict[str, str], faults: Faults) -> None:
    """Say which other sheets look like lines: one of them may have been meant."""
    if not named:
        return
    unread = [
        name
        for name in book.names
        if name not in named.values()
        and sheet_names().named(name) is None  # the template's own lists
        and _looks_like_lines(book, name)
    ]
    for name in unread:
        at = Place(1, 1, f"{name}!A1")
        if "inventory" in named:
            what = "has the columns of lines, and is not read: only inventory is"
            faults.find((f"sheet {name}",), what, "put its lines there if they belong to it", at=at)
        else:
            what = f"has no sheet of that name, and sheet {name} has the columns of lines"
            faults.add(("inventory",), what, "name the sheet of the lines inventory", at=at)
