"""What is taken off on somebody's word alone (law 3): told where it is said and all the way up.

A footprint without inventory shows no evidence of its removals and credits, and a credit by a
published figure rests on a print that nobody signed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import SUBSTITUTION
from rootprint.ledger import figures
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.verify.ordering import inputs_first
from rootprint.ledger.verify.rulings.bounds import folded, takes_off
from rootprint.ledger.verify.rulings.equations import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

OWN_WORD: Final = "its removals or credits rest on its issuer's word"
_MOST_NAMED: Final = 4


def notices(subject: Node, nodes: Mapping[bytes, Node]) -> dict[bytes, list[str]]:
    """Return what readers of each footprint below ``subject`` should know of what it takes off."""
    said: dict[bytes, list[str]] = {}
    resting: set[bytes] = set()
    read = inputs_first(subject, nodes)
    serving: dict[str, list[Node]] = {}
    for node, statement in read:
        for evidence in _evidence(node, statement):
            serving.setdefault(evidence, []).append(node)
    for node, statement in read:
        found = said[node.digest] = []
        if not has_inventory(statement):
            if takes_off(node.cited.components):
                resting.add(node.digest)
                found.append(OWN_WORD)
            continue
        names = [nodes[digest].name for digest in _taken(node, statement) if digest in resting]
        if names:
            resting.add(node.digest)
            found.append(
                f"removals or credits of inputs rest on their issuers' word: {_few(names)}"
            )
        found.extend(_published_credits(statement))
        shared = [one for evidence in _evidence(node, statement) for one in serving[evidence]]
        others = list(dict.fromkeys(one.name for one in shared if one is not node))
        if others:
            found.append(
                f"the evidence of a removal serves {node.name} and others too: {_few(others)}"
            )
    return said


def _taken(node: Node, statement: Statement) -> Sequence[bytes]:
    """Return what the open lines take that are no credits, each once."""
    lines = statement.opened.lines
    taken = [one.digest for one in node.citations() if not figures.is_credit(lines[one.line])]
    return list(dict.fromkeys(taken))


def _evidence(node: Node, statement: Statement) -> list[str]:
    """Return the evidence of removals that open lines of a live footprint name, each once."""
    lines = () if node.ended else statement.opened.lines.values()
    said = (line["removal"]["evidence"] for line in lines if "removal" in line)
    return list(dict.fromkeys(map(folded, said)))


def _published_credits(statement: Statement) -> Iterator[str]:
    lines = [
        line
        for line in statement.opened.lines.values()
        if "published" in line["source"] and figures.is_credit(line)
    ]
    if lines:
        results = (figures.result(line).get(SUBSTITUTION, Fraction(0)) for line in lines)
        named = _few([f"line {line['line']} ({line['description']})" for line in lines])
        yield (
            f"credits of {plain(-sum(results, Fraction(0)))} kg CO2e rest on a published figure"
            f" without a signature: {named}"
        )


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
