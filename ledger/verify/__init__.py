"""From one statement to its raw inputs: its ten checks, recomputation, report. Pure.

It reads through protocols that others implement (``Sources``, ``ledger.core.chain.ChainView``), so
verifying needs neither a database nor a web client.
"""

from rootprint.ledger.verify import checks, independence
from rootprint.ledger.verify.context import Context
from rootprint.ledger.verify.found import NOTHING_FOUND
from rootprint.ledger.verify.laws import LawState
from rootprint.ledger.verify.line import TAKEN_OFF, compared_with, verdict_line
from rootprint.ledger.verify.linetable import COLUMNS, LineRow, LineTable, line_table
from rootprint.ledger.verify.node import Node
from rootprint.ledger.verify.ordering import inputs_first
from rootprint.ledger.verify.policy import ARITHMETIC, ASSURANCE, Policy
from rootprint.ledger.verify.policy import VERSION as POLICY_VERSION
from rootprint.ledger.verify.report import (
    NAMES,
    Check,
    Report,
    State,
    StatementReport,
    counted,
    failed,
    not_applicable,
    not_checked,
    passed,
)
from rootprint.ledger.verify.required import percent
from rootprint.ledger.verify.sharing import Judging, Made, Share, Signed, in_turn, none_ahead
from rootprint.ledger.verify.sources import LogPlace, Sources
from rootprint.ledger.verify.steps import Judged, Read
from rootprint.ledger.verify.trust import (
    MAX_CONFIRMATIONS,
    Expectation,
    NothingExpected,
    Trust,
    parse_trust,
)
from rootprint.ledger.verify.values import Assurance, Body, Caveats, Coverage, NoLonger, Total
from rootprint.ledger.verify.verdict import EXIT_CODES, Verdict
from rootprint.ledger.verify.walking import Look, Watch, block_asked, unseen, walk
from rootprint.ledger.verify.written import parse_written

__all__ = [
    "ARITHMETIC",
    "ASSURANCE",
    "COLUMNS",
    "EXIT_CODES",
    "MAX_CONFIRMATIONS",
    "NAMES",
    "NOTHING_FOUND",
    "POLICY_VERSION",
    "TAKEN_OFF",
    "Assurance",
    "Body",
    "Caveats",
    "Check",
    "Context",
    "Coverage",
    "Expectation",
    "Judged",
    "Judging",
    "LawState",
    "LineRow",
    "LineTable",
    "LogPlace",
    "Look",
    "Made",
    "NoLonger",
    "Node",
    "NothingExpected",
    "Policy",
    "Read",
    "Report",
    "Share",
    "Signed",
    "Sources",
    "State",
    "StatementReport",
    "Total",
    "Trust",
    "Verdict",
    "Watch",
    "block_asked",
    "checks",
    "compared_with",
    "counted",
    "failed",
    "in_turn",
    "independence",
    "inputs_first",
    "line_table",
    "none_ahead",
    "not_applicable",
    "not_checked",
    "parse_trust",
    "parse_written",
    "passed",
    "percent",
    "unseen",
    "verdict_line",
    "walk",
]
