"""Inventory files as people have them: YAML, CSV, XLSX, one meaning (docs/inventory.md)."""

from rootprint.ledger.intake.inventory.activities import MAX_LINES
from rootprint.ledger.intake.inventory.model import Inventory
from rootprint.ledger.intake.inventory.parse import MAX_BYTES, parse_inventory
from rootprint.ledger.intake.inventory.problems import FileProblems, InventoryProblems, Problem

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "FileProblems",
    "Inventory",
    "InventoryProblems",
    "Problem",
    "parse_inventory",
]
