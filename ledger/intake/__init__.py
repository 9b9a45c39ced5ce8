"""Taking in: publish (judge, append, receipt) and compose (inventory + statements → draft).

The command line and the HTTP API both call this; neither repeats it.
"""

from rootprint.ledger.figures import recharacterised
from rootprint.ledger.intake.assuring import assurable_laws
from rootprint.ledger.intake.citable import require_citable
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.downstream import changes_downstream
from rootprint.ledger.intake.drafts import (
    Draft,
    compose_file,
    drafted,
    read_inventory,
    sign_draft,
)
from rootprint.ledger.intake.files import parse_draft, read_yaml
from rootprint.ledger.intake.home import Home
from rootprint.ledger.intake.inventory import (
    Inventory,
    InventoryProblems,
    Problem,
    parse_inventory,
)
from rootprint.ledger.intake.processes import process_draft
from rootprint.ledger.intake.publishing import publish
from rootprint.ledger.intake.records import dimension_fault
from rootprint.ledger.intake.ruled import BASE_PACK, compose_by
from rootprint.ledger.intake.standing import unanchored

__all__ = [
    "BASE_PACK",
    "Draft",
    "Home",
    "Inventory",
    "InventoryProblems",
    "Problem",
    "assurable_laws",
    "changes_downstream",
    "compose",
    "compose_by",
    "compose_file",
    "dimension_fault",
    "drafted",
    "parse_draft",
    "parse_inventory",
    "process_draft",
    "publish",
    "read_inventory",
    "read_yaml",
    "recharacterised",
    "require_citable",
    "sign_draft",
    "unanchored",
]
