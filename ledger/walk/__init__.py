"""From one statement to its raw inputs: its nine checks, recomputation, report. Pure.

It reads through protocols that others implement (``Sources``, ``ledger.core.chain.ChainView``), so
verifying needs neither a database nor a web client.
"""

from ledger.walk import checks, figures
from ledger.walk.context import ARITHMETIC, ASSURANCE, Context, Requirements
from ledger.walk.node import Node
from ledger.walk.report import (
    EXIT_CODES,
    NAMES,
    Check,
    Report,
    State,
    StatementReport,
    Verdict,
    failed,
    not_applicable,
    not_checked,
    passed,
)
from ledger.walk.sources import ProofText, Sources
from ledger.walk.trust import (
    MAX_CONFIRMATIONS,
    Expectation,
    NothingExpected,
    Trust,
    parse_trust,
)
from ledger.walk.walk import Look, block_asked, walk

__all__ = [
    "ARITHMETIC",
    "ASSURANCE",
    "EXIT_CODES",
    "MAX_CONFIRMATIONS",
    "NAMES",
    "Check",
    "Context",
    "Expectation",
    "Look",
    "Node",
    "NothingExpected",
    "ProofText",
    "Report",
    "Requirements",
    "Sources",
    "State",
    "StatementReport",
    "Trust",
    "Verdict",
    "block_asked",
    "checks",
    "failed",
    "figures",
    "not_applicable",
    "not_checked",
    "parse_trust",
    "passed",
    "walk",
]
