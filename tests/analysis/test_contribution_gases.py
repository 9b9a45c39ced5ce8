"""By gas: own lines, and what inputs disclose; the rest is not stated, and it all adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.analysis import NOT_STATED
from tests.analysis.seen import Seen, adds_up, by
from tests.support.world import World
from tests.support.wrong_columns import stored
from tests.verify.chains import gas, published

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

BURNT = {"CO2": "2.202", "CH4_fossil": "0.01"}  # 2.202 + 0.01 × 29.8 = 2.5, as the factor states


def chained(**fuel: Any) -> tuple[World, Statement, Statement]:
    """A module of 2 kg of part (0.2 kg of fuel, 10 g of methane) and a published 0.3."""
    world = World()
    factor = world.publish(world.factor("fuel", **fuel))
    part = world.publish(world.product("part", [world.line(factor, "200", "gram"), gas("10")]))
    module = world.publish(
        world.product("module", [world.line(part, "2", "kilogram"), published("0.3")])
    )
    world.anchor()
    return world, part, module


def gases(world: World, subject: Statement, **keep: Any) -> dict[str, str]:
    return by(adds_up(Seen(world, subject, **keep).view()), "gas")


def test_an_input_s_gases_are_its_contribution_by_mass_and_gwp() -> None:
    """0.4 kg of fuel reach the module: 0.8808 of CO2 and 0.1192 of methane, beside 0.596."""
    world, _, module = chained(gases=BURNT)
    assert gases(world, module) == {
        "CO2": "0.88080",
        "CH4_fossil": "0.71520",
        NOT_STATED: "0.30000",
    }


@pytest.mark.parametrize(
    ("open_", "found"),
    [
        ({"gases"}, {"CO2": "0.88080", "CH4_fossil": "0.71520", NOT_STATED: "0.30000"}),
        (set(), {NOT_STATED: "1.89600"}),
    ],
)
def test_a_hidden_recipe_is_split_by_its_gases_if_these_are_open(
    open_: set[str], found: dict[str, str]
) -> None:
    world, part, module = chained(gases=BURNT)
    assert gases(world, module, keep={part.digest: open_}) == found


@pytest.mark.parametrize(
    "fuel",
    [
        {"gases": {"CO2": "2.202"}},  # not all of the total
        {"gases": {"unobtainium": "2.5"}},
        {
            "gases": BURNT,
            "characterizationSets": [
                {"set": "AR5", "share": "50.0000"},
                {"set": "AR6", "share": "50.0000"},
            ],
        },
        {},
    ],
)
def test_gases_that_are_not_the_whole_of_one_set_are_not_used(fuel: dict[str, Any]) -> None:
    world = World()
    factor = world.publish(world.factor("fuel", **fuel))
    world.anchor()
    assert gases(world, factor) == {NOT_STATED: "2.50000"}


def test_a_product_that_discloses_its_gases_is_split_by_them() -> None:
    """Uptake is no contribution, and a removal keeps its sign."""
    world = World()
    lines = [gas("100"), removed("CO2_technological_removal"), removed("CO2_uptake")]
    subject = world.publish(world.product("part", lines, pcf={"biogenicCarbonContent": "0.2727"}))
    world.anchor()
    assert set(subject.opened.gases or ()) == {
        "CH4_fossil",
        "CO2_technological_removal",
        "CO2_uptake",
    }
    assert gases(world, subject) == {
        "CH4_fossil": "2.98000",
        "CO2_technological_removal": "-1.00000",
    }


def removed(flow: str) -> dict[str, Any]:
    line = gas("1000")
    return {**line, "source": {**line["source"], "gas": flow}, "removal": stored("1")}


def test_what_rounding_leaves_of_disclosed_gases_is_called_rounding() -> None:
    """A factor signed as 2.5 of 2.501 kg of CO2 is within what a total of two digits may leave."""
    world = World()
    factor = world.publish(world.factor("fuel", gases={"CO2": "2.501"}))
    world.anchor()
    assert gases(world, factor) == {"CO2": "2.50100", "rounding": "-0.00100"}
