"""Taking in: publish (judge, append, receipt) and compose (inventory + statements → draft).

The command line and the HTTP door both call this; neither repeats it.
"""

from ledger.intake.citable import require_citable
from ledger.intake.compose import compose
from ledger.intake.downstream import changes_downstream
from ledger.intake.files import parse_draft, read_yaml
from ledger.intake.home import Home
from ledger.intake.inventory import Inventory, InventoryProblems, parse_inventory
from ledger.intake.publish import publish
from ledger.intake.ruled import BASE_PACK, compose_by, known_rules
from ledger.intake.standing import unanchored
from ledger.walk.gases import recharacterised

__all__ = [
    "BASE_PACK",
    "Home",
    "Inventory",
    "InventoryProblems",
    "changes_downstream",
    "compose",
    "compose_by",
    "known_rules",
    "parse_draft",
    "parse_inventory",
    "publish",
    "read_yaml",
    "recharacterised",
    "require_citable",
    "unanchored",
]
