"""Whether the body of an assurance was accredited for it when it was anchored.

An accreditation is a signed record of an accreditor, and a row on the chain that holds its digest
and since when and until when: so that it ended can be proven, and not only that it was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.encoding import time_seconds
from rootprint.ledger.core.schema.kinds import ACCREDITATION
from rootprint.ledger.verify.report import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.ledger.core.standing import AccreditationRow
    from rootprint.ledger.verify.node import Node
    from rootprint.ledger.verify.trust import Trust

ANY: Final = "*"


def accreditor(node: Node, other: Node, trust: Trust) -> str | None:
    """Return who accredited the body of ``other`` for what it says of ``node``, or None.

    Of those that the trust file names, the first whose record and row are in force at the
    assurance's t and cover its standard, its level and the footprint's product.
    """
    for row, record in other.accredited_by:
        if record.statement is None or record.statement.issuer not in trust.accreditors:
            continue
        if _sound(row, record) and _covers(record, node, other):
            return record.statement.issuer
    return None


def _sound(row: AccreditationRow, record: Node) -> bool:
    """Whether its own checks passed and the row is its issuer's."""
    if record.statement is None or record.statement.kind != ACCREDITATION:
        return False
    made = (record.checks[number].state for number in range(1, 7))
    passed = all(state in {State.PASSED, State.NOT_APPLICABLE} for state in made)
    return passed and organisation_id(record.statement.issuer) == row.accreditor


def _covers(record: Node, node: Node, other: Node) -> bool:
    if record.statement is None or other.statement is None or node.statement is None:
        return False
    said, assured = record.statement.subject, other.statement.subject
    begin, end = (time_seconds(said[name], what=name) for name in ("from", "until"))
    return (
        said["body"] == other.statement.issuer
        and said["standard"] == assured["standard"]
        and assured["level"] in said["levels"]
        and other.t is not None
        and begin <= other.t < end
        and _in_scope(said["scope"], node.statement.subject)
    )


def _in_scope(scope: Sequence[str], subject: Mapping[str, Any]) -> bool:
    """Whether it is any product, or one of the footprint's classifications begins with it."""
    named = subject.get("productClassifications", ())
    return any(one == ANY or any(name.startswith(one) for name in named) for one in scope)
