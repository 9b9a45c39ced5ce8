"""CSV and XLSX as a person sees them: rows of cells, exact texts and numbers, within limits."""

from __future__ import annotations

from rootprint.ledger.tables.cells import MAX_CELL, WORKBOOK_DIGITS, number, text
from rootprint.ledger.tables.csvrows import csv_rows
from rootprint.ledger.tables.workbook import SAVE_AGAIN, WorkbookLimits, check_workbook
from rootprint.ledger.tables.xlsxrows import xlsx_rows

__all__ = [
    "MAX_CELL",
    "SAVE_AGAIN",
    "WORKBOOK_DIGITS",
    "WorkbookLimits",
    "check_workbook",
    "csv_rows",
    "number",
    "text",
    "xlsx_rows",
]
