"""From one statement to its raw inputs: its nine checks, recomputation, report. Pure.

It reads through protocols that others implement (``Sources``, ``ledger.core.chain.ChainView``), so
verifying needs neither a database nor a web client.
"""

from rootprint.ledger.verify import checks
from rootprint.ledger.verify.context import Context
from rootprint.ledger.verify.laws import LawState
from rootprint.ledger.verify.node import Node
from rootprint.ledger.verify.ordering import inputs_first
from rootprint.ledger.verify.policy import ARITHMETIC, ASSURANCE, Policy
from rootprint.ledger.verify.report import (
    EXIT_CODES,
    NAMES,
    Check,
    Report,
    State,
    StatementReport,
    Verdict,
    counted,
    failed,
    not_applicable,
    not_checked,
    passed,
)
from rootprint.ledger.verify.sources import ProofText, Sources
from rootprint.ledger.verify.steps import Judged, Read
from rootprint.ledger.verify.trust import (
    MAX_CONFIRMATIONS,
    Expectation,
    NothingExpected,
    Trust,
    parse_trust,
)
from rootprint.ledger.verify.values import Coverage, Total
from rootprint.ledger.verify.walking import Look, Watch, block_asked, unseen, walk

__all__ = [
    "ARITHMETIC",
    "ASSURANCE",
    "EXIT_CODES",
    "MAX_CONFIRMATIONS",
    "NAMES",
    "Check",
    "Context",
    "Coverage",
    "Expectation",
    "Judged",
    "LawState",
    "Look",
    "Node",
    "NothingExpected",
    "Policy",
    "ProofText",
    "Read",
    "Report",
    "Sources",
    "State",
    "StatementReport",
    "Total",
    "Trust",
    "Verdict",
    "Watch",
    "block_asked",
    "checks",
    "counted",
    "failed",
    "inputs_first",
    "not_applicable",
    "not_checked",
    "parse_trust",
    "passed",
    "unseen",
    "walk",
]
