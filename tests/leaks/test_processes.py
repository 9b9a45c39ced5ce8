"""A process record hides what a plant takes, makes and shares out: no answer rests on it.

Two plants: of one 40 kg of CO2 are shared between 30 kg of steel and 10 kg of slag, of the other
between 20 kg of each and in two activities. A kilogram of steel has one number in both.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from rootprint.ledger.analysis import contributions
from rootprint.ledger.core.standing import Role
from rootprint.ledger.verify import Policy
from tests.http.ledger import post
from tests.http.test_hidden import RIVAL, ledger, taking
from tests.leaks.masked import opened, without_chance
from tests.support import processes
from tests.support.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Judged

PLANTS: Final[dict[str, tuple[str, str, list[dict[str, Any]]]]] = {
    "one": ("30", "10", [processes.gas("40", description="blast of line seven")]),
    "other": (
        "20",
        "20",
        [
            processes.gas("27.75", description="coke of the north bay"),
            processes.gas("12.25", description="lime of the south bay"),
        ],
    ),
}
SECRETS: Final = ("line seven", "north bay", "south bay", "27.75", "12.25", "slag", "75.0", "50.0")


def plant(name: str) -> tuple[World, Statement, Statement]:
    """Return a world with a plant's record and its steel."""
    world = World()
    world.admit(RIVAL, Role.SUPPLIER)
    world.chain.mine()
    steel, slag, lines = PLANTS[name]
    both = processes.process(processes.output("steel", steel), processes.output("slag", slag))
    given = processes.file("steel", both, lines)
    record = world.publish(processes.record_draft(given))
    product = world.publish(processes.composed(given, furnace=record))
    world.anchor()
    return world, record, product


class _Seen:
    """The contribution view of what was judged."""

    def __init__(self) -> None:
        self.made: Any = None

    def __call__(self, judged: Judged) -> None:
        self.made = contributions(judged)


def plain(text: str, world: World) -> str:
    names = {digest.hex(): f"<entry {index}>" for digest, index in world.indices.items()}
    return without_chance(opened(text), names)


@pytest.mark.parametrize(
    "asked", [Policy(), Policy(arithmetic="recomputed")], ids=["default", "recomputed"]
)
def test_a_verifier_answers_alike_of_both_plants(asked: Policy) -> None:
    said = []
    for name in PLANTS:
        world, record, product = plant(name)
        evidence = world.evidence(product, keep={product.digest: set(), record.digest: set()})
        verifier = world.verifier(product, policy=asked)
        seen = _Seen()
        report = verifier.verify(evidence, looked=seen)
        text = json.dumps([report.json(), seen.made])
        file = gzip.decompress(evidence).decode()
        assert not [secret for secret in SECRETS if secret in opened(file + text)]
        # Of what is packed: salts and signatures pack to more bytes or fewer by chance.
        said.append((report.exit_code, len(file), plain(text, world)))
    one, other = said
    assert one == other


def test_a_ledger_that_keeps_the_record_answers_alike(tmp_path: Path) -> None:
    """The number of either steel is the same; whoever takes of it learns no more, by any amount."""
    said = []
    for name in PLANTS:
        world, _, product = plant(name)
        drafts = [taking(world, product, amount) for amount in ("1", "25", "1000000")]
        sent = [world.sign({**draft, "issuer": RIVAL}) for draft in drafts[:1]]
        sent += [
            world.sign(taking(world, product, amount, producedAmount=produced))
            for amount in ("25", "1000000")
            for produced in [{"value": "1000000", "unit": "kilogram"}]
        ]
        opened_here = ledger(world, tmp_path / name, keep=True)
        client = opened_here.client()
        answers = [post(client, one.text) for one in sent]
        said.append([(one.status_code, plain(one.text, world)) for one in answers])
        assert not [s for s in SECRETS for one in answers if s in one.text]
        opened_here.home.store.close()
    one, other = said
    assert one == other
    assert one[0][0] == 201
