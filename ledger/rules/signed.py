"""What rules judge of a signed statement: its envelope, with what is open put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.schema.hidden import FOOTPRINT_HIDDEN, Single

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def as_draft(statement: Statement) -> dict[str, Any]:
    """Return a signed footprint as its draft was, as far as it is open.

    What stays hidden keeps its placeholders, so that a rule that looks at it is not checked. Lines
    take their place only where all of them are open: a rule about every line needs them all.
    """
    opened, subject = statement.opened, dict(statement.subject)
    for name, place in FOOTPRINT_HIDDEN.items():
        if isinstance(place, Single) and (value := opened.single(name)) is not None:
            subject[name] = value
    if opened.complete:
        subject["inventory"] = list(opened.lines.values())
    return {**statement.envelope.payload, "credentialSubject": subject}
