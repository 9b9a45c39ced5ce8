"""What is refused on publishing: every rule a statement must keep before it is logged.

The checks are the walk's own, asked of the store; only "may this key issue that now" is asked of
the chain's head, because a statement that is not logged yet has no t. What a refusal may say is
what its reader may read (``ledger.intake.known``).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rootprint.calc.errors import CalculationError
from rootprint.ledger.core.encoding import digest_bytes, digest_text
from rootprint.ledger.core.errors import BadSignature, NotAuthorised, NotFound, Refused
from rootprint.ledger.core.schema.kinds import ASSURANCE, FOOTPRINT, POOL, RESERVED, STATUS
from rootprint.ledger.core.statement import has_inventory, parse_statement
from rootprint.ledger.intake.consistent import require_consistent
from rootprint.ledger.intake.known import everything, only_of, signed_only
from rootprint.ledger.intake.records import judge_record
from rootprint.ledger.intake.ruled import PAST_REMEDIES
from rootprint.ledger.intake.standings import STANDINGS, judge_standing
from rootprint.ledger.log import contradicts_hidden
from rootprint.ledger.registry import Registry
from rootprint.ledger.rules import library
from rootprint.ledger.verify import LawState, Node, State, checks
from rootprint.ledger.verify.rulings import deliveries, periods, pools, processes, variants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.intake.home import Home
    from rootprint.ledger.intake.known import Known


_ANEW = "compose it again and sign anew"
_BY_RECORD = "record the process first: rootprint process, then compose by process.record"
_POOLED = "record the pool first: rootprint pool, then name it as variant.pool"
_UNKNOWN = (
    "compose it with this version's tables and rules, or publish with its rule pack (--pack-file)"
)


def judge(
    text: str, home: Home, batch: Mapping[bytes, tuple[int, Statement]], *, holder: bool = False
) -> Statement:
    """Return the parsed statement if it may be logged next.

    ``batch`` holds the statements that go before it in the same batch, with the index each will
    get. ``holder`` says that the caller holds the ledger's folder, and so may read all that is kept
    there. What is logged already may be sent again, even if its key was retired since: the right to
    issue was judged the first time. Raises Refused, NotAuthorised or NotFound saying what, where
    and what to do.
    """
    statement = parse_statement(text)
    _signed(statement, home)
    _ = statement.opened  # a disclosure that does not fit is refused here
    known = everything(home, batch) if holder else signed_only(home, batch)
    if known.find(statement.digest) is None:
        _may_issue(statement, home)
        _is_held(statement, home)
    if statement.kind in RESERVED:
        message = f"a {statement.kind} is reserved: it is read, and nothing judges it yet"
        raise Refused(message, remedy="publish it with a version that knows what it decides")
    _require_lawful(statement, known)
    if statement.issuer in known.left_out:
        _require_as_kept(statement, home, batch)
    return statement


def _require_as_kept(
    statement: Statement, home: Home, batch: Mapping[bytes, tuple[int, Statement]]
) -> None:
    """Judge it by what its issuer keeps here too, and say no more than that they disagree.

    Whoever sends a signed statement need not be its issuer.
    """
    try:
        _require_lawful(statement, only_of(statement.issuer, home, batch))
    except Refused:
        raise contradicts_hidden(statement.issuer) from None


def _require_lawful(statement: Statement, known: Known) -> None:
    if statement.kind == FOOTPRINT:
        _fits(statement, known)
    elif statement.kind in {ASSURANCE, STATUS}:
        _concerns(statement, known)
    elif statement.kind == POOL:
        _pools(statement, known)
    elif statement.kind in STANDINGS:
        judge_standing(statement, known.home)
    else:
        judge_record(statement, known.find)


def _pools(statement: Statement, known: Known) -> None:
    """A variant pool parts the number of a statement of its issuer's, and adds up (law 5)."""
    node = _node(statement, known.next_index)
    nodes: dict[bytes, Node] = {node.digest: node}
    _records(node, nodes, known)
    try:
        pools.parted(node, statement, nodes)
    except CalculationError as error:
        remedy = error.remedy or "make it anew of its base number: rootprint pool"
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


def _is_held(statement: Statement, home: Home) -> None:
    """Nothing is logged by a key without the proof that verifiers will ask for (check 2)."""
    with home.store.read() as tx:
        key = tx.directory.key(statement.kid)
        proof = tx.directory.possession(statement.issuer, statement.kid)
    remedy = "its owner registers it with the proof that it made when it added the key"
    if proof is None:
        message = f"the proof that {statement.issuer} holds key {statement.kid} is not known here"
        raise NotAuthorised(message, remedy=remedy)
    try:
        Registry(home.reader()).require_held(statement.issuer, key, proof)
    except Refused as error:
        message = f"the proof that {statement.issuer} holds key {statement.kid} does not count"
        raise NotAuthorised(f"{message}: {error}", remedy=remedy) from error


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


def _fits(statement: Statement, known: Known) -> None:
    """Judge the lines that are shown: inputs (check 7), arithmetic (check 8), and law 9."""
    if deliveries.uncounted(statement):
        message = f"law {deliveries.LAW}: {deliveries.UNCOUNTED}"
        unit = statement.subject["pcf"]["declaredUnitOfMeasurement"]
        raise Refused(message, remedy=f"give it in a unit that converts into {unit}, by full name")
    _passed(statement)
    node = _node(statement, known.next_index)
    nodes: dict[bytes, Node] = {}
    for citation in node.citations():
        cited = known.find(citation.digest)
        if cited is None:
            message = f"line {citation.line} cites {digest_text(citation.digest)}"
            raise Refused(
                f"{message}, which is not in this log",
                remedy="its issuer publishes it first; an input is always the earlier statement",
            )
        nodes[citation.digest] = _node(cited[1], cited[0])
    _records(node, nodes, known)
    unnamed = variants.unnamed(statement)
    if unnamed is not None:
        message = f"law {variants.LAW}: {unnamed}"
        raise Refused(message, remedy=_POOLED)
    variant = variants.rule(node, statement, nodes, pools.Pools(nodes))
    if variant.state is LawState.BROKEN:
        message = f"law {variant.law}: {variant.reason}"
        raise Refused(message, remedy="state number and produced amount of its row of that pool")
    context = known.home.context()
    for one in (checks.inputs, checks.arithmetic):
        check = one.check(node, nodes, context)
        if check.state is State.FAILED:
            compared = ""
            if check.compared is not None:
                signed, recomputed = check.compared
                compared = f" (signed {signed}, recomputed {recomputed})"
            unrecorded = check.law == processes.LAW and "process" not in statement.subject
            remedy = _BY_RECORD if unrecorded else _ANEW
            raise Refused(f"{check.reason}{compared}", remedy=remedy)
        shown = has_inventory(statement) and statement.opened.complete
        if shown and check.state is State.NOT_CHECKED and not checks.inputs.only_records(check):
            raise Refused(str(check.reason), remedy=_UNKNOWN)
    subjects = {
        digest_text(digest): one.statement.subject
        for digest, one in nodes.items()
        if one.statement is not None
    }
    require_consistent(statement, subjects, known.home.packs or library())


def _passed(statement: Statement) -> None:
    """A past that is stated is before the anchoring, which is after now: asked of the clock."""
    now = int(time.time())
    for fault in periods.past_faults(statement.subject, now):
        raise Refused(f"law 9: {fault.reason}", remedy=PAST_REMEDIES[fault.path])


def _records(node: Node, nodes: dict[bytes, Node], known: Known) -> None:
    """Add what a node rests on beside its inputs, and what that rests on."""
    for digest in node.records():
        if digest in nodes:
            continue
        found = known.find(digest)
        if found is None:
            message = f"it rests on {digest_text(digest)}, which is not in this log"
            raise Refused(message, remedy="publish that record first")
        nodes[digest] = _node(found[1], found[0])
        _records(nodes[digest], nodes, known)


def _concerns(statement: Statement, known: Known) -> None:
    digest = statement.concerns
    found = None if digest is None else known.find(digest)
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
    rightful = {other.issuer, known.home.trust.authority}
    if statement.kind == STATUS and statement.issuer not in rightful:
        raise NotAuthorised(
            f"{statement.issuer} may not state the status of {other.issuer}'s statement",
            remedy="its issuer or the authority does; an auditor concludes adversely",
        )
    if statement.kind == STATUS and "supersededBy" in statement.subject:
        _succeeds(statement.subject["supersededBy"], other, known)


def _succeeds(successor: str, other: Statement, known: Known) -> None:
    """Whoever is sent on to a newer statement must find one, and not the old one again."""
    found = known.find(digest_bytes(successor, what="supersededBy"))
    if found is None:
        message = f"supersededBy names {successor}, which is not in this log"
        raise Refused(message, remedy="publish the new statement first")
    if found[1].digest == other.digest or found[1].kind != other.kind:
        message = f"supersededBy names {successor}, which can't take its place"
        raise Refused(message, remedy=f"name a newer {other.kind}")


def _node(statement: Statement, index: int) -> Node:
    # Logged statements have passed checks 1 and 6 on their way in; this one just has.
    return Node(statement.digest, 0, (), statement=statement, index=index, logged=True)
