"""Emission factors from published tables: each a draft that its publisher signs, or a problem.

Reading is of bytes that the caller has; nothing here opens a file of the caller's or a connection.
"""

from __future__ import annotations

from rootprint.ledger.factors.cpcd import read_cpcd
from rootprint.ledger.factors.drafting import Draft, FactorTable, Problem, Source, inventory_text
from rootprint.ledger.factors.epa import dollar, read_epa
from rootprint.ledger.factors.uk import read_uk

__all__ = [
    "Draft",
    "FactorTable",
    "Problem",
    "Source",
    "dollar",
    "inventory_text",
    "read_cpcd",
    "read_epa",
    "read_uk",
]
