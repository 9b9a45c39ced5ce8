"""Rule packs: read, found by id and digest with all they inherit, and drafts judged by them.

A pack is data and a draft comes in as plain values: nothing is evaluated as code, and nothing here
opens a file of the caller's or a connection.
"""

from __future__ import annotations

from rootprint.ledger.rules.finding import SEVERITIES, Finding, Rule, State
from rootprint.ledger.rules.form import MAX_DEPTH, RuleError, check_test
from rootprint.ledger.rules.judging import CompiledPack, broken, compile_pack, judge
from rootprint.ledger.rules.members import each_once
from rootprint.ledger.rules.packs import Pack, pack, parse_pack
from rootprint.ledger.rules.panel import Outcome, Panel, Tally
from rootprint.ledger.rules.paths import Scope
from rootprint.ledger.rules.resolving import BASE_PACK, Library, library
from rootprint.ledger.rules.signed import as_draft

__all__ = [
    "BASE_PACK",
    "MAX_DEPTH",
    "SEVERITIES",
    "CompiledPack",
    "Finding",
    "Library",
    "Outcome",
    "Pack",
    "Panel",
    "Rule",
    "RuleError",
    "Scope",
    "State",
    "Tally",
    "as_draft",
    "broken",
    "check_test",
    "compile_pack",
    "each_once",
    "judge",
    "library",
    "pack",
    "parse_pack",
]
