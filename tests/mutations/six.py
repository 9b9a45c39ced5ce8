"""Six statements of every sort, as evidence that verifies.

A product, a part with its recipe hidden and assured, an open part, a factor with an inventory, the
fuel's factor below it, and the assurance.

Two things stand in it that no signature covers, so that they can be changed too: a log proof's
``extra`` and a signature line by a key that was not asked for. One proof stands under a checkpoint
between two anchors and brings its consistency proof.
"""

from __future__ import annotations

import base64
from typing import Any

from rootprint.ledger.core.canonical import decode, encode
from rootprint.ledger.core.encoding import hex_text, time_text
from rootprint.ledger.core.merkle import consistency_proof
from rootprint.ledger.core.sdjwt import MAX_BYTES
from tests.mutations.changes import replaced
from tests.support.world import World


class Six:
    """The evidence, the trust file and the chain it needs.

    With ``proven`` the chain's state is in the evidence, and the trust file names its block.
    """

    def __init__(self, *, proven: bool = False) -> None:
        world = self.world = World()
        fuel = world.publish(world.factor("fuel"))
        grid = world.publish(world.mix("grid", [world.line(fuel, "300", "gram")]))
        hidden = world.publish(world.product("hidden-part", [_gas("9"), _gas("31")]))
        open_ = world.publish(world.product("open-part", [world.line(grid, "2", "kilogram")]))
        self.subject = world.publish(
            world.product(
                "module",
                [
                    world.line(hidden, "2", "kilogram"),
                    world.line(open_, "500", "gram"),
                    _published(),
                    _gas("12"),
                ],
            )
        )
        world.publish(world.assurance(hidden))
        world.anchor()
        evidence = world.evidence(self.subject, {hidden.digest: set()}, proven=proven)
        value = decode(evidence, what="evidence", max_string=MAX_BYTES)
        for number, item in enumerate(value["statements"]):
            if item["sdJwt"].startswith(open_.envelope.jwt):
                value = replaced(value, ("statements", number), self._tied)
            elif item["sdJwt"].startswith(fuel.envelope.jwt):
                value = replaced(value, ("statements", number, "proof"), _uncovered)
        self.evidence = encode(value, max_string=MAX_BYTES)
        self.trust = {**world.trust_json(self.subject), "asOf": time_text(world.now)}
        if proven:
            self.trust["trustedBlocks"] = [hex_text(world.chain.block().hash)]

    def _tied(self, item: dict[str, Any]) -> dict[str, Any]:
        """Show the open part under a checkpoint of five entries; six were anchored."""
        world = self.world
        digest = next(d for d in world.held if item["sdJwt"].startswith(world.held[d].envelope.jwt))
        proof = world.proof(digest, 5)
        assert proof is not None
        path = [base64.b64encode(n).decode() for n in consistency_proof(5, 6, world.node)]
        return {**item, "proof": proof.text, "consistency": path}


def _uncovered(proof: str) -> str:
    form, rest = proof.split("\n", 1)
    line = base64.b64encode(bytes(range(68))).decode()
    extra = base64.b64encode(b"a note").decode()
    return f"{form}\nextra {extra}\n{rest}\u2014 nobody.example {line}\n"


def _gas(grams: str) -> dict[str, Any]:
    return {
        "stage": "manufacturing",
        "description": "measured at the stack",
        "amount": {"value": grams, "unit": "gram"},
        "source": {"gas": "CH4_fossil", "set": "AR6"},
        "primary": True,
    }


def _published() -> dict[str, Any]:
    return {
        "stage": "distribution",
        "description": "transport, published",
        "amount": {"value": "3", "unit": "kilogram"},
        "source": {
            "published": "0.1",
            "per": "kilogram",
            "component": "fossilGhgEmissions",
            "reference": "An example, table 1",
        },
        "primary": False,
    }
