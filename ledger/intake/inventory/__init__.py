"""Inventory files as people have them: YAML, CSV, XLSX, one meaning (docs/inventory.md)."""

from rootprint.ledger.intake.inventory.activities import MAX_LINES
from rootprint.ledger.intake.inventory.model import Activity, Inventory, cited_name, pool_name
from rootprint.ledger.intake.inventory.parse import MAX_BYTES, parse_inventory
from rootprint.ledger.intake.inventory.problems import FileProblems, InventoryProblems, Problem

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "Activity",
    "FileProblems",
    "Inventory",
    "InventoryProblems",
    "Problem",
    "cited_name",
    "parse_inventory",
    "pool_name",
]
