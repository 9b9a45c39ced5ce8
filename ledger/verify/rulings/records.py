"""What a footprint rests on beside its inputs: records that must be in order before they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.figures import NotConserved
from rootprint.ledger.verify.laws import Ruling, Unseen, not_checkable
from rootprint.ledger.verify.report import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

# Made of the record by itself. Publishing makes two of them; the rest it asks of its store.
OWN_CHECKS: Final = range(1, 7)
_NOT_CHECKED: Final = State.NOT_CHECKED


class Unknown(Refused):
    """What is not known, because something is hidden, pending, missing or not said."""

    code = "unknown"

    def __init__(self, message: str, unseen: Unseen) -> None:
        super().__init__(message)
        self.reason, self.unseen = message, unseen

    def ruling(self, law: int) -> Ruling:
        """Return that a law is not checkable for it."""
        return not_checkable(law, self.reason, self.unseen)


@dataclass(frozen=True)
class Record:
    """A record in order, as far as that is known: ``unknown`` says what of it is not."""

    statement: Statement
    unknown: Unknown | None


def require_record(  # noqa: PLR0913 - who rests on what, and what it must be
    node: Node,
    digest: bytes,
    nodes: Mapping[bytes, Node],
    kind: str,
    what: str,
    *,
    own: bool = True,
) -> Record:
    """Return the record that a node rests on; raise NotConserved if it is not one in order.

    It must be of that ``kind``, its checks 1 to 6 passed, earlier in the log, and (``own``) by the
    node's issuer. Raises Unknown where it can't be read. What is pending does not keep its content
    from being judged: that is signed.
    """
    record = nodes.get(digest)
    if record is None or record.statement is None:
        message = f"{what} {digest_text(digest)} is not available"
        raise Unknown(message, Unseen.MISSING)
    statement = record.statement
    if statement.kind != kind:
        message = f"{what} is a {statement.kind}, and no {kind}"
        raise NotConserved(message)
    made = [check for number in OWN_CHECKS if (check := record.checks.get(number)) is not None]
    for check in made:
        if check.state is State.FAILED:
            message = f"{what} fails check {check.number}: {check.reason}"
            raise NotConserved(message)
    if own and node.statement is not None and statement.issuer != node.statement.issuer:
        message = f"{what} is {statement.issuer}'s, not its own issuer's"
        raise NotConserved(message)
    if node.index is not None and record.index is not None and record.index >= node.index:
        message = f"{what} is entry {record.index}, which is not earlier than entry {node.index}"
        raise NotConserved(message)
    texts = [f"{what}: check {c.number}: {c.reason}" for c in made if c.state is _NOT_CHECKED]
    if node.index is None or record.index is None:
        texts.append(f"without both log entries it is not known whether {what} is the earlier")
    pending = Unknown(texts[0], Unseen.PENDING) if texts else None
    if record.readable is None and pending is not None:
        raise pending
    return Record(statement, pending)


def rested_on(record: Node) -> bool:
    """Whether a footprint on the walk that is in force rests on it, whatever its own state."""
    return any(node.is_footprint and not node.ended for node in record.cited_by)


def process_record(statement: Statement, nodes: Mapping[bytes, Node]) -> dict[str, Any] | None:
    """Return the claims and the open activities of the process record that is cited."""
    cited = statement.subject.get("process")
    node = None if cited is None else nodes.get(digest_bytes(cited["record"]))
    record = None if node is None else node.readable
    if record is None or "activities" not in record.subject:
        return None
    claims = record.subject.get("claims", ())
    return {
        "digest": record.digest,
        "claims": claims,
        "activities": record.opened.items("activities"),
    }
