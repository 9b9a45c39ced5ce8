"""The words of the command line for what reports and views name by a code: each said once."""

from __future__ import annotations

from typing import Final

from rootprint.ledger.core.schema.kinds import (
    ASSURANCE,
    CLAIM,
    FOOTPRINT,
    POOL,
    PROCESS,
    RETIREMENT,
    STATUS,
)

STATES: Final = {
    "passed": "PASS",
    "failed": "FAIL",
    "not_checked": "????",
    "not_applicable": "n/a ",
}
# How the contributions to a total were checked. What stands before a comma is its short form.
HOW_CHECKED: Final = {
    "recomputed": "recomputed here, from signed inputs and factors",
    "assured": "assured though hidden",
    "signed": "only signed",
    "unsigned": "published figure without a signature",
}
# On whom it rests, and whose assurance it is, as of the block asked.
WHO_STANDS: Final = {
    "none": "none",
    "admitted": "admitted",
    "noLongerAdmitted": "no longer admitted",
    "notSeen": "not seen, since it is hidden or unsigned",
}
KINDS: Final = {
    FOOTPRINT: "footprint",
    ASSURANCE: "assurance",
    STATUS: "status statement",
    PROCESS: "process record",
    RETIREMENT: "retirement record",
    CLAIM: "claim",
    POOL: "variant pool",
    None: "unreadable statement",
}


def how_checked(code: str) -> str:
    """Return the short form, for a column."""
    return HOW_CHECKED[code].partition(",")[0]
