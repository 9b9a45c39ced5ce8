"""The only package that knows SQL: it takes and gives bytes, texts, numbers and core's types."""

from __future__ import annotations

from rootprint.ledger.store.anchors import Anchors, Attempt, Intent, IntentState, Target
from rootprint.ledger.store.database import Store
from rootprint.ledger.store.directory import Directory
from rootprint.ledger.store.exclusive import (
    ClaimRow,
    Exclusive,
    ProcessRow,
    ProductRow,
    RangeRow,
    UseRow,
)
from rootprint.ledger.store.numbers import NumberRow, Numbers
from rootprint.ledger.store.postgresql import require_no_password
from rootprint.ledger.store.statements import StatementRow, Statements
from rootprint.ledger.store.tables import SCHEMA_VERSION, Trust
from rootprint.ledger.store.transaction import Transaction
from rootprint.ledger.store.tree import Tree

__all__ = [
    "SCHEMA_VERSION",
    "Anchors",
    "Attempt",
    "ClaimRow",
    "Directory",
    "Exclusive",
    "Intent",
    "IntentState",
    "NumberRow",
    "Numbers",
    "ProcessRow",
    "ProductRow",
    "RangeRow",
    "StatementRow",
    "Statements",
    "Store",
    "Target",
    "Transaction",
    "Tree",
    "Trust",
    "UseRow",
    "require_no_password",
]
