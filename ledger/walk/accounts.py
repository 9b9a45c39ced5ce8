"""Where the contributions to a footprint end: the accounts that both coverages are drawn from.

A recomputed line that ends in a factor is recomputed, a published figure unsigned, and what
nobody recomputed assured or only signed. In doubles, by one order of operations, so that
everybody's verifier comes to the same last digit (docs/verifying.md, coverage).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from calc.lines import Published, scale
from calc.totals import excluding_uptake
from ledger.core.statement import has_inventory
from ledger.walk import figures
from ledger.walk.checks import assurance
from ledger.walk.ordering import inputs_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger.core.statement import Statement
    from ledger.walk.context import Context
    from ledger.walk.node import Node


class End(NamedTuple):
    """A contribution that ends here: |kg CO2e|, how it was checked, what part of it is primary."""

    checked: str
    share: float
    primary: float


class Edge(NamedTuple):
    """``scale`` declared amounts of the input with this number, by primary activity data or not."""

    cited: int
    scale: float
    primary: bool


@dataclass
class Account:
    """What ends at a statement, per declared amount, and what goes on into its inputs."""

    node: Node
    total: float
    ends: list[End] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def end(self, checked: str, weight: Fraction, primary_share: Fraction) -> None:
        """Book a contribution of which ``primary_share`` percent are primary data."""
        share = float(abs(weight))
        self.ends.append(End(checked, share, share * float(primary_share) / 100))


def accounts_of(subject: Node, nodes: Mapping[bytes, Node], context: Context) -> list[Account]:
    """Return the accounts of the readable footprints below ``subject``, inputs first."""
    read = inputs_first(subject, nodes)
    place = {node.digest: number for number, (node, _) in enumerate(read)}
    return [_account(node, statement, place, nodes, context) for node, statement in read]


def takes(accounts: Sequence[Account], counts: Callable[[Account, Edge], bool]) -> list[float]:
    """Return how many declared amounts of each the last takes, by the edges that count."""
    terms: list[list[float]] = [[] for _ in accounts]
    if accounts:
        terms[-1].append(1.0)
    found = [0.0] * len(accounts)
    for number in reversed(range(len(accounts))):
        account = accounts[number]
        times = found[number] = rising(terms[number])
        for edge in account.edges:
            if counts(account, edge):
                terms[edge.cited].append(times * edge.scale)
    return found


def rising(terms: Iterable[float]) -> float:
    """Return the sum, added one by one from the smallest term up.

    Not ``sum``: what that does with doubles differs between versions of Python.
    """
    total = 0.0
    for term in sorted(terms):
        total += term
    return total


def _account(
    node: Node,
    statement: Statement,
    place: Mapping[bytes, int],
    nodes: Mapping[bytes, Node],
    context: Context,
) -> Account:
    pcf = statement.subject["pcf"]
    rest = Fraction(pcf["pcfExcludingBiogenicUptake"])
    account = Account(node, float(rest))
    if not has_inventory(statement):
        # It stands at the end of recomputed lines; its own figure was only ever signed.
        account.end("recomputed" if node.cited_by else "signed", rest, Fraction(0))
        return account
    is_product = statement.subject["role"] == "product"  # a factor is secondary data
    cited = {citation.line: citation.digest for citation in node.citations()}
    for index, value in statement.opened.lines.items():
        if index not in node.recomputed and "published" not in value["source"]:
            continue
        weight = excluding_uptake({k: Decimal(v) for k, v in value["result"].items()})
        rest -= weight
        if index in cited:
            edge = _edge(value, nodes[cited[index]], place[cited[index]])
            account.edges.append(edge._replace(primary=edge.primary and is_product))
        else:
            line = figures.line(value, None)
            how = "unsigned" if isinstance(line.source, Published) else "recomputed"
            account.end(how, weight, line.primary_share if is_product else Fraction(0))
    if not (statement.opened.complete and node.recomputed == statement.opened.lines.keys()):
        how = "assured" if assurance.stands_in(node, context) else "signed"
        account.end(how, rest, Fraction(pcf["primaryDataShare"]))
    return account


def _edge(value: Mapping[str, Any], cited: Node, place: int) -> Edge:
    line = figures.line(value, cited.cited)
    return Edge(place, float(scale(line, figures.unit_table())), line.primary)
