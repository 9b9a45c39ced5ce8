"""Evidence of many statements to verify: makers, factors and a chain, all in memory.

Products form a tree of their own, so that one subject reaches all of them: each takes up to two
earlier products, three factors and one measured gas. A fifth of the statements are factors.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.standing import Role
from rootprint.ledger.verify import parse_trust
from tests.support.world import World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Trust

CHECKPOINTS = 10
STATEMENTS_PER_MAKER = 5
STATEMENTS_PER_FACTOR = 5
FACTORS_PER_PRODUCT = 3


@dataclass(frozen=True)
class Evidence:
    """A file of so many ``statements`` and ``lines``, and what its verifier holds.

    ``data`` proves the chain at one block, and ``trust`` names that block; ``bare`` does not.
    """

    data: bytes
    bare: bytes
    trust: Trust
    trust_json: bytes
    world: World
    statements: int
    lines: int


def evidence(statements: int) -> Evidence:
    """Sign, log and anchor ``statements`` statements and return the file about the last one."""
    world = World()
    count = max(1, statements // STATEMENTS_PER_MAKER)
    makers = [f"did:web:maker-{number}.example" for number in range(count)]
    for maker in makers:
        world.admit(maker, Role.SUPPLIER)
    world.chain.mine()
    count = statements // STATEMENTS_PER_FACTOR
    factors = [world.publish(world.factor(f"factor-{number}")) for number in range(count)]
    products: list[Statement] = []
    for number in range(statements - len(factors)):
        lines = _lines(world, number, statements - len(factors), products, factors)
        maker = makers[number % len(makers)]
        products.append(world.publish(world.product(f"product-{number}", lines, maker)))
        if len(world.indices) % max(1, statements // CHECKPOINTS) == 0:
            world.anchor()
            sys.stderr.write(f"\rsigned {len(world.indices)} of {statements} statements")
    world.anchor()
    sys.stderr.write("\n")
    subject = products[-1]
    trust = {
        **world.trust_json(subject),
        "asOf": time_text(world.now),
        "trustedBlocks": [hex_text(world.chain.block().hash)],
    }
    return Evidence(
        world.evidence(subject, proven=True),
        world.evidence(subject),
        parse_trust(encode(trust)),
        encode(trust),
        world,
        statements,
        sum(len(product.opened.lines) for product in products),
    )


def _lines(
    world: World, number: int, count: int, products: list[Statement], factors: list[Statement]
) -> list[dict[str, Any]]:
    # A binary heap from the subject down: place p takes places 2p + 1 and 2p + 2, made before it.
    place = count - 1 - number
    inputs = [count - 1 - below for below in (2 * place + 1, 2 * place + 2) if below < count]
    first = number * FACTORS_PER_PRODUCT
    taken = range(FACTORS_PER_PRODUCT if factors else 0)
    chosen = [factors[(first + n) % len(factors)] for n in taken]
    return [
        *(world.line(products[index], f"0.{index % 89 + 10}", "kilogram") for index in inputs),
        *(world.line(factor, f"{number % 7 + 1}.25", "gram") for factor in chosen),
        {
            "stage": "manufacturing",
            "description": "methane measured at the stack",
            "amount": {"value": f"{number % 5 + 1}.5", "unit": "gram"},
            "source": {"gas": "CH4_fossil", "set": "AR6"},
            "primary": True,
        },
    ]
