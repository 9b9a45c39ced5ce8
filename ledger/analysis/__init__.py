"""What a footprint is made of, from the walk's nodes: tree, groupings, verification, weak points.

The walk checks; this only looks at what it read. Hidden inventories end here, and it says so.
"""

from rootprint.calc.contributions import Limits
from rootprint.ledger.analysis.affecting import Affected, Resting, affected
from rootprint.ledger.analysis.by_gas import NOT_STATED
from rootprint.ledger.analysis.changing import CHANGES_VERSION, changes
from rootprint.ledger.analysis.downstream import Downstream, Effect, Unsaid
from rootprint.ledger.analysis.spread import uncertainty
from rootprint.ledger.analysis.tables import GROUPINGS
from rootprint.ledger.analysis.verification import SHARES
from rootprint.ledger.analysis.view import MOST_ROWS, VERSION, contributions, what_changes
from rootprint.ledger.analysis.weak import REASONS

__all__ = [
    "CHANGES_VERSION",
    "GROUPINGS",
    "MOST_ROWS",
    "NOT_STATED",
    "REASONS",
    "SHARES",
    "VERSION",
    "Affected",
    "Downstream",
    "Effect",
    "Limits",
    "Resting",
    "Unsaid",
    "affected",
    "changes",
    "contributions",
    "uncertainty",
    "what_changes",
]
