"""Law 4: which records of others retire a certificate that one retires, of a whole walk at once."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.spelling import fold, in_common
from rootprint.ledger.verify import Check, Node, failed, passed
from rootprint.ledger.verify.found import Found
from rootprint.ledger.verify.report import with_found
from rootprint.ledger.verify.rulings.retirements import Retirements, retired_spans
from tests.support.processes import retirement
from tests.support.statements import LOG

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = SigningKey.generate()
ISSUERS = [f"did:web:{name}.example" for name in ("one", "two", "three")]


def _node(draw: random.Random) -> Node:
    """Return the node of a retirement record of a few ranges, most of them proven."""
    ranges = []
    for _ in range(draw.randint(1, 3)):
        first = draw.randint(0, 60)
        stem = draw.choice(["GO-", "go-", "REC"])
        last = min(first + draw.choice([0, 0, 3, 20]), 99)
        ranges.append({"from": f"{stem}{first:02}", "to": f"{stem}{last:02}"})
    registry = draw.choice(["Herkunftsnachweisregister", "HERKUNFTSNACHWEISREGISTER", "I-REC"])
    draft = retirement(certificates=ranges, registry=registry)
    statement = seal({**draft, "issuer": draw.choice(ISSUERS)}, KEY, LOG)
    node = Node(statement.digest, 0, (), statement=statement)
    for number in range(1, 5):
        wrong = number == 3 and draw.random() < 0.1
        node.set(failed(number, "drawn so") if wrong else passed(number))
    return node


def _walked(seed: int) -> tuple[dict[bytes, Node], dict[bytes, Check]]:
    draw = random.Random(seed)
    nodes = {node.digest: node for node in (_node(draw) for _ in range(25))}
    standing = {digest: with_found(passed(5), Found(ended=draw.random() < 0.1)) for digest in nodes}
    return nodes, standing


def _pair_by_pair(
    node: Node, nodes: Iterable[Node], standing: dict[bytes, Check]
) -> tuple[str, ...] | None:
    """Return the same as clause 14.5 has it, by going over all records."""
    found = []
    for other in nodes:
        one, two = node.statement, other.statement
        assert one is not None
        assert two is not None
        counts = not standing[other.digest].found.ended and all(map(other.passed, range(1, 5)))
        counts = counts and one.issuer != two.issuer
        registries = {fold(each.subject["registry"]) for each in (one, two)}
        ranges = [retired_spans(each.subject) for each in (one, two)]
        if counts and len(registries) == 1 and in_common(*ranges):
            found.append(digest_text(other.digest))
    return tuple(sorted(found)) or None


@pytest.mark.parametrize("seed", range(8))
def test_the_sweep_finds_what_all_pairs_give(seed: int) -> None:
    nodes, standing = _walked(seed)
    retired = Retirements(nodes, standing, lambda _count: None)
    found = {
        digest: retired.judged(node, standing[digest]).found.retired_too
        for digest, node in nodes.items()
    }
    assert found == {
        digest: _pair_by_pair(node, nodes.values(), standing) for digest, node in nodes.items()
    }
    assert any(found.values())


def test_comparing_asks_for_the_time() -> None:
    nodes, standing = _walked(0)

    def late(_count: int) -> None:
        raise Unavailable("time ran out", remedy="allow more time")

    with pytest.raises(Unavailable, match="time ran out"):
        Retirements(nodes, standing, late)
