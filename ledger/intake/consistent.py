"""Law 9 at publishing: a statement that breaks an error of its rule pack is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.rules import BASE_PACK, as_draft, broken, judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.rules import Library


def require_consistent(
    statement: Statement, cited: Mapping[str, Mapping[str, Any]], packs: Library
) -> None:
    """Raise Refused where a footprint breaks a rule of severity error.

    Judged by the pack that it names; where it names none that is held (check 7 says so), or no
    pack, as a factor, by the newest base pack. What is hidden breaks nothing. ``cited`` maps the
    digests of what it cites to their subjects.
    """
    named = statement.subject.get("computedWith", {}).get("rule", {}).get("digest", BASE_PACK)
    try:
        pack = packs.get(named)
    except NotFound:
        pack = packs.get(BASE_PACK)
    at = time_text(statement.validity[0])
    findings = judge(packs.compiled(pack.digest), as_draft(statement), cited=cited, at=at)
    for finding in broken(findings, "error"):
        message = f"law 9: it breaks {finding.id} of {pack.id} {pack.version}: {finding.found}"
        raise Refused(message, remedy=finding.remedy)
