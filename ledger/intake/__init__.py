"""Taking in: publish (judge, append, receipt) and compose (inventory + statements → draft).

The command line and the HTTP API both call this; neither repeats it.
"""

from rootprint.ledger.figures import recharacterised
from rootprint.ledger.intake.anchored import (
    anchored_size,
    first_anchored,
    first_anchored_of,
    unanchored_since,
)
from rootprint.ledger.intake.assuring import assurable_laws
from rootprint.ledger.intake.carrying import Outputs, outputs_of
from rootprint.ledger.intake.citable import require_citable
from rootprint.ledger.intake.claiming import claim_subject, retirement_subject
from rootprint.ledger.intake.composing import compose
from rootprint.ledger.intake.downstream import affected_downstream, changes_downstream
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
from rootprint.ledger.intake.listing import Listed, catalogue, found, named
from rootprint.ledger.intake.mapping import Proposal, parse_mapped, propose_mapping
from rootprint.ledger.intake.pools import pool_draft, read_pool
from rootprint.ledger.intake.processes import process_draft
from rootprint.ledger.intake.publishing import publish
from rootprint.ledger.intake.resolving import Resolve, logged_resolver
from rootprint.ledger.intake.ruled import compose_by
from rootprint.ledger.intake.standing import unanchored
from rootprint.ledger.intake.standings import (
    APPEAL_UPHELD,
    READMITTED,
    decision_subject,
    reaches_back,
)
from rootprint.ledger.intake.template import template_workbook
from rootprint.ledger.intake.vocabulary import LANGUAGES
from rootprint.ledger.rules import BASE_PACK

__all__ = [
    "APPEAL_UPHELD",
    "BASE_PACK",
    "LANGUAGES",
    "READMITTED",
    "Draft",
    "Home",
    "Inventory",
    "InventoryProblems",
    "Listed",
    "Outputs",
    "Problem",
    "Proposal",
    "Resolve",
    "affected_downstream",
    "anchored_size",
    "assurable_laws",
    "catalogue",
    "changes_downstream",
    "claim_subject",
    "compose",
    "compose_by",
    "compose_file",
    "decision_subject",
    "drafted",
    "first_anchored",
    "first_anchored_of",
    "found",
    "logged_resolver",
    "named",
    "outputs_of",
    "parse_draft",
    "parse_inventory",
    "parse_mapped",
    "pool_draft",
    "process_draft",
    "propose_mapping",
    "publish",
    "reaches_back",
    "read_inventory",
    "read_pool",
    "read_yaml",
    "recharacterised",
    "require_citable",
    "retirement_subject",
    "sign_draft",
    "template_workbook",
    "unanchored",
    "unanchored_since",
]
