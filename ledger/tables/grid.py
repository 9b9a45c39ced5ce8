"""Cells, rows and sheets as a person sees them, whatever file they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What Excel keeps in a cell.
MAX_TEXT: Final = 32_767
# Characters that are not shown and that programs leave at the ends of a cell: spaces without width,
# a byte order mark, a soft hyphen.
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

FORMULA: Final = (
    "is a formula: the result that the file keeps is read",
    "see that it was computed anew after the last change",
)
TOO_LONG: Final = (f"has more than {MAX_TEXT} characters", "shorten it")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something. Row and column count from 1.

    ``text`` is what a person sees, exact and without blanks around it: a number as a plain decimal,
    a percentage with ``%``, a truth value as ``true`` or ``false``. Where that can't be known
    ``wrong`` says what is wrong with the cell and what to do. ``notes`` say what a reader should
    know of it. ``merged`` tells that the cell is covered by another that it is merged with.
    """

    text: str
    row: int
    column: int
    wrong: tuple[str, str] | None = None
    notes: tuple[tuple[str, str], ...] = ()
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's filled cells in the order of their columns; ``hidden`` by hand or by a filter."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows that hold something; ``hidden_columns`` count from 1."""

    rows: tuple[Row, ...]
    hidden_columns: frozenset[int] = frozenset()


def trimmed(text: str) -> str:
    """Return a text without what can't be seen at its ends.

    >>> trimmed("  kg" + chr(0x200B))
    'kg'
    """
    while text != (text := text.strip().strip(_UNSEEN)):
        pass
    return text


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(28)
    'AB'
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def address(sheet: str, row: int, column: int) -> str:
    """Return a cell's address, the sheet before it.

    >>> address("head", 5, 2)
    'head!B5'
    """
    return f"{sheet}!{letters(column)}{row}"
