"""The only room that knows SQL: it takes and gives bytes, texts, numbers and core's types."""

from __future__ import annotations

from ledger.store.anchors import Anchors, Attempt, Intent, IntentState, Target
from ledger.store.database import Store
from ledger.store.directory import Directory
from ledger.store.statements import StatementRow, Statements
from ledger.store.tables import SCHEMA_VERSION, Trust
from ledger.store.transaction import Transaction
from ledger.store.tree import Tree

__all__ = [
    "SCHEMA_VERSION",
    "Anchors",
    "Attempt",
    "Directory",
    "Intent",
    "IntentState",
    "StatementRow",
    "Statements",
    "Store",
    "Target",
    "Transaction",
    "Tree",
    "Trust",
]
