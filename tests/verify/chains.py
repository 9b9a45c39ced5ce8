"""Worlds that the walk's tests share, each made once: nothing in them is changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.verify import Policy, Report
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.statement import Statement


def gas(grams: str, **more: Any) -> dict[str, Any]:
    """Return a line of measured methane."""
    return {
        "stage": "manufacturing",
        "description": "measured at the stack",
        "amount": {"value": grams, "unit": "gram"},
        "source": {"gas": "CH4_fossil", "set": "AR6"},
        "primary": True,
        **more,
    }


def published(kilograms: str, value: str = "1", **more: Any) -> dict[str, Any]:
    """Return a line of a published figure per kilogram."""
    return {
        "stage": "distribution",
        "description": "published",
        "amount": {"value": kilograms, "unit": "kilogram"},
        "source": {
            "published": value,
            "per": "kilogram",
            "component": "fossilGhgEmissions",
            "reference": "An example, table 1",
        },
        "primary": False,
        **more,
    }


@dataclass(frozen=True)
class Chain:
    """A module of a part of a fuel; the part has a measured line of its own and was assured."""

    world: World
    fuel: Statement
    part: Statement
    module: Statement

    def report(
        self,
        keep: Mapping[bytes, set[str]] | None = None,
        policy: Policy | None = None,
        **trust: Any,
    ) -> Report:
        """Verify the module with these redactions."""
        evidence = self.world.evidence(self.module, keep)
        parsed = self.world.trust(self.module, **trust)
        return self.world.verifier(parsed, policy=policy or Policy()).verify(evidence)


def chained(level: str | None = "limited") -> Chain:
    """Publish and anchor a Chain; ``level`` None leaves the part without assurance."""
    world = World()
    fuel = world.publish(world.factor("fuel"))
    part = world.publish(world.product("part", [world.line(fuel, "200", "gram"), gas("10")]))
    module = world.publish(
        world.product("module", [world.line(part, "2", "kilogram"), published("0.3")])
    )
    if level is not None:
        world.publish(world.assurance(part, level=level))
    world.anchor()
    return Chain(world, fuel, part, module)


@pytest.fixture(scope="session")
def assured() -> Chain:
    return chained()


@pytest.fixture(scope="session")
def unassured() -> Chain:
    return chained(None)
