"""Law 2: which earlier record in use allocates a process and time, of a whole walk at once."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.processkey import process_key
from rootprint.ledger.core.seal import seal
from rootprint.ledger.verify import Check, Node, failed, passed
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import with_found
from rootprint.ledger.verify.rulings.allocations import Allocations
from tests.support.processes import file, gas, output, process, record_draft
from tests.support.statements import LOG

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = SigningKey.generate()
DRAFT = record_draft(file("part", process(output("part", "1")), [gas()]))


def _node(draw: random.Random, index: int) -> Node:
    """Return the node of a record of some months of a year, most of them proven."""
    draft = deepcopy(DRAFT)
    start = draw.randint(1, 11)
    end = min(start + draw.choice([0, 1, 1, 6]), 12)
    draft["credentialSubject"] |= {
        "process": draw.choice(["Hall 1", "HALL  1", "Hall 2"]),
        "periodStart": f"2025-{start:02}-01T00:00:00Z",
        "periodEnd": f"2025-{end:02}-01T00:00:00Z",
    }
    statement = seal(draft, KEY, LOG)
    node = Node(statement.digest, 0, (), statement=statement)
    placed = index if draw.random() < 0.9 else None
    for number in range(1, 5):
        wrong = number == 2 and draw.random() < 0.2
        check = failed(number, "drawn so") if wrong else passed(number)
        node.set(with_found(check, Found(index=placed)) if number == 3 else check)
    return node


def _walked(seed: int) -> tuple[list[Node], dict[bytes, Check]]:
    draw = random.Random(seed)
    nodes = [_node(draw, index) for index in range(30)]
    draw.shuffle(nodes)
    standing = {
        node.digest: with_found(passed(5), Found(ended=draw.random() < 0.2)) for node in nodes
    }
    return nodes, standing


def _pair_by_pair(node: Node, nodes: Iterable[Node], standing: dict[bytes, Check]) -> bytes | None:
    """Return the same as clause 13.2 has it, by going over all records."""
    found = []
    for other in nodes:
        assert node.statement is not None
        assert other.statement is not None
        one, two = node.statement.subject, other.statement.subject
        proven = all(map(other.passed, range(1, 5))) and not standing[other.digest].found.ended
        same = one["periodStart"] == two["periodStart"] and one["periodEnd"] == two["periodEnd"]
        start = max(one["periodStart"], two["periodStart"])
        end = min(one["periodEnd"], two["periodEnd"])
        if node.index is None or other.index is None or other.index >= node.index:
            continue
        if proven and process_key(one) == process_key(two) and (same or start < end):
            found.append((other.index, other.digest))
    return min(found)[1] if found else None


@pytest.mark.parametrize("seed", range(8))
def test_the_sweep_finds_what_all_pairs_give(seed: int) -> None:
    nodes, standing = _walked(seed)
    allocated = Allocations({one.digest: one for one in nodes}, standing, lambda _count: None)
    found = [allocated.judged(one, standing[one.digest]).found.allocated_by for one in nodes]
    assert found == [_pair_by_pair(one, nodes, standing) for one in nodes]
    assert any(found)


def test_comparing_asks_for_the_time() -> None:
    nodes, standing = _walked(0)

    def late(_count: int) -> None:
        raise Unavailable("time ran out", remedy="allow more time")

    with pytest.raises(Unavailable, match="time ran out"):
        Allocations({one.digest: one for one in nodes}, standing, late)
