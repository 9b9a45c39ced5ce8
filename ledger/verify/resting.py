"""What is taken off on its issuer's word alone (law 3): noted there and at each level above.

A footprint without inventory shows no evidence of its removals and credits, and a credit by a
published figure rests on an unsigned publication.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rootprint.calc.columns import SUBSTITUTION
from rootprint.ledger import figures
from rootprint.ledger.core.spelling import fold
from rootprint.ledger.core.statement import has_inventory
from rootprint.ledger.verify.ordering import inputs_first
from rootprint.ledger.verify.rulings.bounds import takes_off
from rootprint.ledger.verify.rulings.equations import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify.node import Node

OWN_WORD: Final = "its removals or credits rest on its issuer's word"
_MOST_NAMED: Final = 4
_MOST_COUNTED: Final = 100


def notices(subject: Node, nodes: Mapping[bytes, Node]) -> dict[bytes, list[str]]:
    """Return what readers of footprints below ``subject`` should know of what they take off."""
    said: dict[bytes, list[str]] = {}
    resting: set[bytes] = set()
    read = inputs_first(subject, nodes)
    serving: dict[str, Counter[str]] = {}
    named = [_evidence(node, statement) for node, statement in read]
    for (node, _), evidence in zip(read, named, strict=True):
        for one in evidence:
            serving.setdefault(one, Counter())[node.name] += 1
    for (node, statement), evidence in zip(read, named, strict=True):
        found: list[str] = []
        if not has_inventory(statement):
            if takes_off(node.cited.components):
                resting.add(node.digest)
                said[node.digest] = [OWN_WORD]
            continue
        taken = _taken(node, statement) if resting else ()
        names = [nodes[digest].name for digest in taken if digest in resting]
        if names:
            resting.add(node.digest)
            found.append(
                f"removals or credits of inputs rest on their issuers' word: {_few(names)}"
            )
        found.extend(_published_credits(statement))
        others = _others(node.name, [serving[one] for one in evidence])
        if others:
            found.append(
                f"the evidence of a removal serves {node.name} and others too: {_few(others)}"
            )
        if found:
            said[node.digest] = found
    return said


def _others(mine: str, serving: Sequence[Counter[str]]) -> list[str]:
    """Return the names of other footprints that the evidence serves, at most ``_MOST_COUNTED`` + 1.

    ``serving`` counts, by evidence, the footprints of each name; the node itself is one of them.
    One evidence may serve all footprints of a walk, so no list of them is made for each.
    """
    names: dict[str, None] = {}
    for each in serving:
        for name, footprints in each.items():
            if name != mine or footprints > 1:
                names[name] = None
            if len(names) > _MOST_COUNTED:
                return list(names)
    return list(names)


def _taken(node: Node, statement: Statement) -> Sequence[bytes]:
    """Return what the open lines take that are no credits, each once."""
    lines = statement.opened.lines
    taken = [one.digest for one in node.citations() if not figures.is_credit(lines[one.line])]
    return list(dict.fromkeys(taken))


def _evidence(node: Node, statement: Statement) -> list[str]:
    """Return the evidence of removals that open lines of a live footprint name, each once."""
    lines = () if node.ended else statement.opened.lines.values()
    said = [line["removal"]["evidence"] for line in lines if "removal" in line]
    return list(dict.fromkeys(map(fold, said)))


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
    more = min(len(names), _MOST_COUNTED) - _MOST_NAMED
    than = "more than " if len(names) > _MOST_COUNTED else ""
    return ", ".join(names[:_MOST_NAMED]) + (f" and {than}{more} more" if more > 0 else "")
