"""The report's two coverages: how the contributions were checked, and on what data they rest.

Attributed where the walk ends. A recomputed line that ends in a factor counts as recomputed; a
hidden inventory as assured or only signed, its open lines as recomputed; a published figure as
unsigned.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from calc.coverage import partition
from calc.graph import Graph, NotFinite
from calc.lines import Published, scale
from calc.totals import excluding_uptake
from ledger.core.statement import has_inventory
from ledger.walk import figures
from ledger.walk.checks import assurance
from ledger.walk.ordering import inputs_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calc.graph import Floats
    from ledger.core.statement import Statement
    from ledger.walk.context import Context
    from ledger.walk.node import Node

CHECKED = ("recomputed", "assured", "signed", "unsigned")
DATA = ("primary", "secondary")


def coverage(
    subject: Node, nodes: Mapping[bytes, Node], context: Context
) -> tuple[dict[str, Any] | None, float]:
    """Return the two partitions in percent, and the share of the total that is assured.

    Only for a walk on which nothing failed: what contradicts itself has no shares. None where
    the subject can't be read or its total is zero ("not applicable").
    """
    accounts = _Accounts(inputs_first(subject, nodes), context)
    if subject.digest not in accounts.place:
        return None, 0.0
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # asked for just below
            by_check = accounts.by_check(subject.digest)
            by_data = accounts.by_data(subject.digest)
            assured = accounts.assured_share(subject.digest)
    except NotFinite:
        return None, 0.0  # amounts that no float holds, as only an attack has them
    if not np.isfinite([*by_check.values(), *by_data.values()]).all():
        return None, 0.0
    checked, data = partition(by_check), partition(by_data)
    if checked is None:
        return None, 0.0
    return {"checked": checked, "data": data}, assured


class _Edge(NamedTuple):
    """``citing`` takes ``scale`` declared amounts of ``cited``, by primary activity data or not."""

    citing: int
    cited: int
    scale: float
    primary: bool


class _Accounts:
    """Where each |contribution| per declared amount of a statement ends, and what data it is.

    Statements are numbered inputs first; ``place`` gives a digest's number.
    """

    def __init__(self, read: Sequence[tuple[Node, Statement]], context: Context) -> None:
        self._context, self._read = context, read
        self.place = {node.digest: number for number, (node, _) in enumerate(self._read)}
        self._checked = {name: np.zeros(len(self._read)) for name in CHECKED}
        self._primary = np.zeros(len(self._read))
        self._edges = [
            _Edge(number, *edge)
            for number, (node, statement) in enumerate(self._read)
            for edge in self._book(number, node, statement)
        ]

    def by_check(self, subject: bytes) -> dict[str, float]:
        """Return |contribution| to the subject's total by how it was checked."""
        takes = self._takes(subject, self._edges)
        return {name: float(takes @ values) for name, values in self._checked.items()}

    def by_data(self, subject: bytes) -> dict[str, float]:
        """Return |contribution| by data. Primary is what primary activity data leads down to."""
        primary = [edge for edge in self._edges if edge.primary]
        measured = float(self._takes(subject, primary) @ self._primary)
        return {"primary": measured, "secondary": sum(self.by_check(subject).values()) - measured}

    def assured_share(self, subject: bytes) -> float:
        """Return the share of the subject's total that assured statements make up, 0 to 1.

        What stands below an assured statement is counted with it, once.
        """
        levels = [assurance.level(node, self._context) for node, _ in self._read]
        assured = np.array([level != assurance.LEVELS[0] for level in levels])
        above = [edge for edge in self._edges if not assured[edge.citing]]
        totals = np.array(
            [float(s.subject["pcf"]["pcfExcludingBiogenicUptake"]) for _, s in self._read]
        )
        total = totals[self.place[subject]]
        share = self._takes(subject, above) * totals
        return min(1.0, abs(float(share[assured].sum()) / total)) if total else 0.0

    def _takes(self, subject: bytes, edges: Sequence[_Edge]) -> Floats:
        plain = [(edge.citing, edge.cited, edge.scale) for edge in edges]
        return Graph.of(len(self._read), plain).takes(self.place[subject])

    def _book(
        self, number: int, node: Node, statement: Statement
    ) -> Sequence[tuple[int, float, bool]]:
        """Book what ends at this statement; return (input's number, scale, primary) of the rest."""
        pcf = statement.subject["pcf"]
        rest = Fraction(pcf["pcfExcludingBiogenicUptake"])
        if not has_inventory(statement):
            # A factor stands at the end of the line that cites it, and that line was recomputed.
            self._add(number, rest, "recomputed" if node.cited_by else "signed", Fraction(0))
            return []
        goes_on = []
        is_product = statement.subject["role"] == "product"  # a factor is secondary data
        cited = {citation.line: citation.digest for citation in node.citations()}
        for index, value in statement.opened.lines.items():
            weight = excluding_uptake({k: Decimal(v) for k, v in value["result"].items()})
            rest -= weight
            digest = cited.get(index)
            if digest is not None and digest in self.place:
                place, times, primary = self._edge(value, self.place[digest])
                goes_on.append((place, times, primary and is_product))
            elif digest is not None:
                self._add(number, weight, "signed", Fraction(0))
            else:
                line = figures.line(value, None)
                how = "unsigned" if isinstance(line.source, Published) else "recomputed"
                measured = line.primary_share if is_product else Fraction(0)
                self._add(number, weight, how, measured)
        if not statement.opened.complete:
            how = "assured" if assurance.stands_in(node, self._context) else "signed"
            self._add(number, rest, how, Fraction(pcf["primaryDataShare"]))
        return goes_on

    def _edge(self, value: Mapping[str, Any], place: int) -> tuple[int, float, bool]:
        line = figures.line(value, self._read[place][0].cited)
        return place, float(scale(line, figures.unit_table())), line.primary

    def _add(self, number: int, weight: Fraction, checked: str, primary: Fraction) -> None:
        share = float(abs(weight))
        self._checked[checked][number] += share
        self._primary[number] += share * float(primary) / 100
