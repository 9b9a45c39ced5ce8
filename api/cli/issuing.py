"""Statements that a command makes of its options: signed, logged, and shown by digest."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.intake import publish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.api.service import Holder, Workspace


def sign_and_log(
    workspace: Workspace,
    name: str,
    holder: Holder,
    kind: str,
    subject: dict[str, Any],
    seconds: int,
    before: Sequence[str] = (),
) -> bytes:
    """Sign a statement with the key ``name``, log it, and return its digest.

    It holds for ``seconds`` from now. ``before`` are signed statements that go before it in the
    same batch, so that all are logged or none; their disclosures are kept.
    """
    draft = draft_of_now(kind, holder.did, subject, seconds)
    statement = workspace.sign(draft, name)
    publish(
        workspace.home, workspace.log(), [*before, statement.text], keep_disclosures=bool(before)
    )
    return statement.digest


def draft_of_now(kind: str, issuer: str, subject: dict[str, Any], seconds: int) -> dict[str, Any]:
    """Return the draft of a statement that holds for ``seconds`` from now."""
    now = int(time.time())
    return {
        "type": kind,
        "issuer": issuer,
        "validFrom": time_text(now),
        "validUntil": time_text(now + seconds),
        "credentialSubject": subject,
    }
