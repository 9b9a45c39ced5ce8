"""The judging of rules: a pack of declared tests, a draft, and one finding per rule.

Pure: packs and drafts come in as plain values, nothing is looked up and nothing is evaluated as
code. The form of a pack document and its inheritance are ``ledger.library``'s.
"""

from __future__ import annotations

from calc.rules.finding import SEVERITIES, Finding, State
from calc.rules.form import MAX_DEPTH, RuleError, check_test
from calc.rules.judge import broken, judge

__all__ = [
    "MAX_DEPTH",
    "SEVERITIES",
    "Finding",
    "RuleError",
    "State",
    "broken",
    "check_test",
    "judge",
]
