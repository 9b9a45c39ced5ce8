"""A company's own sheet read by its mapping: as if its lines had been written as an inventory.

Each column of the sheet is named in the mapping, and each text that decides what a line is has a
meaning there: nothing of the sheet is left out unless the mapping says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.intake.inventory.headings import LINES
from rootprint.ledger.intake.inventory.parse import read_document
from rootprint.ledger.intake.inventory.problems import Document, Faults, Place
from rootprint.ledger.intake.inventory.rows import TITLES
from rootprint.ledger.intake.inventory.sums import Running, amount_of, is_signature
from rootprint.ledger.intake.inventory.table import Cell, members_of, right_of
from rootprint.ledger.intake.mapping.form import NOTE, Column, SheetMapping, folded, read_mapping
from rootprint.ledger.intake.mapping.sheets import sheet_rows
from rootprint.ledger.intake.vocabulary import key, most_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from rootprint.ledger.intake.inventory.model import Inventory
    from rootprint.ledger.intake.inventory.table import Row

_VALUE: Final = "amount.value"
_UNIT: Final = "amount.unit"
_DESCRIPTION: Final = "description"
_UNHEADED: Final = "head its column, or name all rows of the headings: headings: [2, 3]"
_LETTER: Final = "column "


def parse_mapped(
    data: bytes, mapping: bytes, *, where: str, mapping_where: str, patient: bool = False
) -> Inventory:
    """Read a company's own sheet (XLSX or CSV) by its mapping file.

    ``where`` and ``mapping_where`` name the two. The head is the mapping's. Raises as
    ``parse_inventory`` does, with the faults of both files at their places.
    """
    read = read_mapping(mapping, where=mapping_where)
    faults = Faults(where)
    _, rows = sheet_rows(data, read.sheet, faults)
    at = _headings(rows, read, faults)
    columns = _columns(joined(rows, read.headings) or rows[at], read, faults)
    faults.settle()
    above = Running()
    lines = [line for row in rows[at + 1 :] for line in _lines(row, columns, read, above, faults)]
    if not lines:
        faults.settle()
    members = dict(read.head)
    if "inventory" in members:
        faults.add(("inventory",), "stands in the mapping's head", "leave it out: it is the sheet")
    else:
        members["inventory"] = members_of(_table(lines), LINES, faults) if lines else []
        faults.places["inventory",] = rows[at][0].place
    for path, place in read.faults.places.items():
        if path[:1] == ("head",):
            faults.places[path[1:]] = Place(place.line, place.column, file=mapping_where)
    return read_document(Document(members, faults), patient=patient)


def _headings(rows: list[Row], read: SheetMapping, faults: Faults) -> int:
    """Return the index of the last row that names the columns."""
    last = read.headings[-1] if read.headings else None
    wanted = {key(name) for name in read.columns}
    for index, row in enumerate(rows[: TITLES if last is None else None]):
        here = row[0].place.line == last
        named = sum(
            key(cell.text) in wanted or f"{_LETTER}{cell.place.column}" in read.columns
            for cell in row
            if cell.filled
        )
        if here or (last is None and named * 2 > len(wanted)):
            return index
    what = "has no row that names the mapping's columns"
    if last is not None:
        what = f"has nothing in row {last}, which the mapping says names the columns"
    faults.add((), what, "say under headings which row does, or propose a new mapping")
    faults.settle()
    return 0


def joined(rows: list[Row], numbers: tuple[int, ...]) -> Row | None:
    """Return heads that stand in several rows as one: what is above, and what is below it.

    A text over merged columns is over each of them. None where one row has them.
    """
    held = [row for row in rows if row[0].place.line in numbers]
    if len(numbers) == 1 or not held:
        return None
    texts: dict[int, list[str]] = {}
    for number, row in enumerate(held):
        over = held[number - 1] if number else []
        said = ""
        for at, cell in enumerate(row):
            if not cell.merged:
                said = cell.text
            elif at < len(over) and over[at].text:
                said = ""  # merged with what is above it, which was read
            if said:
                texts.setdefault(at, []).append(said)
    width = max(map(len, held))
    line = held[-1][0].place
    places = [right_of(line, at) for at in range(width)]
    return [Cell(" ".join(texts.get(at, ())), places[at]) for at in range(width)]


def _columns(heads: Row, read: SheetMapping, faults: Faults) -> dict[str, int]:
    """Return the index of each column that the mapping names."""
    found: dict[str, int] = {}
    wanted = {key(name): name for name in read.columns}
    texts = [key(cell.text) for cell in heads if cell.filled]
    for index, cell in enumerate(heads):
        if not cell.filled or cell.merged:
            continue
        letter = f"{_LETTER}{cell.place.column}"
        name = letter if letter in read.columns else wanted.get(key(cell.text))
        if name is None:
            near = most_like(cell.text, read.columns) if faults.show_more else None
            remedy = f"name it under columns, as {NOTE} if nothing of it is read"
            if near:
                remedy += f"; the mapping has {near}"
            faults.add((cell.text,), "heads a column that the mapping does not name", remedy,
                       at=cell.place)  # fmt: skip
        elif texts.count(key(cell.text)) > 1 and name != letter:
            remedy = f'name each by its number, such as "{letter}"'
            faults.add((cell.text,), "heads several columns", remedy, at=cell.place)
        else:
            found[name] = index
    held = [cell.text for cell in heads if cell.filled]
    asked = {**dict.fromkeys(read.columns, "columns"), **dict.fromkeys(read.meanings, "meanings"),
             **dict.fromkeys(read.leave_out, "leaveOut"),
             **dict.fromkeys(read.leave_in, "leaveIn")}  # fmt: skip
    for name, group in asked.items():
        if name not in found:
            place = read.faults.place((group, name))
            at = Place(place.line, place.column, file=read.faults.where)
            near = most_like(name, held) if faults.show_more else None
            remedy = f"the sheet has {near}" if near else "leave it out, or look at the sheet"
            what = "is a column that the sheet does not have"
            faults.add((group, name), what, remedy, at=at)
    return found


def _lines(
    row: Row, columns: Mapping[str, int], read: SheetMapping, above: Running, faults: Faults
) -> Iterator[dict[str, Cell]]:
    """Yield what a row says: one line, or one for each filled cell of a column that is a line."""
    cells = {name: row[at] for name, at in columns.items() if at < len(row) and row[at].filled}
    _check_headed(row, columns, faults)
    said = {n: c for n, c in cells.items() if read.columns[n].member != NOTE or n in read.meanings}
    if not cells or _among(cells, read.leave_out):
        above.take_sum()
        return
    why = _why_no_line(cells, columns, read, above, faults)
    if why is not None:
        first = next(iter(cells.values())).place
        faults.add((f"row {first.line}",), *why, at=first)
        above.take_sum()
        return
    if not said:
        return
    above.take(row[0].place.line, _numbers(cells, read), _unit(cells, read))
    line = _of_row(said, row, read, faults)
    if line is None:
        return
    if not any(column.line is not None for column in read.columns.values()):
        yield _completed(line, row, columns, read)
        return
    for name, cell in said.items():
        column = read.columns[name]
        if column.line is not None and cell.text not in read.empty:
            yield _completed(_of_cell(cell, column, line, faults), row, columns, read)


def _completed(
    line: Mapping[str, Cell], row: Row, columns: Mapping[str, int], read: SheetMapping
) -> dict[str, Cell]:
    """Return a line with what every line says, unless it says that itself.

    Where a member would stand that the row leaves empty, its cell has that place.
    """
    whole = dict(line)
    for member, text in read.every.items():
        whole.setdefault(member, Cell(text, row[0].place))
    for name, at in columns.items():
        own = read.columns[name].member
        place = row[at].place if at < len(row) else right_of(row[0].place, at)
        if own not in {None, NOTE}:
            whole.setdefault(str(own), Cell("", place))
    return whole


def _why_no_line(
    cells: Mapping[str, Cell],
    columns: Mapping[str, int],
    read: SheetMapping,
    above: Running,
    faults: Faults,
) -> tuple[str, str] | None:
    """Return what a row is that is no line, and what to do; None for one that may be a line.

    Of a row that has a meaning it is a finding that its numbers are the sums of those above.
    """
    numbers = _numbers(cells, read)
    if _among(cells, read.leave_in):
        return None
    label = next((name for name in columns if name in cells and name not in numbers), None)
    texts = [cell.text for name, cell in cells.items() if name not in numbers]
    like = above.like(
        texts, [cells[label].text] if label is not None else [], numbers, _unit(cells, read)
    )
    if like.itself:
        return like.what, not_a_line(label)
    if any(
        folded(cells[name].text) in said for name, said in read.meanings.items() if name in cells
    ):
        if like.rows is not None:
            at = cells[next(iter(numbers))].place
            what = f"is a line by its meaning, and the sum of {like.rows} by its numbers"
            faults.find((f"row {at.line}",), what, summed(label), at=at)
        return None
    if like.called:
        return like.what, summed(label)
    if texts and not numbers and all(map(is_signature, texts)):
        what = "says who filled in or checked the sheet, as a footnote, and is no line"
        return what, not_a_line(label)
    return None if like.rows is None else (like.what, summed(label))


def not_a_line(label: str | None) -> str:
    """Return how a row is left out that has a text in the column ``label``, None for no text.

    A text leaves out each row that has it: a line's must not be named.
    """
    if label is None:
        return "write into the sheet what it is, and name that text under leaveOut"
    return f"name its text under leaveOut.{label[:64]} if no line has that text"


def summed(label: str | None) -> str:
    """Return what to do with a row whose numbers or name are those of a sum."""
    if label is None:
        return not_a_line(None)
    return f"{not_a_line(label)}, or under leaveIn if it is a line"


def _numbers(cells: Mapping[str, Cell], read: SheetMapping) -> dict[str, Decimal]:
    """Return the amounts of a row by their columns."""
    found = {}
    for name, cell in cells.items():
        column = read.columns[name]
        number = amount_of(cell) if column.line is not None or column.member == _VALUE else None
        if number is not None:
            found[name] = number
    return found


def _unit(cells: Mapping[str, Cell], read: SheetMapping) -> str:
    return next((folded(c.text) for n, c in cells.items() if read.columns[n].member == _UNIT), "")


def _check_headed(row: Row, columns: Mapping[str, int], faults: Faults) -> None:
    """Note each cell that stands under no column."""
    for at, cell in enumerate(row):
        if cell.filled and not cell.merged and at not in columns.values():
            what = "has a cell that stands under no column"
            faults.add((f"row {cell.place.line}",), what, _UNHEADED, at=cell.place)


def _among(cells: Mapping[str, Cell], named: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a row has one of the texts that are named for its columns."""
    return any(folded(cells[name].text) in texts for name, texts in named.items() if name in cells)


def _of_row(
    said: Mapping[str, Cell], row: Row, read: SheetMapping, faults: Faults
) -> dict[str, Cell] | None:
    """Return the members that a row's columns say, and what they mean.

    None where it is not known what the row means: that is the one fault of it.
    """
    line: dict[str, Cell] = {}
    before = len(faults.problems)
    for name, cell in said.items():
        column = read.columns[name]
        if column.member not in {None, NOTE} and cell.text not in read.empty:
            _say(line, str(column.member), _worded(cell, column), faults)
            if column.unit is not None:
                unit = str(column.member).removesuffix("value") + "unit"
                _say(line, unit, Cell(column.unit, cell.place), faults)
    for name, meanings in read.meanings.items():
        if name not in said:
            place = row[0].place
            what = f"is empty under {name[:64]}, which says what the line is"
            faults.add((f"row {place.line}",), what, "fill it in", at=place)
            continue
        cell = said[name]
        if folded(cell.text) not in meanings:
            near = most_like(cell.text, read.texts[name]) if faults.show_more else None
            remedy = f"add it under meanings.{name[:64]}"
            if near:
                remedy += f", or write {near} if that is meant"
            what = "has a text that has no meaning in the mapping"
            faults.add((f"row {cell.place.line}", name[:64]), what, remedy, at=cell.place)
            continue
        for member, text in meanings[folded(cell.text)].items():
            _say(line, member, Cell(text, cell.place), faults)
    return line if len(faults.problems) == before else None


def _of_cell(
    cell: Cell, column: Column, line: Mapping[str, Cell], faults: Faults
) -> dict[str, Cell]:
    """Return the line of one cell: what its row says, and what its column says beside that.

    The description says of which row it is, where that has one.
    """
    own = {name: Cell(text, cell.place) for name, text in (column.line or {}).items()}
    whole = dict(line)
    if _DESCRIPTION in own and _DESCRIPTION in line:
        both = f"{own.pop(_DESCRIPTION).text} ({line[_DESCRIPTION].text})"
        whole[_DESCRIPTION] = Cell(both, cell.place)
    if column.unit is not None:
        _say(whole, _UNIT, Cell(column.unit, cell.place), faults)
    for member, one in {**own, _VALUE: cell}.items():
        _say(whole, member, one, faults)
    return whole


def _say(line: dict[str, Cell], member: str, cell: Cell, faults: Faults) -> None:
    if member in line:
        what = "is said twice of one line: by columns, by a meaning, or by a column's own line"
        faults.add((f"row {cell.place.line}", member), what, "keep one of them", at=cell.place)
    else:
        line[member] = cell


def _worded(cell: Cell, column: Column) -> Cell:
    text = column.words.get(folded(cell.text), cell.text)
    return Cell(text, cell.place, cell.wrong, cell.notes)


def _table(lines: list[dict[str, Cell]]) -> list[Row]:
    """Return the lines as a table of an inventory: heads, and a row each."""
    heads = list(dict.fromkeys(name for line in lines for name in line))
    first = next(iter(lines[0].values())).place
    rows = [[Cell(name, first) for name in heads]]
    for line in lines:
        beside = next(iter(line.values())).place
        rows.append([line.get(name, Cell("", beside)) for name in heads])
    return rows
