"""A mapping proposed from a sheet's headings and texts, and what of it could not be placed.

What is not placed stands in the proposal as a comment, so that composing by it is refused until
somebody has decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import yaml

from rootprint.calc.errors import CalculationError
from rootprint.ledger import figures
from rootprint.ledger.intake.inventory.gases import gas_named
from rootprint.ledger.intake.inventory.headings import column_named, is_note
from rootprint.ledger.intake.inventory.normal import cubic
from rootprint.ledger.intake.inventory.problems import Faults, Problem
from rootprint.ledger.intake.inventory.rows import TITLES
from rootprint.ledger.intake.inventory.sums import Running, amount_of, is_sum
from rootprint.ledger.intake.mapping.form import NOTE, folded
from rootprint.ledger.intake.mapping.reading import joined, summed
from rootprint.ledger.intake.mapping.sheets import sheet_rows
from rootprint.ledger.intake.vocabulary import group_at, key, names_of, word_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.intake.inventory.problems import Path
    from rootprint.ledger.intake.inventory.table import Cell, Row

_FEW_HEADS: Final = 2
_MOST_TEXTS: Final = 200
_INSIDE: Final = re.compile(r"\A(.*?)[ \u3000]*[(\uff08\[/]([^()\uff08\uff09\[\]]+)[)\uff09\]]?\Z")
_QUOTE: Final = re.compile(
    r"\A(?:[\d.+-]|true|false|yes|no|on|off|null|~)|[:#,\[\]{}&*!|>'\"%@`]", re.IGNORECASE
)
_VALUE: Final = "amount.value"
_UNIT: Final = "amount.unit"
_NEEDS: Final = {
    "source.set": "source.gas",
    "source.factor": "source.emission",
    **dict.fromkeys(("source.per", "source.component", "source.reference"), "source.published"),
}
_HEAD: Final = """\
head: # of the statement; see docs/inventory.md
  kind: FootprintStatement
  role: product
  basis: life-cycle
  # issuer: "did:web:maker.example"
  # productIds: ["urn:gtin:4712345060507"]
  # productNameCompany: ""
  # productDescription: ""
  # boundary: cradle-to-gate
  # validFrom: "2026-02-01T00:00:00Z"
  # validUntil: "2028-01-31T00:00:00Z"
  pcf:
    # declaredUnitOfMeasurement: kilogram
    # declaredUnitAmount: "1"
    # referencePeriodStart: "2025-01-01T00:00:00Z"
    # referencePeriodEnd: "2026-01-01T00:00:00Z"
    # geographyCountry: CN
    # productMassPerDeclaredUnit: "1"
    # fossilCarbonContent: "0"
    ipccCharacterizationFactors: [AR6]
    crossSectoralStandards: [ISO14067]
    # packagingEmissionsIncluded: false
    # exemptedEmissionsPercent: "0"
    # exemptedEmissionsDescription: ""
  # inputs: # the signed statement behind each name
  #   electricity: "sha256:…"
  # process: # if the lines are a whole process's totals of a period
  #   name: ""
  #   outputs: [{name: "", amount: {value: "", unit: t}}]
"""


@dataclass(frozen=True)
class Proposal:
    """A mapping file's text, and what in the sheet it leaves open, each with its cell."""

    text: str
    open: tuple[Problem, ...]


@dataclass(frozen=True)
class _Sum:
    """A row that may be a sum: its text and the column of that, if it has one.

    ``rows`` are those whose sums its numbers are, where nothing else says that it is one.
    """

    name: str | None
    cell: Cell
    rows: str | None


@dataclass(frozen=True)
class _Placed:
    """A column: its name in the mapping, and its member; None where it is left open."""

    name: str
    cell: Cell
    index: int
    member: str | None
    unit: str | None = None


def propose_mapping(data: bytes, *, where: str, sheet: str | None = None) -> Proposal:
    """Propose how a sheet (XLSX or CSV) says an inventory, by its headings and its texts.

    ``sheet`` names the one of a workbook with several. Raises InventoryProblems for what can't be
    read, TooLarge.
    """
    faults = Faults(where)
    name, rows = sheet_rows(data, sheet, faults)
    faults.settle()
    at = _headings(rows, faults)
    numbers = _head_rows(rows, at)
    heads = joined(rows, numbers) or rows[at]
    placed = _with_what_they_need(_columns(heads, faults), faults)
    below = [row for row in rows[at + 1 :] if row[0].place.line > numbers[-1]]
    sums = list(_sums(placed, below))
    file = where.rpartition("/")[2]
    shown = file if file.isprintable() else _quoted(file)
    text = "".join((
        f"# How {shown} says an inventory; docs/inventory.md has the form.\n",
        "mapping: 1\n",
        "" if name is None else f"sheet: {_quoted(name)}\n",
        f"headings: {numbers[0] if len(numbers) == 1 else list(numbers)}\n",
        _of_columns(placed, below, faults),
        _of_meanings(placed, below, sums, faults),
        _of_sums(sums, faults),
        _of_every(placed, faults),
        _HEAD,
    ))  # fmt: skip
    return Proposal(text, tuple(sorted(faults.findings, key=_by_place)))


def _by_place(problem: Problem) -> tuple[bool, int, int]:
    """Order by row and column, and last what has no place."""
    return not problem.line, problem.line, problem.column


def _headings(rows: list[Row], faults: Faults) -> int:
    """Return the index of the row with most known headings, else of the first full row."""
    best, most = None, 0
    for index, row in enumerate(rows[:TITLES]):
        names = {_member(cell.text)[0] for cell in row if cell.filled} - {None}
        if len(names) > most:
            best, most = index, len(names)
    if best is None:
        full = (n for n, row in enumerate(rows[:TITLES])
                if sum(cell.filled for cell in row) > _FEW_HEADS)  # fmt: skip
        best = next(full, None)
    if best is None:
        remedy = "head the columns of the sheet, or name another sheet"
        faults.add((), "has no row that could name columns", remedy)
        faults.settle()
    return best or 0


def _head_rows(rows: list[Row], at: int) -> tuple[int, ...]:
    """Return the numbers of the rows that name the columns: two where cells of one are merged."""
    line = rows[at][0].place.line
    if at and _over_others(rows[at - 1]):
        return rows[at - 1][0].place.line, line
    if at + 1 < len(rows) and _over_others(rows[at]):
        return line, rows[at + 1][0].place.line
    return (line,)


def _over_others(row: Row) -> bool:
    """Tell whether a row has texts over several columns, and is no title over all of them."""
    texts = sum(bool(cell.text) for cell in row)
    return texts >= _FEW_HEADS and any(cell.merged for cell in row)


def _columns(heads: Row, faults: Faults) -> list[_Placed]:
    found: list[_Placed] = []
    texts = [key(cell.text) for cell in heads if cell.filled]
    for index, cell in enumerate(heads):
        if not cell.filled or cell.merged:
            continue
        name = cell.text if texts.count(key(cell.text)) == 1 else f"column {cell.place.column}"
        member, unit = _member(cell.text)
        alike = (one for one in found if member != NOTE and one.member == member)
        taken = None if member is None else next(alike, None)
        if taken is not None:
            what = f"may be {member} too, as {taken.name[:64]} is"
            faults.find((cell.text,), what, f"decide which; the other is {NOTE}", at=cell.place)
            member = None
        elif member is None:
            near = names_of("inventory").nearest(cell.text)
            remedy = f"name its member under columns, or {NOTE}"
            guess = f"{remedy}; {near} is like it" if near else remedy
            faults.find((cell.text,), "could not be placed", guess, at=cell.place)
        found.append(_Placed(name, cell, index, member, unit))
    return found


def _with_what_they_need(placed: list[_Placed], faults: Faults) -> list[_Placed]:
    """Leave open what says something only of a member that no column has."""
    members = {one.member for one in placed}
    found = []
    for one in placed:
        need = _NEEDS.get(one.member or "")
        if need is not None and need not in members:
            what = f"may be {one.member}, and no column is {need}"
            remedy = f"name it {NOTE}, or what it is"
            faults.find((one.cell.text,), what, remedy, at=one.cell.place)
            found.append(replace(one, member=None))
        else:
            found.append(one)
    return found


def _member(heading: str) -> tuple[str | None, str | None]:
    """Return the member that a heading stands for, and the unit that it names in brackets."""
    if is_note(heading):
        return NOTE, None
    member = column_named(heading)
    if member is not None:
        return member, None
    inside = _INSIDE.match(heading)
    if inside is None:
        return None, None
    member, unit = column_named(inside[1]), inside[2].strip()
    if member is not None and member.endswith(".value") and _is_unit(unit):
        return member, unit
    return (member, None) if member is not None and not member.endswith(".value") else (None, None)


def _is_unit(text: str) -> bool:
    try:
        figures.unit_table().named(text)
    except CalculationError:
        return cubic(text) is not None
    return True


def _of_columns(placed: list[_Placed], below: list[Row], faults: Faults) -> str:
    lines = ["columns:\n"]
    for one in placed:
        name = _quoted(one.name)
        if one.member is None:
            lines.append(f"  # {name}: ? # a member of a line, or {NOTE}\n")
        elif one.unit is not None:
            lines.append(f"  {name}: {{member: {one.member}, unit: {_quoted(one.unit)}}}\n")
        else:
            lines.append(f"  {name}: {one.member}\n")
        lines.extend(
            f"  # {name}: {{member: {one.member}, words: {{{_quoted(text)}: ?}}}}\n"
            for text in _open_words(one, below, faults)
        )
    return "".join(lines)


def _open_words(one: _Placed, below: list[Row], faults: Faults) -> list[str]:
    """Return the texts of a column of words that are none that is known."""
    unit = one.member is not None and one.member.endswith(".unit")
    path: Path = ("inventory", 0, *(one.member or "").split("."))
    group = group_at(path)
    if not unit and group is None:
        return []
    known = _is_unit if unit else lambda text: word_named(str(group), text) is not None
    found: dict[str, Cell] = {}
    for cell in _texts(one, below):
        if not known(cell.text):
            found.setdefault(folded(cell.text), cell)
    for cell in list(found.values())[:_MOST_TEXTS]:
        what = f"is no {'unit' if unit else one.member} that is known"
        remedy = f"say under columns.{one.name[:64]}.words what it means"
        faults.find((one.name[:64],), what, remedy, at=cell.place)
    return [cell.text for cell in found.values()][:_MOST_TEXTS]


def _of_meanings(placed: list[_Placed], below: list[Row], sums: list[_Sum], faults: Faults) -> str:
    """Take each text of the description for an input of its name, unless it is a gas.

    Not one whose row may be a sum: somebody decides that, and gives it a meaning then.
    """
    if any((one.member or "").startswith(("source.", "circular.")) for one in placed):
        return ""
    by = next((one for one in placed if one.member == "description"), None)
    if by is None:
        what = "has no column that says what is cited"
        faults.find((), what, "say it under meanings, or under every: source.input")
        return ""
    summed_ = {folded(one.cell.text) for one in sums if one.name == by.name}
    written: dict[str, str] = {}
    for cell in _texts(by, below):
        written.setdefault(folded(cell.text), cell.text)
    texts = [text for form, text in written.items() if form not in summed_]
    lines = [f"meanings: # what each text says of its line\n  {_quoted(by.name)}:\n"]
    for text in texts[:_MOST_TEXTS]:
        gas = gas_named(text)
        said = f"source.input: {_quoted(text)}"
        if gas is not None:
            said = f"source.gas: {_quoted(text)}, source.set: AR6"
        lines.append(f"    {_quoted(text)}: {{{said}}}\n")
    if len(texts) > _MOST_TEXTS:
        what = f"has more than {_MOST_TEXTS} texts; the others have no meaning yet"
        faults.find((by.name[:64],), what, "add them under meanings", at=by.cell.place)
    return "".join(lines) if texts else ""


def _of_sums(sums: list[_Sum], faults: Faults) -> str:
    """Leave out rows that are called sums; those that are sums by their numbers alone stay open."""
    called: dict[str, dict[str, None]] = {}
    for one in sums:
        if one.rows is None:
            called.setdefault(str(one.name), {})[one.cell.text] = None
    lines = [f"  {_quoted(name)}: [{', '.join(map(_quoted, texts))}]\n"
             for name, texts in called.items()]  # fmt: skip
    given = "".join(["leaveOut: # rows that are no lines\n", *lines]) if lines else ""
    alone = [one for one in sums if one.rows is not None]
    for one in alone[:_MOST_TEXTS]:
        at = one.cell.place
        what = f"has numbers that are the sums of {one.rows}, and may be a line"
        faults.find((f"row {at.line}",), what, summed(one.name), at=at)
    open_ = [
        f"  # {_quoted(one.name)}: [{_quoted(one.cell.text)}] # row {one.cell.place.line},"
        f" the sum of {one.rows}\n"
        for one in alone[:_MOST_TEXTS]
        if one.name is not None
    ]
    if not open_:
        return given
    title = "# leaveOut if they are sums, leaveIn if they are lines, with a meaning:\n"
    return "".join([given, title, *open_])


def _sums(placed: list[_Placed], below: list[Row]) -> Iterator[_Sum]:
    """Yield each row that is a sum by a text of it, by its label, or by its numbers alone."""
    above = Running()
    counted = {one.index for one in placed if one.member in {_VALUE, None}}
    for row in below:
        held = [(one, row[one.index]) for one in placed if one.index < len(row)]
        numbers = {one.name: number for one, cell in held
                   if one.index in counted and (number := amount_of(cell)) is not None}  # fmt: skip
        unit = next((folded(cell.text) for one, cell in held if one.member == _UNIT), "")
        texts = [(one.name, cell) for one, cell in held
                 if cell.text and amount_of(cell) is None and not cell.merged]  # fmt: skip
        like = above.like(
            (cell.text for _, cell in texts), [cell.text for _, cell in texts[:1]], numbers, unit
        )
        if not like.called and like.rows is None:
            above.take(row[0].place.line, numbers, unit)
            continue
        above.take_sum()
        itself = (said for said in texts if is_sum(said[1].text))
        first = next((cell for _, cell in held if cell.filled), row[0])
        name, cell = next(itself, texts[0] if texts else (None, first))
        yield _Sum(name, cell, None if like.called else like.rows)


def _of_every(placed: list[_Placed], faults: Faults) -> str:
    """Say for every line what no column says; stage and unit are somebody's to decide."""
    members = {one.member for one in placed}
    said = "every:\n" if "primary" not in members else "# every:\n"
    if "primary" not in members:
        said += "  primary: false # true if each amount was measured\n"
    if _UNIT not in members and not any(one.unit for one in placed):
        said += "  # amount.unit: kWh\n"
        faults.find((), "has no column that says units", "say it under every, or for a column")
    if "stage" not in members:
        said += "  # stage: manufacturing # or raw-material, distribution, use, …\n"
        remedy = "say stage under every, or in meanings"
        faults.find((), "has no column that says the stage", remedy)
    if _VALUE not in members:
        remedy = "name it amount.value, or make its columns lines"
        faults.find((), "has no column that says amounts", remedy)
    return said


def _texts(one: _Placed, below: list[Row]) -> Iterator[Cell]:
    for row in below:
        if one.index < len(row) and row[one.index].text:
            yield row[one.index]


def _quoted(text: str) -> str:
    """Return a text as YAML writes it in one line; a line end in it, also U+2028, is an escape."""
    shown = text.isprintable()
    style = None if shown and not _QUOTE.search(text) else '"'
    written = yaml.safe_dump(text, allow_unicode=shown, width=1 << 30, default_style=style)
    return written.split("\n")[0]
