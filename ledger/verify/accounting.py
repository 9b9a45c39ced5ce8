"""The accounts of a verification: where the gross emissions of its footprint end.

A recomputed line that ends in somebody else's factor is recomputed, a published figure unsigned,
and what no check recomputed, or one's own factor, assured or only signed. The sums over accounts:
``ledger.figures``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import GROSS, TAKEN_OFF
from rootprint.ledger import figures
from rootprint.ledger.figures import Account, Edge, Rest
from rootprint.ledger.verify.checks import arithmetic, assurance
from rootprint.ledger.verify.independence import related
from rootprint.ledger.verify.ordering import inputs_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.calc.amounts import Amounts
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.figures import Part
    from rootprint.ledger.verify.node import Node

_NONE: Final = Fraction(0)
_ALL: Final = Fraction(100)


def accounts_of(subject: Node, nodes: Mapping[bytes, Node]) -> list[Account]:
    """Return the accounts of the readable footprints below ``subject``, inputs first."""
    read = inputs_first(subject, nodes)
    place = {node.digest: number for number, (node, _) in enumerate(read)}
    return [_account(node, statement, place, nodes) for node, statement in read]


def _account(
    node: Node,
    statement: Statement,
    place: Mapping[bytes, int],
    nodes: Mapping[bytes, Node],
) -> Account:
    found = figures.parts(statement)
    whole, off = found.stated.double(GROSS), found.stated.double(TAKEN_OFF)
    account = Account(node.digest, whole)
    stated_primary = figures.exact(statement.subject["pcf"]["primaryDataShare"])
    if found.left is Rest.WHOLE:
        if statement.subject["role"] == "attested":
            account.end("unsigned", whole, stated_primary)
            account.take_off("unsigned", off)
            return account
        # It stands at the end of recomputed lines; its own figure was only ever signed.
        account.end("signed" if _own_word(node) else "recomputed", whole, _NONE)
        account.take_off("signed", off)  # without evidence, so its word
        return account
    is_product = statement.subject["role"] == "product"  # a factor is secondary data
    unproven = set()
    for part in found.lines:
        if part.index not in node.recomputed and "published" not in part.written["source"]:
            unproven.add(part.index)
            continue
        how = "unsigned" if "published" in part.written["source"] else "recomputed"
        credit = part.credit
        if credit or part.cites is None:
            displaced = None if part.cites is None else place[part.cites]
            account.take_off(how, part.result.double(TAKEN_OFF), displaced)
        if credit:
            continue  # what it displaces was not emitted, and is no part of the gross
        if part.cites is not None:
            cited = nodes[part.cites].cited
            primary = bool(part.written["primary"]) and is_product
            times = part.nearest_scale(cited)
            account.edges.append(Edge(place[part.cites], times, primary, part.index))
        else:
            line = part.line()
            primary_share = line.primary_share if is_product else _NONE
            account.end(how, part.result.double(GROSS), primary_share, part.index)
    if found.left is Rest.HIDDEN or unproven:
        how = "assured" if assurance.stands_in(node, arithmetic.LAWS) else "signed"
        rest = found.rest(but=unproven)
        shown = [part for part in found.lines if part.index not in unproven and not part.credit]
        left = _primary_left(found.stated, rest, stated_primary, shown, nodes)
        account.end(how, rest.double(GROSS), left, hidden=True)
        account.take_off(how, rest.double(TAKEN_OFF), hidden=True)
    return account


def _own_word(node: Node) -> bool:
    """Whether a factor is a word on whoever gives it: the subject's, or that of who cites it.

    Else a maker who publishes factors too would recompute whatever it likes from its own.
    """
    if not node.cited_by:
        return True
    return any(one.is_footprint and related(one, node) is not None for one in node.cited_by)


def _primary_left(
    stated: Amounts,
    rest: Amounts,
    percent: Fraction,
    shown: Sequence[Part],
    nodes: Mapping[bytes, Node],
) -> Fraction:
    """Return the percentage of a hidden rest that is primary, of ``percent`` of the whole.

    What open lines show of it is theirs: else hiding a line that is not primary would raise it.
    """
    left = _gross(rest)
    if not left:
        return _NONE
    primary = percent * _gross(stated)
    for part in shown:
        cited = None if part.cites is None else nodes[part.cites].cited
        primary -= part.line(cited).primary_share * _gross(part.result)
    return min(max(primary / left, _NONE), _ALL)


def _gross(amounts: Amounts) -> Fraction:
    return Fraction(amounts.sum(GROSS), amounts.below)
