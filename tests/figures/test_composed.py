"""Gases and uncertainty: composed from what is stated, recomputed by the walk, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.seal import redact
from rootprint.ledger.verify import Report, State, Verdict
from tests.support.world import World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

SPREAD = {"distribution": "lognormal", "statedValue": "2", "geometricStandardDeviation": "1.2"}
FUEL_SPREAD = {**SPREAD, "statedValue": "2.5", "geometricStandardDeviation": "1.1"}


def measured(grams: str, **more: Any) -> dict[str, Any]:
    """Return a line of measured methane."""
    return {
        "stage": "manufacturing",
        "description": "measured",
        "amount": {"value": grams, "unit": "gram"},
        "source": {"gas": "CH4_fossil", "set": "AR6"},
        "primary": True,
        **more,
    }


def verify(world: World, subject: Statement, keep: dict[bytes, set[str]] | None = None) -> Report:
    """Anchor, export and verify."""
    world.anchor()
    evidence = world.evidence(subject, keep)
    return world.verifier(subject).verify(evidence)


def chain(world: World, **line: Any) -> Statement:
    """Publish a fuel that states its spread and a part that takes two kilograms of it."""
    fuel = world.publish(world.factor("fuel", uncertainty=FUEL_SPREAD))
    taken = world.line(fuel, "2", "kilogram", **line)
    return world.publish(world.product("part", [taken]))


def test_a_spread_is_composed_from_line_and_input() -> None:
    """ln²(1.2) + ln²(1.1), as both are factors of the one product; GSD to four places."""
    world = World()
    part = chain(world, uncertainty=SPREAD)
    assert part.opened.uncertainty == {
        "distribution": "lognormal",
        "statedValue": "5.00000",
        "geometricStandardDeviation": "1.2284",
    }
    assert verify(world, part).verdict is Verdict.VERIFIED


def test_a_spread_that_is_not_stated_is_not_invented() -> None:
    world = World()
    assert chain(world).opened.uncertainty is None


def test_a_wrong_spread_fails_the_arithmetic() -> None:
    world = World()
    fuel = world.publish(world.factor("fuel", uncertainty=FUEL_SPREAD))
    draft = world.product("part", [world.line(fuel, "2", "kilogram", uncertainty=SPREAD)])
    draft["credentialSubject"]["uncertainty"]["geometricStandardDeviation"] = "1.1000"
    report = verify(world, world.publish(draft))
    assert report.deciding is not None
    assert (report.deciding[1].number, report.deciding[1].reason) == (
        8,
        "law 1: uncertainty does not recompute",
    )


def test_a_spread_that_rests_on_a_hidden_one_is_said_not_to_be_recomputed() -> None:
    world = World()
    part = chain(world, uncertainty=SPREAD)
    fuel = next(held for held in world.held.values() if held.subject["role"] == "factor")
    report = verify(world, part, {fuel.digest: set()})
    assert report.verdict is Verdict.VERIFIED
    assert any("uncertainty was not recomputed" in note for note in report.statements[0].notices)


def test_gases_are_composed_where_every_line_says_them() -> None:
    world = World()
    part = world.publish(world.product("part", [measured("3"), measured("4")]))
    assert part.opened.gases == {"CH4_fossil": "0.007000000000"}
    assert verify(world, part).verdict is Verdict.VERIFIED


def test_wrong_gases_fail_the_arithmetic() -> None:
    world = World()
    draft = world.product("part", [measured("3")])
    draft["credentialSubject"]["gases"] = {"CH4_fossil": "0.004000000000"}
    report = verify(world, world.publish(draft))
    assert report.deciding is not None
    assert "gases does not recompute" in str(report.deciding[1].reason)


@pytest.mark.parametrize("name", ["gases", "uncertainty"])
def test_leaving_them_out_changes_no_number(name: str) -> None:
    world = World()
    lines = [measured("3", uncertainty={**SPREAD, "statedValue": "3"})]
    part = world.publish(world.product("part", lines))
    keep = {"inventory", "inventoryShape", "cells", "gases", "uncertainty"} - {name}
    assert redact(part, keep).digest == part.digest
    report = verify(world, part, {part.digest: keep})
    assert report.verdict is Verdict.VERIFIED
    assert report.statements[0].checks[8].state is State.PASSED
