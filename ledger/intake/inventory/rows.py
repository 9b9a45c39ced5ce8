"""Rows of a table of lines: where its heads stand, and which rows are no lines.

People write titles above a table, blank rows into it, sums and footnotes under it. Titles and
blank rows are not read; what stands among the lines and is none is refused as what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.inventory.headings import LINES, column_named, is_note
from rootprint.ledger.intake.inventory.sums import Running, amount_of, is_signature
from rootprint.ledger.intake.inventory.table import HEAD
from rootprint.ledger.intake.vocabulary import is_example, key, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from rootprint.ledger.intake.inventory.headings import Kind
    from rootprint.ledger.intake.inventory.problems import Faults
    from rootprint.ledger.intake.inventory.table import Cell, Row

TITLES: Final = 20  # rows that may stand above the heads
_ENOUGH: Final = 3  # of the columns' names make a row of heads
_SOURCES: Final = ("source.", "circular.", "statement")
_VALUE: Final = "amount.value"
_NO_LINE: Final = "delete the row, or begin it with # in its first column"


def filled(row: Row) -> bool:
    """Tell whether anything stands in a row."""
    return any(cell.filled for cell in row)


def is_head(row: Row) -> bool:
    """Tell whether a row is the head's first: ``member`` and ``value``."""
    headings = names_of("headings")
    return [headings.named(cell.text) for cell in row[:2]] == list(HEAD)


def has_heads(row: Row, kind: Kind = LINES) -> bool:
    """Tell whether a row names columns of a table: three, or all that its kind has."""
    named = {column_named(cell.text, kind) for cell in row if cell.text} - {None}
    return len(named) >= min(_ENOUGH, len(kind.columns))


def split(rows: Sequence[Row], faults: Faults) -> tuple[list[Row], list[Row]]:
    """Return the head's rows and the lines' of a table that has both, one under the other.

    The lines begin with the row that names their columns, or after the first empty row where none
    does.
    """
    begin = next((at for at, row in enumerate(rows) if is_head(row)), 0)
    _say_titles(rows[:begin], faults)
    rows = rows[begin:]
    at = next((at for at, row in enumerate(rows) if has_heads(row)), None)
    blanks = [number for number, row in enumerate(rows[:at]) if not filled(row)]
    if at is None:
        at = blanks[0] if blanks else len(rows)
        head = rows[:at]
    else:
        head = rows[: blanks[-1]] if blanks else rows[:at]
        _say_titles(rows[len(head) : at], faults)
    return _read(head), table_rows(rows[at:], LINES, faults)


def under_titles(rows: Sequence[Row], faults: Faults) -> list[Row]:
    """Return the rows of a head of its own, from that which says ``member`` and ``value``."""
    begin = next((at for at, row in enumerate(rows[:TITLES]) if is_head(row)), 0)
    _say_titles(rows[:begin], faults)
    return _read(rows[begin:])


def table_rows(rows: Sequence[Row], kind: Kind, faults: Faults) -> list[Row]:
    """Return the heads and the rows below them that may be of the table; the others are faults."""
    begin = next((at for at, row in enumerate(rows[:TITLES]) if has_heads(row, kind)), 0)
    _say_titles(rows[:begin], faults)
    rows = _read(rows[begin:])
    if not rows:
        return []
    columns = _Columns.of(rows[0], kind)
    above = Running()
    found = [rows[0]]
    for row in rows[1:]:
        held = {n: c for n, c in enumerate(row) if c.filled and not c.merged}
        if any(is_example(held[n].text) for n in held.keys() & columns.notes):
            found.append(row)
            continue
        why = _why_no_line(held, rows[0], columns, above)
        if why is not None:
            at = next(iter(held.values())).place
            faults.add((f"row {at.line}",), *why, at=at)
            above.take_sum()
            continue
        if held.keys() - columns.notes:
            _say_like_a_sum(held, columns, above, faults)
            above.take(row[0].place.line, columns.numbers(held), columns.unit_of(held))
            found.append(row)
    return found


@dataclass(frozen=True)
class _Columns:
    """Columns of a table by what they say of a row, each by its index."""

    notes: frozenset[int]
    sources: frozenset[int]
    label: int | None
    value: int | None
    unit: int | None

    @classmethod
    def of(cls, heads: Row, kind: Kind) -> _Columns:
        names = [column_named(cell.text, kind) for cell in heads]
        at = {name: number for number, name in enumerate(names) if name}
        label = at.get("description", at.get("name"))
        return cls(
            notes=frozenset(n for n, cell in enumerate(heads) if is_note(cell.text)),
            sources=frozenset(
                n for n, name in enumerate(names) if (name or "").startswith(_SOURCES)
            ),
            label=label,
            value=at.get(_VALUE),
            unit=at.get("amount.unit"),
        )

    def numbers(self, held: Mapping[int, Cell]) -> dict[str, Decimal]:
        """Return the row's amount, if it has one."""
        if self.value is None or self.value not in held:
            return {}
        number = amount_of(held[self.value])
        return {} if number is None else {_VALUE: number}

    def unit_of(self, held: Mapping[int, Cell]) -> str:
        return key(held[self.unit].text) if self.unit is not None and self.unit in held else ""

    def whole(self, held: Mapping[int, Cell]) -> bool:
        """Whether the row says more than a sum does: its source, or an output's name."""
        if self.sources:
            return bool(held.keys() & self.sources)
        return self.label is not None and self.label in held


def _why_no_line(
    held: Mapping[int, Cell], heads: Row, columns: _Columns, above: Running
) -> tuple[str, str] | None:
    """Return what a row is that is no line, and what to do."""
    labels = [cell.text for n, cell in held.items() if n == columns.label or n in columns.notes]
    like = above.like((cell.text for cell in held.values()), labels, columns.numbers(held))
    whole = columns.whole(held) and not (like.itself and above.begun and columns.sources)
    summed = like.rows is not None and (like.called or not whole)
    if summed or (like.called and not whole and (held.keys() - columns.notes)):
        return like.what, _NO_LINE
    said = {n: cell for n, cell in held.items() if n not in columns.notes}
    same = sum(at < len(heads) and cell.text == heads[at].text for at, cell in said.items())
    if same >= _ENOUGH:
        return "says the heads again", _NO_LINE
    if len(said) == 1 and sum(cell.filled for cell in heads) > 1:
        return "holds one cell, as a title or a footnote, and no line", _NO_LINE
    signed = all(is_signature(cell.text) for cell in said.values())
    if said and signed and not columns.whole(held):
        return "says who filled in or checked the table, as a footnote, and is no line", _NO_LINE
    return None


def _say_like_a_sum(
    held: Mapping[int, Cell], columns: _Columns, above: Running, faults: Faults
) -> None:
    """Say of a line with a source that its amount is that of all before it of its unit."""
    rows = above.sum_of(columns.numbers(held), columns.unit_of(held))
    if rows is not None and columns.value is not None:
        at = held[columns.value].place
        what = f"has an amount that is the sum of {rows}"
        faults.find((f"row {at.line}",), what, "delete the row if it is their sum", at=at)


def _read(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that hold something and are not for people."""
    return [row for row in rows if filled(row) and not row[0].text.startswith("#")]


def _say_titles(rows: Sequence[Row], faults: Faults) -> None:
    titles = _read(rows)
    if titles:
        at = titles[0][0].place
        what = "stands above the heads of its table, and is not read"
        faults.find((f"row {at.line}",), what, "see that it is a title", at=at)
