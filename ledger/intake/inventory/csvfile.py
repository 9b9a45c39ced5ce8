"""CSV inventories: two tables in one file, ``member,value`` and, below it, the lines."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.inventory.problems import Faults, Place
from rootprint.ledger.intake.inventory.rows import TITLES, is_head, split
from rootprint.ledger.intake.inventory.table import HEAD, Cell, Row, check_cells, read_table
from rootprint.ledger.tables import UTF8_AGAIN, BrokenCsv, csv_fields, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory.problems import Document

MAX_ROWS: Final = 16_384
MAX_COLUMNS: Final = 128
_SEPARATORS: Final = ",;\t"
# Excel writes it to say the separator.
_SEPARATOR: Final = re.compile(r'\A"?sep=(.)"?\r?\n')
_PEEKED: Final = 4096
_CUT: Final = 4  # bytes of a character, at most


def looks_like_csv(data: bytes) -> bool:
    """Tell whether a file begins as the template does, in any encoding that is read."""
    # The last character may be cut.
    whole = (decoded(data[: _PEEKED - cut]).text for cut in range(_CUT))
    text = next(filter(None, whole), None) or data[:_PEEKED].decode("utf-8", errors="replace")
    return _SEPARATOR.match(text) is not None or _separator(text, titles=0) is not None


def read_csv_inventory(data: bytes, *, where: str) -> Document:
    """Return a CSV file's members and what is wrong with them so far.

    Comma, semicolon or tab, as its first row has it; the encodings of ``tables.decoded``; rows
    that begin with ``#`` are for people. Raises InventoryProblems for what is no such table at all.
    """
    faults = Faults(where)
    rows = list(_rows(data, faults))
    faults.settle()
    head, activity = split(rows, faults)
    return read_table(head, activity, faults)


def _rows(data: bytes, faults: Faults) -> Iterator[Row]:
    text = text_of(data, faults)
    if text is None:
        return
    separator = _separator(text)
    if separator is None:
        faults.add((), f"does not begin with {','.join(HEAD)}", _TEMPLATE, at=Place(1, 1))
        return
    rows = rows_of(text, separator, faults)
    if _SEPARATOR.match(text):
        next(rows, None)
    yield from rows


def text_of(data: bytes, faults: Faults) -> str | None:
    """Return a file's text, with a finding where its encoding is guessed; None is a fault."""
    found = decoded(data)
    if found.text is None:
        faults.add((), "is not UTF-8", UTF8_AGAIN, at=Place(found.line, 1))
    if found.guessed:
        what = f"is not UTF-8, and is read as {found.guessed}"
        faults.find((), what, f"see that its names are right, or {UTF8_AGAIN}", at=Place(1, 1))
    return found.text


def rows_of(text: str, separator: str, faults: Faults) -> Iterator[Row]:
    """Yield the rows of a CSV text as a sheet has them: up to their last filled cell.

    Rows beyond ``MAX_ROWS`` or ``MAX_COLUMNS``, and what is no CSV, are faults. Raises TooLarge
    for more cells than ``check_cells`` takes.
    """
    held = 0
    try:
        for number, (begin, fields) in enumerate(csv_fields(text, separator, where=faults.where)):
            if number >= MAX_ROWS or len(fields) > MAX_COLUMNS:
                what = f"is beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns"
                faults.add((), what, "split it", at=Place(begin, 1))
                return
            last = max((at for at, field in enumerate(fields, 1) if field), default=0)
            held += last
            check_cells(held, faults.where)
            yield [Cell(field, Place(begin, at)) for at, field in enumerate(fields[:last], 1)]
    except BrokenCsv as error:
        at = Place(error.line, 1)
        faults.add((), f"is not CSV here: {error.why}", "correct the quotes", at=at)


_TEMPLATE: Final = "see docs/inventory.md for the template"


def _separator(text: str, titles: int = TITLES) -> str | None:
    """Return what separates the cells of the row ``member, value``, which is one of the first."""
    return next((one for one in _SEPARATORS if _begins(text[:_PEEKED], one, titles)), None)


def _begins(text: str, separator: str, titles: int) -> bool:
    """Tell whether one of a text's first rows is the head's, in cells that this separates."""
    rows = csv_fields(text, separator, where="")
    with suppress(BrokenCsv):  # where the text is cut
        for number, (begin, fields) in enumerate(rows):
            if is_head([Cell(field, Place(begin, 1)) for field in fields[: len(HEAD)]]):
                return True
            if number == titles:
                break
    return False
