"""The UK Government's conversion factors for company reporting, flat file (XLSX).

A factor is up to four rows that share an id but for its last part: kg CO2e, and of it CO2, CH4 and
N2O. What a factor covers follows from its table ("Level 1"): combustion and generation are direct
emissions only (their upstream part is the WTT table's, their losses the transmission table's), and
become direct-only, gate-to-gate; materials and WTT begin at the cradle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_text, sha256
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.factors.drafting import FactorTable, Problem, Unfit, draft
from rootprint.ledger.factors.releases import recognised
from rootprint.ledger.factors.sized import Cell, require_possible
from rootprint.ledger.factors.uk_meaning import FIGURE, Group, understand
from rootprint.ledger.factors.uk_tables import REFRIGERANT, RELEASES
from rootprint.ledger.tables import letters, number, text, xlsx_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from rootprint.ledger.factors.drafting import Draft

SHEET: Final = "Factors by Category"
COLUMNS: Final = (
    *("ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit"),
    "GHG Conversion Factor",
)
_VALUE: Final = len(COLUMNS) - 1
_YEAR = re.compile(r"GHG Conversion Factor (\d{4})")
_KYOTO: Final = "Kyoto protocol products"


@dataclass
class _Reading:
    """The rows read so far, by factor, in the table's order; ``year`` is the heading's."""

    groups: dict[str, Group]
    problems: list[Problem]
    rows: int = 0
    year: int = 0
    notes: dict[str, list[int]] = field(default_factory=dict)  # what is said of figures: their rows


def read_uk(data: bytes, *, where: str = "UK flat file") -> FactorTable:
    """Return the factors of a flat file's bytes.

    Raises Refused for what is no such workbook, and for a release that is not known (by its digest
    or by the year that its heading states); TooLarge beyond a limit. What is wrong with a row is a
    problem of the table.
    """
    reading, digest = _Reading({}, []), digest_text(sha256(data))
    for row, cells in _data_rows(data, where, reading):
        _take(row, cells, where, reading)
    source = recognised(RELEASES, digest, str(reading.year), where=where, of="the year")
    table_gwp = _table_gwp(reading.groups)
    drafts: list[Draft] = []
    findings = [_note(what, rows, where) for what, rows in reading.notes.items()]
    if any(digest in release.digests for release in RELEASES):
        findings = []  # how the publication itself shows its figures was looked at
    for group in reading.groups.values():
        try:
            made = understand(group, reading.year, table_gwp)
            cell = Cell(where, group.row, FIGURE, group.name)
            look = require_possible(
                cell, made.value, made.declared, gas=group.level1 == REFRIGERANT
            )
        except Unfit as why:
            reading.problems.append(Problem(where, group.row, *why.reported))
        else:
            drafts.append(draft(made, source))
            findings += [] if look is None else [look]
    problems = map(_addressed, sorted(reading.problems, key=lambda problem: problem.row))
    findings = list(map(_addressed, findings))
    return FactorTable(
        source, digest, reading.rows, tuple(drafts), tuple(problems), tuple(findings)
    )


def _note(what: str, rows: list[int], where: str) -> Problem:
    """Return what should be known of figures as one finding: at the first, with their count."""
    more = f" (and {len(rows) - 1} more in this column)" if len(rows) > 1 else ""
    remedy = "hold them against the publication, if this is a copy of it"
    return Problem(where, rows[0], FIGURE, "as-held", f"{what}{more}", remedy)


def _addressed(problem: Problem) -> Problem:
    """Return a problem with the cell that it is of."""
    return replace(problem, cell=f"{letters(COLUMNS.index(problem.column) + 1)}{problem.row}")


def _data_rows(data: bytes, where: str, reading: _Reading) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows below the heading, which names the columns and the year."""
    for row, seen in xlsx_rows(data, SHEET, columns=len(COLUMNS), where=where):
        cells = tuple(None if cell is None else cell.text for cell in seen)
        if reading.year:
            if any(cell is not None for cell in cells) and text(cells[1]) != "END":
                reading.rows += 1
                figure = seen[_VALUE]
                for what, _ in () if figure is None else figure.notes:
                    reading.notes.setdefault(what, []).append(row)
                yield row, cells
        elif text(cells[0]) == COLUMNS[0]:
            year = _YEAR.fullmatch(text(cells[_VALUE]))
            if year is None or tuple(map(text, cells[:_VALUE])) != COLUMNS[:_VALUE]:
                message = f"{where}, row {row}: the columns are not those of the flat file"
                raise Refused(message, remedy=f"they must be {', '.join(COLUMNS)} and the year")
            reading.year = int(year[1])
    if not reading.year:
        message = f"{where} has no row of headings that begins with ID"
        raise Refused(message)


def _take(row: int, cells: tuple[Any, ...], where: str, reading: _Reading) -> None:
    key, _, part = text(cells[0]).rpartition("_")
    if not key or not part:
        reading.problems.append(
            Problem(where, row, COLUMNS[0], "no-source", "the row has no id, so it can't be cited",
                    "the publisher gives each row an id")
        )  # fmt: skip
        return
    if key not in reading.groups:
        scope, one, two, three, four, words, unit = (text(cell) for cell in cells[1:8])
        reading.groups[key] = Group(key, row, scope, one, two, three, four, words, unit, {})
    group = reading.groups[key]
    kind = text(cells[8])
    if kind in group.values:
        reading.problems.append(
            Problem(where, row, COLUMNS[8], "twice", f"{kind} of {key} is given twice",
                    "keep one of the rows")
        )  # fmt: skip
    group.values.setdefault(kind, number(cells[_VALUE]))


def _table_gwp(groups: Mapping[str, Group]) -> dict[str, Decimal]:
    """Return the GWPs that the table itself prints, by gas as it names them."""
    found: dict[str, Decimal] = {}
    for group in groups.values():
        value = group.values.get("kg CO2e")
        if group.level2 == _KYOTO and value is not None:
            found.setdefault(group.level3, value)
    return found
