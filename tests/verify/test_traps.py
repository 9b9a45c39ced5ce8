"""Traps 11 and 12: what expired or was withdrawn, and what was changed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.chain import StatusState
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.verify import Verdict
from tests.support.world import PUBLISHER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def chain(world: World) -> tuple[Statement, Statement]:
    """Publish and anchor a fuel, and a product of two kilograms of it."""
    fuel = world.publish(world.factor("fuel"))
    product = world.publish(world.product("product", [world.line(fuel, "2", "kilogram")]))
    world.anchor()
    return fuel, product


def verdict(world: World, subject: Statement, **trust: str) -> tuple[Verdict, int | None]:
    """Verify the evidence, and name the check that decided."""
    report = world.verifier(world.trust(subject, **trust)).verify(world.evidence(subject))
    return report.verdict, None if report.deciding is None else report.deciding[1].number


def test_trap_11_a_withdrawn_input_fails_what_was_built_on_it() -> None:
    world = World()
    fuel, product = chain(world)
    assert verdict(world, product) == (Verdict.VERIFIED, None)
    world.chain.set_status(PUBLISHER, fuel.digest, StatusState.WITHDRAWN, bytes(31) + b"\x01")
    world.chain.mine()
    assert verdict(world, product) == (Verdict.FAILED, 5)


def test_trap_12_a_changed_default_moves_no_footprint_that_was_made_before() -> None:
    """The new table supersedes the old; what cited the old one keeps its number, as of then."""
    world = World()
    fuel, product = chain(world)
    before = time_text(world.now)
    world.chain.set_status(PUBLISHER, fuel.digest, StatusState.SUPERSEDED, bytes(31) + b"\x02")
    world.chain.mine(world.chain.block().time + 86_400)
    newer = world.publish(
        world.factor(
            "fuel",
            pcf={
                "fossilGhgEmissions": "3.5",
                "pcfExcludingBiogenicUptake": "3.5",
                "pcfIncludingBiogenicUptake": "3.5",
            },
        )
    )
    late = world.publish(world.product("late", [world.line(fuel, "2", "kilogram")]))
    right = world.publish(world.product("right", [world.line(newer, "2", "kilogram")]))
    world.anchor()
    assert verdict(world, product) == (Verdict.VERIFIED, None)
    assert verdict(world, product, asOf=before) == (Verdict.VERIFIED, None)
    assert product.subject["pcf"]["pcfExcludingBiogenicUptake"] == "5.00000"
    assert verdict(world, late) == (Verdict.FAILED, 5)
    assert verdict(world, right) == (Verdict.VERIFIED, None)


def test_parts_written_with_few_places_buy_no_slack() -> None:
    """Bug: seven components "0" let a total of 3.5 verify, and what cited it counted nothing."""
    world = World()
    zeros = (
        "fossilGhgEmissions",
        "biogenicNonCO2Emissions",
        "landUseChangeGhgEmissions",
        "landManagementBiogenicCO2Emissions",
        "landManagementBiogenicCO2Removals",
        "technologicalCO2Removals",
        "ccsTechnologicalCO2Capture",
    )
    totals = {"pcfExcludingBiogenicUptake": "3.5", "pcfIncludingBiogenicUptake": "3.5"}
    fuel = world.publish(world.factor("fuel", pcf={**totals, **dict.fromkeys(zeros, "0")}))
    world.anchor()
    assert verdict(world, fuel) == (Verdict.FAILED, 8)


def test_a_logged_withdrawal_counts_before_its_row_is_written() -> None:
    """Bug: a kill between publishing a withdrawal and writing its row left the file verified."""
    world = World()
    fuel, product = chain(world)
    world.publish(
        world.about("StatusStatement", fuel, state="withdrawn", reason="the meter was misread")
    )
    world.anchor()
    assert verdict(world, product) == (Verdict.FAILED, 5)
