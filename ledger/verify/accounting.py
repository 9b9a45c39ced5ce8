"""The accounts of a verification: where the gross emissions of its footprint end.

A recomputed line that ends in a factor is recomputed, a published figure unsigned, and what
no check recomputed assured or only signed. The sums over accounts: ``ledger.figures``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rootprint.calc.columns import gross
from rootprint.calc.lines import Published, scale
from rootprint.ledger import figures
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.figures import Account, Edge
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
    pcf = statement.subject["pcf"]
    rest = gross(figures.components(statement.subject))
    account = Account(node.digest, float(rest))
    if not has_inventory(statement):
        if statement.subject["role"] == "attested":
            account.end("unsigned", rest, Fraction(pcf["primaryDataShare"]))
            return account
        # It stands at the end of recomputed lines; its own figure was only ever signed.
        account.end("recomputed" if node.cited_by else "signed", rest, Fraction(0))
        return account
    is_product = statement.subject["role"] == "product"  # a factor is secondary data
    cited = {citation.line: citation.digest for citation in node.citations()}
    for index, value in statement.opened.lines.items():
        if index not in node.recomputed and "published" not in value["source"]:
            continue
        weight = gross(figures.result(value))
        rest -= weight
        if figures.is_credit(value):
            continue  # what it displaces was emitted by nobody, and is no part of the gross
        if index in cited:
            edge = _edge(value, nodes[cited[index]], place[cited[index]])
            account.edges.append(edge._replace(primary=edge.primary and is_product))
        else:
            line = figures.line(value, None)
            how = "unsigned" if isinstance(line.source, Published) else "recomputed"
            account.end(how, weight, line.primary_share if is_product else Fraction(0))
    if not (statement.opened.complete and node.recomputed == statement.opened.lines.keys()):
        how = "assured" if assurance.stands_in(node, context, arithmetic.LAWS) else "signed"
        account.end(how, rest, Fraction(pcf["primaryDataShare"]))
    return account


def _edge(value: Mapping[str, Any], cited: Node, place: int) -> Edge:
    line = figures.line(value, cited.cited)
    return Edge(place, float(scale(line, figures.unit_table())), line.primary)
