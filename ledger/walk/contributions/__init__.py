"""What a footprint is made of, from the walk's nodes: tree, groupings, verification, weak points.

The walk checks; this only looks at what it read. Hidden inventories end here, and it says so.
"""

from calc.contributions import Limits
from ledger.walk.contributions.by_gas import NOT_STATED
from ledger.walk.contributions.changes import CHANGES_VERSION, changes
from ledger.walk.contributions.downstream import Downstream, Effect, Unsaid
from ledger.walk.contributions.tables import GROUPINGS
from ledger.walk.contributions.verification import SHARES
from ledger.walk.contributions.view import MOST_ROWS, VERSION, contributions, what_changes
from ledger.walk.contributions.weak import REASONS

__all__ = [
    "CHANGES_VERSION",
    "GROUPINGS",
    "MOST_ROWS",
    "NOT_STATED",
    "REASONS",
    "SHARES",
    "VERSION",
    "Downstream",
    "Effect",
    "Limits",
    "Unsaid",
    "changes",
    "contributions",
    "what_changes",
]
