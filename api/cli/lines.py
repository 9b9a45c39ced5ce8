"""The line table on the command line: in text, in JSON, and as a file for a spreadsheet program."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.failing import Misused, needs
from rootprint.api.cli.options import OutputFile, write_output
from rootprint.api.cli.terminal import plain
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verify import COLUMNS, LineTable, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rootprint.api.cli.session import Session
    from rootprint.ledger.verify import LineRow

MOST_LINES: Final = 50
VERSION: Final = 1
_SHORT: Final = 12  # hexadecimal digits of a digest
_WIDE: Final = frozenset("WF")
_LONGEST: Final = 60  # of a text of somebody's in a column


class _TableFile(click.ParamType[Path]):
    """A file to write whose ending says whether it is CSV or XLSX."""

    name = "file"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        """Return the path; another ending is wrong use, found before anything is done."""
        from rootprint.ledger.tables import ending_of  # noqa: PLC0415 - most verify without a table

        path: Path = OutputFile.convert(value, param, ctx)
        try:
            ending_of(path.name)
        except Refused as error:
            raise Misused(Exception.__str__(error), remedy=error.remedy) from error
        return path


_OPTIONS: Final = (
    click.option(
        "--lines",
        "lines",
        is_flag=True,
        help="Show every open line: amount × factor = result, source, share, quality.",
    ),
    click.option(
        "--most",
        type=click.IntRange(min=1),
        help=f"Show this many lines at most, the largest first; {MOST_LINES} by default.",
    ),
    click.option(
        "--lines-to",
        type=_TableFile(),
        help="Write all lines to this file, .csv or .xlsx.",
    ),
)


@dataclass(frozen=True)
class LinesAsked:
    """What was asked of the line table; ``most`` rows are shown, all are written ``to`` a file."""

    show: bool
    most: int
    to: Path | None

    @classmethod
    def of(cls, lines: bool, most: int | None, lines_to: Path | None) -> LinesAsked:
        """Read the options; raises Misused for one that would change nothing."""
        needs({"--most": most}, asked=lines, of="the line table", remedy="add --lines")
        return cls(lines, MOST_LINES if most is None else most, lines_to)

    def write(self, session: Session, table: LineTable) -> None:
        """Write the file that was asked for, and say so; of a failed walk none is written."""
        if self.to is None:
            return
        if table.why_not is not None:
            session.say(f"{self.to} was not written: {table.why_not}")
            return
        from rootprint.ledger.tables import written  # noqa: PLC0415 - as above

        rows = [[record[name] for name in COLUMNS] for record in table.records()]
        write_output(self.to, written(self.to.name, COLUMNS, rows))
        session.say(f"wrote {counted(len(rows), 'line')} to {self.to}")


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--lines`` and its like; they arrive as ``lines``, ``most`` and ``lines_to``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def lines_json(table: LineTable, most: int) -> dict[str, Any]:
    """Return the view as JSON, version 1 (docs/evidence.md)."""
    if table.why_not is not None:
        return {"version": VERSION, "subject": table.subject, "applicable": False,
                "reason": table.why_not}  # fmt: skip
    return {
        "version": VERSION,
        "subject": table.subject,
        "applicable": True,
        "lines": len(table.rows),
        "left": max(0, len(table.rows) - most),
        "rows": [row.json() for row in table.rows[:most]],
    }


def lines_text(view: Mapping[str, Any]) -> str:
    """Return the view as text, the largest share first."""
    view = plain(view)
    if not view["applicable"]:
        return f"Lines  not applicable: {view['reason']}"
    shown: Sequence[Mapping[str, Any]] = view["rows"]
    cells = [
        ["% of gross", "kg CO2e", "amount × factor", "how", "where, what, from which source"],
        *([row["share"] or "-", row["result"], _worked(row), row["checked"], _said(row)]
          for row in shown),
    ]  # fmt: skip
    lines = [f"Lines  {len(shown)} of {counted(view['lines'], 'line')}, the largest share first"]
    lines += _aligned(cells)
    if view["left"]:
        lines.append(f"... and {view['left']} more (--most shows more, --lines-to writes all)")
    if any(row["continues"] for row in shown):
        lines.append("> goes on in the lines of that statement: count it or them, not both")
    return "\n".join(lines)


class WorkedLines:
    """Amount × factor = result of statements' own lines: as many as may be shown, then a count."""

    def __init__(self, table: LineTable, most: int) -> None:
        self._why_not, self._left, self._omitted = table.why_not, most, 0
        self._rows: dict[str, list[LineRow]] = {}
        for row in table.rows:
            self._rows.setdefault(row.statement, []).append(row)

    def of(self, statement: str) -> list[str]:
        """Return those of one statement, in line order; what is asked first is shown first."""
        own = [row.json() for row in self._rows.get(statement, ())]
        own.sort(key=lambda row: (row["line"] is None, row["line"]))
        shown = own[: self._left]
        self._left -= len(shown)
        self._omitted += len(own) - len(shown)
        cells = [[_number(row), _worked(row), f"= {row['result']} kg CO2e", _what(row)]
                 for row in plain(shown)]  # fmt: skip
        return [*_aligned(cells, right=())] if cells else []

    def rest(self) -> list[str]:
        """Say how many lines were asked for and not shown, or why none are."""
        if self._why_not is not None:
            return [f"No line is shown: {self._why_not}"]
        if not self._omitted:
            return []
        more = counted(self._omitted, "line")
        return [f"... and {more} more (--nodes shows more of them, --lines-to writes all)"]


def _number(row: Mapping[str, Any]) -> str:
    return "" if row["line"] is None else f"line {row['line']}"


def _worked(row: Mapping[str, Any]) -> str:
    if row["amount"] is None:
        return ""
    factor = "" if row["factor"] is None else f" × {row['factor']} {row['factor_unit']}"
    return f"{row['amount']} {row['unit']}{factor}"


def _said(row: Mapping[str, Any]) -> str:
    where = row["path"].rpartition(" > ")[2]
    line = "" if row["line"] is None else f" {row['line']}"
    return f"{_short(where)}{line} ({row['statement'][7:][:_SHORT]}): {_what(row)}"


def _what(row: Mapping[str, Any]) -> str:
    """Return stage, description, source and quality, as far as the row says them."""
    quality = [row[name] for name in ("technological", "geographical", "temporal")]
    source = row["source"] and f"from {_short(row['source'])}"
    said = [
        row["stage"],
        _short(row["description"]),
        source and " of ".join(filter(None, (source, row["source_issuer"]))),
        row["data"],
        "quality " + "/".join(quality) if all(quality) else None,
        row["continues"] and f"> {row['continues'][7:][:_SHORT]}",
    ]
    return " | ".join(part for part in said if part)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _aligned(cells: Sequence[Sequence[str]], right: Sequence[int] = (0, 1)) -> Iterator[str]:
    """Yield rows with columns of one width, those of ``right`` flush right; the last is as it is.

    A wide character, as in Chinese, takes two columns.
    """
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = []
        for at, cell in enumerate(row[:-1]):
            space = " " * (widths[at] - _width(cell))
            padded.append(space + cell if at in right else cell + space)
        yield "  ".join([*padded, row[-1]]).rstrip()


def _width(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(char) in _WIDE for char in text)
