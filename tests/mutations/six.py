"""Six statements of every sort, as evidence that verifies.

A product, a part with its recipe hidden and assured, an open part, a factor with an inventory, the
fuel's factor below it, and the assurance.

Signature lines by a key that was not asked for stand in it, which no signature covers, so that they
can be changed too. One entry stands under a checkpoint between two anchors, with the nodes between.
"""

from __future__ import annotations

import base64
from typing import Any

from rootprint.ledger.core.encoding import hex_text, time_text
from tests.conformance.casebook import with_notes
from tests.support.evidence_file import edited
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
        world.sizes[open_.digest] = 5
        if proven:
            _anchored_later(world)
        evidence = world.evidence(self.subject, {hidden.digest: set()}, proven=proven)
        self.evidence = edited(evidence, lambda file: with_notes(file, _uncovered))
        self.trust = {**world.trust_json(self.subject), "asOf": time_text(world.now)}
        if proven:
            self.trust["trustedBlocks"] = [hex_text(world.chain.block().hash)]


def _anchored_later(world: World) -> None:
    """Anchor other entries, so that a search reads words of the chain that the proof is without.

    Three rows share a word: of ten rows the search reads the tenth and the sixth first.
    """
    for number in range(9):
        world.publish(world.factor(f"other-{number}"))
        world.anchor()


def _uncovered(_line: dict[str, Any], note: str) -> str:
    line = base64.b64encode(bytes(range(68))).decode()
    return f"{note}\u2014 nobody.example {line}\n"


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
