"""The accounts of a verification: where the gross emissions of its footprint end.

A recomputed line that ends in a factor is recomputed, a published figure unsigned, and what
no check recomputed assured or only signed. The sums over accounts: ``ledger.figures``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rootprint.calc.columns import gross, taken_off
from rootprint.ledger import figures
from rootprint.ledger.figures import Account, Edge, Rest
from rootprint.ledger.verify.checks import arithmetic, assurance
from rootprint.ledger.verify.ordering import inputs_first

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.context import Context
    from rootprint.ledger.verify.node import Node


def accounts_of(subject: Node, nodes: Mapping[bytes, Node], context: Context) -> list[Account]:
    """Return the accounts of the readable footprints below ``subject``, inputs first."""
    read = inputs_first(subject, nodes)
    place = {node.digest: number for number, (node, _) in enumerate(read)}
    return [_account(node, statement, place, nodes, context) for node, statement in read]


def _account(
    node: Node,
    statement: Statement,
    place: Mapping[bytes, int],
    nodes: Mapping[bytes, Node],
    context: Context,
) -> Account:
    found = figures.parts(statement)
    account = Account(node.digest, float(gross(found.stated)))
    stated_primary = Fraction(statement.subject["pcf"]["primaryDataShare"])
    if found.left is Rest.WHOLE:
        whole = gross(found.stated)
        if statement.subject["role"] == "attested":
            account.end("unsigned", whole, stated_primary)
            account.take_off("unsigned", taken_off(found.stated))
            return account
        # It stands at the end of recomputed lines; its own figure was only ever signed.
        account.end("recomputed" if node.cited_by else "signed", whole, Fraction(0))
        account.take_off("signed", taken_off(found.stated))  # without evidence, so its word
        return account
    is_product = statement.subject["role"] == "product"  # a factor is secondary data
    unproven = set()
    for part in found.lines:
        if part.index not in node.recomputed and "published" not in part.written["source"]:
            unproven.add(part.index)
            continue
        how = "unsigned" if "published" in part.written["source"] else "recomputed"
        if part.credit or part.cites is None:
            account.take_off(how, taken_off(part.result))
        if part.credit:
            continue  # what it displaces was not emitted, and is no part of the gross
        if part.cites is not None:
            cited = nodes[part.cites].cited
            primary = bool(part.written["primary"]) and is_product
            account.edges.append(Edge(place[part.cites], float(part.scale(cited)), primary))
        else:
            line = part.line()
            primary_share = line.primary_share if is_product else Fraction(0)
            account.end(how, gross(part.result), primary_share)
    if found.left is Rest.HIDDEN or unproven:
        how = "assured" if assurance.stands_in(node, context, arithmetic.LAWS) else "signed"
        rest = found.rest(but=unproven)
        account.end(how, gross(rest), stated_primary)
        account.take_off(how, taken_off(rest))
    return account
