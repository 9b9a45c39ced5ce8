"""Gases along a chain: filled where all are known, absent otherwise, restated in another set."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.calc.columns import excluding
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.seal import redact
from rootprint.ledger.intake import compose, recharacterised
from tests.intake.drafts import PRODUCT, gas, line, parsed, problems, product
from tests.support.world import PUBLISHER, SUPPLIER, World

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

FIGURE = {
    "published": "1",
    "per": "kg",
    "component": "fossilGhgEmissions",
    "reference": "Table 1",
}


@pytest.fixture
def world() -> World:
    return World()


def published(world: World, value: dict[str, Any], **inputs: Statement) -> Statement:
    return world.publish(compose(parsed(value), SUPPLIER, inputs.__getitem__))


def test_gases_go_down_the_chain_and_only_the_gwps_differ(world: World) -> None:
    ore = published(world, product(gas(value="2"), gas("CH4_fossil", value="0.1")))
    metal = published(world, product(line({"input": "ore"}, "3"), gas("CF4", "4", "g")), ore=ore)
    assert metal.opened.gases == {
        "CO2": "6.000000000000",
        "CH4_fossil": "0.300000000000",
        "CF4": "0.004000000000",
    }
    answer = recharacterised(metal, "AR5")
    assert excluding(answer.before) == Fraction("6") + Fraction("8.94") + Fraction("29.52")
    assert excluding(answer.after) == Fraction("6") + Fraction("9") + Fraction("26.52")
    total = Fraction(metal.subject["pcf"]["pcfExcludingBiogenicUptake"])
    assert total == excluding(answer.before)


@pytest.mark.parametrize("figure", [{"input": "ore"}, FIGURE])
def test_gases_are_absent_never_partial(world: World, figure: dict[str, str]) -> None:
    ore = redact(published(world, product(gas(value="2"))), {"cells"})
    metal = published(world, product(line(figure), gas()), ore=ore)
    assert metal.opened.gases is None
    assert "gases" not in metal.subject
    with pytest.raises(Refused, match=r"gases are not open|one stated GWP set"):
        recharacterised(metal, "AR5")


def test_a_mix_of_sets_has_no_set_to_come_from(world: World) -> None:
    both = product(gas(), gas(gwp_set="AR5"), pcf={"ipccCharacterizationFactors": ["AR5", "AR6"]})
    with pytest.raises(Refused, match="does not rest on one stated GWP set"):
        recharacterised(published(world, both), "AR6")
    with pytest.raises(Refused, match="there is no GWP set 'AR3'"):
        recharacterised(published(world, product(gas())), "AR3")


def factor(gases: dict[str, str]) -> dict[str, Any]:
    value = {**PRODUCT, "role": "factor", "issuer": PUBLISHER, "gases": gases}
    return {
        **value,
        "reference": "Table 1",
        "licence": "CC0-1.0",
        "characterizationSets": [{"set": "AR6", "share": "100.0000"}],
        "pcf": {
            **PRODUCT["pcf"],
            "fossilGhgEmissions": "31.8",
            "pcfExcludingBiogenicUptake": "31.8",
            "pcfIncludingBiogenicUptake": "31.8",
            "primaryDataShare": "0",
        },
    }


def test_gases_of_a_factor_are_its_total_or_are_refused(world: World) -> None:
    whole = factor({"CO2": "2", "CH4_fossil": "1"})
    statement = world.publish(compose(parsed(whole), PUBLISHER, {}.__getitem__))
    assert excluding(recharacterised(statement, "AR5").after) == 32
    found = problems(factor({"CO2": "2"}))
    assert found == {
        "gases": "do not add up to fossilGhgEmissions in AR6 — give all gases, or none"
    }
    assert "can't be characterised" in problems(factor({"CH4": "1"}))["gases"]


def test_gases_that_are_not_the_total_are_not_used(world: World) -> None:
    """An upstream issuer may sign anything; what does not add up is not restated."""
    draft = compose(parsed(factor({"CO2": "2", "CH4_fossil": "1"})), PUBLISHER, {}.__getitem__)
    draft["credentialSubject"]["gases"] = {"CO2": "2"}
    statement = world.publish(draft)
    metal = published(world, product(line({"input": "f"})), f=statement)
    assert metal.opened.gases is None
    with pytest.raises(Refused, match="gases are not open, or are not its whole total"):
        recharacterised(statement, "AR5")
