"""The verifier in JavaScript tells of a hidden recipe no more than the one in Python does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.leaks.commands import POLICIES
from tests.leaks.masked import entries, masked
from tests.leaks.worlds import tell_nothing
from tests.web.node import VERIFIER, node

if TYPE_CHECKING:
    from tests.leaks.worlds import World

pytestmark = [pytest.mark.chain, pytest.mark.slow]


@pytest.mark.parametrize("more", [(), *POLICIES[:3]], ids=" ".join)
@pytest.mark.parametrize("name", ["part", "car"])
def test_both_worlds_answer_alike(name: str, more: tuple[str, ...], made: dict[str, World]) -> None:
    said = []
    for world in made.values():
        trust = world.file(f"{name}.block.json")
        whose = world.kept if name == "part" else world.bare
        block = world.blocks[name]
        whose.done("evidence", "trust", world.names[name], "--block", block, "--out", trust)
        done = node(VERIFIER / "main.js", *more, world.file(f"{name}.json"), trust)
        tell_nothing((done.stdout, done.stderr))
        logged = entries(world.kept.home) | entries(world.bare.home)
        said.append((done.returncode, masked(done.stdout, world, logged), done.stderr))
    one, other = said
    assert one[0] in {0, 3}
    assert one == other
