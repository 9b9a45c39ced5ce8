"""Inventory files as people have them: YAML, CSV, XLSX, one meaning (docs/inventory.md)."""

from ledger.intake.inventory.activities import MAX_LINES
from ledger.intake.inventory.model import Inventory
from ledger.intake.inventory.parse import MAX_BYTES, parse_inventory
from ledger.intake.inventory.problems import FileProblems, InventoryProblems, Problem

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "FileProblems",
    "Inventory",
    "InventoryProblems",
    "Problem",
    "parse_inventory",
]
