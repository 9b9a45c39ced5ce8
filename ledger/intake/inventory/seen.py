"""A workbook's sheet as an inventory's rows: what is hidden in it is refused, not read."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.inventory.headings import is_note
from rootprint.ledger.intake.inventory.problems import Place
from rootprint.ledger.intake.inventory.table import NOTE, Cell, check_cells
from rootprint.ledger.tables import STRUCK, address, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rootprint.ledger import tables
    from rootprint.ledger.intake.inventory.problems import Faults
    from rootprint.ledger.intake.inventory.table import Row

_HIDDEN_ROW: Final = ("hidden, by hand or by a filter", "show it (clear the filter), or delete it")
_HIDDEN_COLUMN: Final = ("is hidden", f"show it, delete it, or head it {NOTE}")
_STRUCK_ROW: Final = ("struck out", STRUCK[1])


def rows_seen(
    sheet: tables.Sheet, name: str, faults: Faults, *, for_people: bool = True
) -> list[Row]:
    """Return a sheet's rows; an empty one stands for those between that hold nothing.

    Whatever is hidden or struck out is a fault at its place. Rows that begin with ``#`` may be:
    they are for people, and left out. With ``for_people`` false they are rows as all others:
    ``#2 boiler`` is a label in a sheet that nobody wrote for Rootprint. Raises TooLarge as
    ``check_cells`` does.
    """
    read = [row for row in sheet.rows if not (for_people and _is_for_people(row))]
    _refuse(name, (row for row in read if row.hidden), _HIDDEN_ROW, faults)
    _refuse(name, (row for row in read if _struck(row)), _STRUCK_ROW, faults)
    _refuse_columns(sheet.hidden_columns, name, read, faults)
    found: list[Row] = []
    check_cells(sum(row.cells[-1].column for row in read), faults.where)
    last = 0
    # They are read all the same, or what stands in them would be missed as well.
    for row in map(_as_one_fault, read):
        if row.number > last + 1 and found:
            found.append([])
        found.append(_dense(row, name))
        last = row.number
    return found


def _is_for_people(row: tables.Row) -> bool:
    first = row.cells[0]
    return first.column == 1 and first.text.startswith("#")


def _struck(row: tables.Row) -> bool:
    own = [cell for cell in row.cells if not cell.merged]
    return bool(own) and all(cell.wrong == STRUCK for cell in own)


def _as_one_fault(row: tables.Row) -> tables.Row:
    """Return a row that is struck out as if it were not: the fault is of the row."""
    if not _struck(row):
        return row
    shown = (one if one.merged else replace(one, wrong=None) for one in row.cells)
    return replace(row, cells=tuple(shown))


def _refuse(sheet: str, rows: Iterable[tables.Row], why: tuple[str, str], faults: Faults) -> None:
    """Note rows, those that follow each other as one fault."""
    runs = groupby(enumerate(rows), key=lambda pair: pair[1].number - pair[0])
    for _, run in runs:
        numbers = [row.number for _, row in run]
        first, last = numbers[0], numbers[-1]
        which = f"row {first}" if first == last else f"rows {first} to {last}"
        what = f"{'is' if first == last else 'are'} {why[0]}"
        place = Place(first, 1, address(sheet, first, 1))
        faults.add((which,), what, why[1], at=place)


def _refuse_columns(
    hidden: frozenset[int], sheet: str, rows: Sequence[tables.Row], faults: Faults
) -> None:
    """Note each hidden column that holds something, but for those that are headed as notes."""
    first: dict[int, tables.Cell] = {}
    for row in rows:
        for cell in row.cells:
            if cell.column in hidden and not cell.merged:
                first.setdefault(cell.column, cell)
    for column, cell in first.items():
        if not is_note(cell.text):
            place = _place(cell, sheet)
            faults.add((f"column {letters(column)}",), *_HIDDEN_COLUMN, at=place)


def _dense(row: tables.Row, sheet: str) -> Row:
    held = {cell.column: cell for cell in row.cells}
    return [
        _cell(held[column], sheet)
        if column in held
        else Cell("", Place(row.number, column, address(sheet, row.number, column)))
        for column in range(1, row.cells[-1].column + 1)
    ]


def _cell(cell: tables.Cell, sheet: str) -> Cell:
    return Cell(cell.text, _place(cell, sheet), cell.wrong, cell.notes, cell.merged)


def _place(cell: tables.Cell, sheet: str) -> Place:
    return Place(cell.row, cell.column, address(sheet, cell.row, cell.column))
