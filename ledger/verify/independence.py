"""Whether the body of an assurance is independent of the issuer of what it assures.

Another organisation, another account, a key that is none of the issuer's, no register number in
common and another group (ISO/IEC 17029:2019, 5.3; ISO 14065:2020, 5.3: impartiality).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rootprint.ledger.core.chain import organisation_id
from rootprint.ledger.core.schema.kinds import ASSURANCE

if TYPE_CHECKING:
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node

ACCOUNT: Final = "its body has the issuer's account"
KEY: Final = "it is signed with a key of the issuer's"


def bound(node: Node, other: Node, context: Context) -> str | None:
    """Return how the chain binds the body of ``other`` to the issuer of ``node``, or None.

    Only the issuer itself can bring that about: its account and its list of keys are its own. The
    words are read of each assurance whose envelope was read, whatever else is said of it, so that
    no policy and no time decides which words a file must prove.
    """
    if node.statement is None or other.statement is None or other.key is None:
        return None
    if other.statement.kind != ASSURANCE:
        return None
    issuer, body = node.statement.issuer, other.statement.issuer
    if issuer == body:
        return None
    accounts = context.account(issuer), context.account(body)
    key = context.reader.key(organisation_id(issuer), other.key.thumbprint)
    if accounts[0] == accounts[1] and any(accounts[0]):
        return ACCOUNT
    return KEY if key.added else None


def related(node: Node, other: Node) -> str | None:
    """Return how the two declare themselves to be related, or None.

    Anyone can write another's number or group into its own record, so this fails nothing.
    """
    if node.statement is None or other.statement is None:
        return None
    if node.statement.issuer == other.statement.issuer:
        return "its body is the issuer itself"
    shared = sorted(node.registered & other.registered)
    if shared:
        return f"its body has the issuer's number in the register {shared[0][0]}"
    if _group(node) & _group(other):
        return "its body is of the issuer's group"
    return None


def _group(node: Node) -> set[str]:
    """Return an organisation and the head of its group: a head is of the group that it heads."""
    issuer = set() if node.statement is None else {node.statement.issuer}
    return issuer if node.group is None else issuer | {node.group}
