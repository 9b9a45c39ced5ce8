"""The libraries: rule packs by id and digest, and emission factors from published tables.

Reading is of bytes that the caller has; nothing here opens a file of the caller's or a connection.
"""

from __future__ import annotations

from ledger.library.cpcd import read_cpcd
from ledger.library.epa import dollar, read_epa
from ledger.library.factors import Draft, FactorTable, Problem, Source, inventory_text
from ledger.library.library import Library, library
from ledger.library.members import each_once
from ledger.library.packs import Pack, pack, parse_pack
from ledger.library.uk import read_uk
from ledger.library.workbook import WorkbookLimits, check_workbook

__all__ = [
    "Draft",
    "FactorTable",
    "Library",
    "Pack",
    "Problem",
    "Source",
    "WorkbookLimits",
    "check_workbook",
    "dollar",
    "each_once",
    "inventory_text",
    "library",
    "pack",
    "parse_pack",
    "read_cpcd",
    "read_epa",
    "read_uk",
]
