"""CSV and XLSX as a person sees them: rows of cells, exact texts and numbers, within limits."""

from __future__ import annotations

from rootprint.ledger.tables.cells import MAX_CELL, number, text
from rootprint.ledger.tables.csvrows import BrokenCsv, csv_fields, csv_rows
from rootprint.ledger.tables.encodings import UTF8, UTF8_AGAIN, Decoded, decoded
from rootprint.ledger.tables.formats import plain
from rootprint.ledger.tables.grid import Cell, Row, Sheet, address, letters, trimmed
from rootprint.ledger.tables.otherfiles import named, unusable
from rootprint.ledger.tables.package import Workbook, open_workbook
from rootprint.ledger.tables.workbook import WorkbookLimits
from rootprint.ledger.tables.worksheet import STRUCK, SheetLimits
from rootprint.ledger.tables.writing import ending_of, harmless, written
from rootprint.ledger.tables.xlsxrows import xlsx_rows

__all__ = [
    "MAX_CELL",
    "STRUCK",
    "UTF8",
    "UTF8_AGAIN",
    "BrokenCsv",
    "Cell",
    "Decoded",
    "Row",
    "Sheet",
    "SheetLimits",
    "Workbook",
    "WorkbookLimits",
    "address",
    "csv_fields",
    "csv_rows",
    "decoded",
    "ending_of",
    "harmless",
    "letters",
    "named",
    "number",
    "open_workbook",
    "plain",
    "text",
    "trimmed",
    "unusable",
    "written",
    "xlsx_rows",
]
