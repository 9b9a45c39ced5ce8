"""May this statement be cited now? Checks 2 and 5 on what a composer wants to build on.

Inputs need not be anchored to be cited: without an anchor, check 2 is judged at the chain's head,
and the composer gets that message. What was anchored before its issuer was suspended or expelled
may be cited, and every reader of what is composed on it will see that: the composer is told first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import NotAuthorised, NotFound, Refused
from rootprint.ledger.core.schema.kinds import FOOTPRINT
from rootprint.ledger.core.standing import roles_for
from rootprint.ledger.verify import Node, State, checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rootprint.ledger.core.standing import Lapse
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home

_UNANCHORED = "not anchored yet; its issuer was judged at the chain's head"
_OTHERS = "every reader will see that; cite a statement of one who is admitted, if there is one"


class Citable(NamedTuple):
    """A statement that may be cited: if it is anchored, and if its issuer still is admitted."""

    statement: Statement
    anchored: bool
    lapse: Lapse | None = None

    def remarks(self) -> Iterator[str]:
        """Yield what a composer should know of it before it signs."""
        if not self.anchored:
            yield _UNANCHORED
        if self.lapse is not None:
            yield f"its issuer {self.lapse.said(self.statement.issuer)} — {_OTHERS}"


def lapsed_inputs(home: Home, statement: Statement) -> Iterator[str]:
    """Yield of each statement that this one cites in the open whose issuer is no longer admitted.

    What is not in this log is left out.
    """
    node = Node(statement.digest, 0, (), statement=statement, logged=True)
    named = dict.fromkeys((*(one.digest for one in node.citations()), *node.records()))
    if not named:
        return
    context = home.context()
    for digest in named:
        with home.store.read() as tx:
            try:
                cited = tx.statements.get(digest)
            except NotFound:
                continue
        lapse = context.lapse(cited.issuer, roles_for(cited))
        if lapse is not None:
            said = lapse.said(cited.issuer)
            yield f"it cites {digest_text(digest)}, whose issuer {said} — {_OTHERS}"


def require_citable(home: Home, digest: bytes, *, now: int) -> Citable:
    """Return the logged statement and how it stands; raise if it may not be cited.

    ``now`` in Unix seconds. Raises NotFound, NotAuthorised (check 2) or Refused (check 5).
    """
    try:
        index = home.log.index_of(digest)
    except NotFound as error:
        error.remedy = "its issuer publishes it in this log first"
        raise
    with home.store.read() as tx:
        statement = tx.statements.get(digest)
        key = tx.directory.key(statement.kid)
    context = home.context(as_of=now)
    found = context.history.first_covering(index)
    t = context.block.time if found is None else found[1].time
    node = Node(digest, 0, (), statement=statement, key=key, index=index, t=t, logged=True)
    standing = checks.issuer.check(node, {}, context)
    if standing.state is not State.PASSED:
        message = f"{statement.issuer}'s statement can't be cited: {standing.reason}"
        raise NotAuthorised(message, remedy="cite a statement whose issuer is in good standing")
    state = checks.status.check(node, {}, context)
    if state.state is not State.PASSED:
        message = f"{statement.issuer}'s statement can't be cited: {state.reason}"
        raise Refused(message, remedy="ask its issuer for the statement in force")
    _require_live_record(home, statement)
    roles = roles_for(statement)
    return Citable(statement, found is not None, context.lapse(statement.issuer, roles))


def _require_live_record(home: Home, statement: Statement) -> None:
    """What was allocated by a record that is no more does not add up with what is by the new."""
    cited = statement.subject.get("process")
    if statement.kind != FOOTPRINT or cited is None:
        return
    with home.store.read() as tx:
        ended = tx.exclusive.ended(digest_bytes(cited["record"], what="process.record"))
    if ended:
        message = f"{statement.issuer}'s statement can't be cited: its process record"
        remedy = "ask its issuer for the statement by the record in force"
        raise Refused(f"{message} {cited['record']} was superseded or withdrawn", remedy=remedy)
