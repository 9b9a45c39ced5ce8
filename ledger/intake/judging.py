"""What is refused on publishing: every rule a statement must keep before it is logged.

The checks are the walk's own, asked of the store; only "may this key issue that now" is asked of
the chain's head, because a statement that is not logged yet has no t.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import BadSignature, NotAuthorised, NotFound, Refused
from rootprint.ledger.core.schema.kinds import ASSURANCE, FOOTPRINT, POOL, RESERVED, STATUS
from rootprint.ledger.core.statement import has_inventory, parse_statement
from rootprint.ledger.intake.consistent import require_consistent
from rootprint.ledger.intake.records import judge_record
from rootprint.ledger.registry import Registry
from rootprint.ledger.rules import library
from rootprint.ledger.verify import LawState, Node, State, checks
from rootprint.ledger.verify.rulings import deliveries, variants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home


_ANEW = "compose it again and sign anew"
_BY_RECORD = "record the process first: rootprint process, then compose by process.record"
_UNKNOWN = (
    "compose it with this version's tables and rules, or publish with its rule pack (--pack-file)"
)


def judge(text: str, home: Home, batch: Mapping[bytes, tuple[int, Statement]]) -> Statement:
    """Return the parsed statement if it may be logged next.

    ``batch`` holds the statements that go before it in the same batch, with the index each will
    get. What is logged already may be sent again, even if its key was retired since: the right to
    issue was judged the first time. Raises Refused, NotAuthorised or NotFound saying what, where
    and what to do.
    """
    statement = parse_statement(text)
    _signed(statement, home)
    _ = statement.opened  # a disclosure that does not fit is refused here
    if _logged(statement.digest, home, batch) is None:
        _may_issue(statement, home)
    if statement.kind in RESERVED:
        message = f"a {statement.kind} is reserved: it is read, and nothing judges it yet"
        raise Refused(message, remedy="publish it with a version that knows what it decides")
    if statement.kind == FOOTPRINT:
        _fits(statement, home, batch)
    elif statement.kind in {ASSURANCE, STATUS}:
        _concerns(statement, home, batch)
    elif statement.kind == POOL:
        _pools(statement, home, batch)
    else:
        judge_record(statement, lambda digest: _logged(digest, home, batch))
    return statement


def _pools(statement: Statement, home: Home, batch: Mapping[bytes, tuple[int, Statement]]) -> None:
    """A variant pool parts the number of a statement of its issuer's, and adds up (law 5)."""
    node = _node(statement, home.log.size + len(batch))
    nodes: dict[bytes, Node] = {node.digest: node}
    _records(node, nodes, home, batch)
    try:
        variants.require_pool(node, statement, nodes)
    except CalculationError as error:
        remedy = "make the rows and the remainder come to the base number, weighted by volume"
        raise Refused(f"law 5: {error.args[0]}", remedy=remedy) from error


def _may_issue(statement: Statement, home: Home) -> None:
    reader = home.reader()
    try:
        Registry(reader).require_may_issue(statement, reader.block.time)
    except NotAuthorised as error:
        error.remedy = error.remedy or (
            "the issuer adds a key (rootprint key add), the registrar admits and gives roles"
        )
        raise


def _signed(statement: Statement, home: Home) -> None:
    if statement.log != home.log.origin:
        message = f"the statement is meant for log {statement.log}, this is {home.log.origin}"
        raise Refused(message, remedy="sign it for this log")
    with home.store.read() as tx:
        try:
            key = tx.directory.key(statement.kid)
        except NotFound as error:
            message = f"key {statement.kid} of {statement.issuer} is not known here"
            raise NotAuthorised(
                message, remedy="its owner adds it first: rootprint key add"
            ) from error
    try:
        statement.verify(key)
    except BadSignature as error:
        error.remedy = f"{statement.issuer} signs it again: rootprint sign"
        raise


def _fits(statement: Statement, home: Home, batch: Mapping[bytes, tuple[int, Statement]]) -> None:
    """Judge the lines that are shown: inputs (check 7), arithmetic (check 8), and law 9."""
    if deliveries.uncounted(statement):
        message = f"law {deliveries.LAW}: {deliveries.UNCOUNTED}"
        unit = statement.subject["pcf"]["declaredUnitOfMeasurement"]
        raise Refused(message, remedy=f"give it in a unit that converts into {unit}, by full name")
    node = _node(statement, home.log.size + len(batch))
    nodes = {}
    for citation in node.citations():
        cited = _logged(citation.digest, home, batch)
        if cited is None:
            message = f"line {citation.line} cites {digest_text(citation.digest)}"
            raise Refused(
                f"{message}, which is not in this log",
                remedy="its issuer publishes it first; an input is always the earlier statement",
            )
        nodes[citation.digest] = _node(cited[1], cited[0])
    _records(node, nodes, home, batch)
    variant = variants.rule(node, statement, nodes)
    if variant.state is LawState.BROKEN:
        message = f"law {variant.law}: {variant.reason}"
        raise Refused(message, remedy="state the number of its row, and name the pool that has it")
    context = home.context()
    for one in (checks.inputs, checks.arithmetic):
        check = one.check(node, nodes, context)
        if check.state is State.FAILED:
            compared = "" if check.compared is None else f" (signed, recomputed: {check.compared})"
            remedy = _BY_RECORD if "no process record" in str(check.reason) else _ANEW
            raise Refused(f"{check.reason}{compared}", remedy=remedy)
        shown = has_inventory(statement) and statement.opened.complete
        if shown and check.state is State.NOT_CHECKED and not checks.inputs.only_records(check):
            raise Refused(str(check.reason), remedy=_UNKNOWN)
    subjects = {
        digest_text(digest): one.statement.subject
        for digest, one in nodes.items()
        if one.statement is not None
    }
    require_consistent(statement, subjects, home.packs or library())


def _records(
    node: Node,
    nodes: dict[bytes, Node],
    home: Home,
    batch: Mapping[bytes, tuple[int, Statement]],
) -> None:
    """Add what a node rests on beside its inputs, and what that rests on."""
    for digest in node.records():
        if digest in nodes:
            continue
        found = _logged(digest, home, batch)
        if found is None:
            message = f"it rests on {digest_text(digest)}, which is not in this log"
            raise Refused(message, remedy="publish that record first")
        nodes[digest] = _node(found[1], found[0])
        _records(nodes[digest], nodes, home, batch)


def _concerns(
    statement: Statement, home: Home, batch: Mapping[bytes, tuple[int, Statement]]
) -> None:
    digest = statement.concerns
    found = None if digest is None else _logged(digest, home, batch)
    if found is None:
        message = "the statement it concerns is not in this log"
        raise Refused(message, remedy="name the digest of a logged statement")
    other = found[1]
    if statement.kind == ASSURANCE:
        if other.kind != FOOTPRINT:
            raise Refused("only a footprint can be assured", remedy="name a footprint's digest")
        if other.issuer == statement.issuer:
            raise NotAuthorised(
                f"{statement.issuer} can't assure its own statement",
                remedy="another organisation, admitted as auditor, does",
            )
    rightful = {other.issuer, home.trust.authority}
    if statement.kind == STATUS and statement.issuer not in rightful:
        raise NotAuthorised(
            f"{statement.issuer} may not speak of the status of {other.issuer}'s statement",
            remedy="its issuer or the authority does; an auditor concludes adversely",
        )
    if statement.kind == STATUS and "supersededBy" in statement.subject:
        _succeeds(statement.subject["supersededBy"], other, home, batch)


def _succeeds(
    successor: str, other: Statement, home: Home, batch: Mapping[bytes, tuple[int, Statement]]
) -> None:
    """Whoever is sent on to a newer statement must find one, and not the old one again."""
    found = _logged(digest_bytes(successor, what="supersededBy"), home, batch)
    if found is None:
        message = f"supersededBy names {successor}, which is not in this log"
        raise Refused(message, remedy="publish the new statement first")
    if found[1].digest == other.digest or found[1].kind != other.kind:
        message = f"supersededBy names {successor}, which can't take its place"
        raise Refused(message, remedy=f"name a newer {other.kind}")


def _node(statement: Statement, index: int) -> Node:
    # Logged statements have passed checks 1 and 6 on their way in; this one just has.
    return Node(statement.digest, 0, (), statement=statement, index=index, logged=True)


def _logged(
    digest: bytes, home: Home, batch: Mapping[bytes, tuple[int, Statement]]
) -> tuple[int, Statement] | None:
    if digest in batch:
        return batch[digest]
    try:
        index = home.log.index_of(digest)
    except NotFound:
        return None
    with home.store.read() as tx:
        return index, tx.statements.get(digest)
